import { readdir, readFile } from "node:fs/promises"
import { DatabaseSync } from "node:sqlite"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { RunningBackend } from "../../src-backend/server.ts"
import { readRepresentationConfig } from "../../src-cli/representation/read-config.ts"
import { startTestBackend } from "../../src-cli/test-backend.ts"
import { vrijgave, type Ran } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"
import { openBrowser } from "./support/browser.ts"
import { walk } from "./support/flow.ts"

let directory: string
let backend: RunningBackend
let phoneFlags: readonly string[]
const log: string[] = []
const dossierFlags = () => ["--dir", directory, "--subscriber", "90000123"]

beforeAll(async () => {
  const pki = await testPki()
  directory = await temporaryDirectory()
  const representation = { host: "127.0.0.1", port: 0, config: await readRepresentationConfig(directory) }
  backend = await startTestBackend({
    ...{ directory, pki, port: 0, representation, clock: () => Date.now() },
    log: (line) => log.push(JSON.stringify(line)),
  })
  phoneFlags = ["--backend", backend.origin, "--root", join(pki.directory, "root.pem"), "--json"]
  const dossier = [
    "--reference",
    "D-17",
    "--subject",
    "mother",
    "--representative",
    "anna",
    "--service",
    "48",
  ]
  const added = await vrijgave(["dossier", "add", ...dossierFlags(), ...dossier, "--birth-date", "19700901"])
  expect(added).toMatchObject({ exitCode: 0, printed: "Added: D-17" })
})
afterAll(async () => {
  await backend.stop()
})

/** Registers on behalf of somebody; a person at a browser walks the way that the phone points out. */
async function registerFor(birthDate: string, state: string): Promise<Ran & { readonly address: string }> {
  const issuer = backend.representationIssuer ?? ""
  const walks: Promise<unknown>[] = []
  let address = ""
  const onLine = (line: string) => {
    address = /^http:\S+$/m.exec(line)?.[0] ?? address
    if (line.startsWith("Open this address")) walks.push(visit(issuer, address))
  }
  const asked = ["--on-behalf-of", "--birth-date", birthDate, "--server", issuer]
  const line = ["phone", "register", "--state", join(directory, state), ...phoneFlags, ...asked]
  const ran = await vrijgave(line, { onLine })
  await Promise.all(walks)
  return { ...ran, address }
}

async function visit(issuer: string, address: string): Promise<void> {
  const { away } = await walk(openBrowser(issuer), address)
  if (away !== undefined) await (await fetch(away)).text()
}

test("the phone registers for a represented person, and the backend keeps only that there is one", async () => {
  const ran = await registerFor("19700901", "phone.json")
  expect(ran).toMatchObject({ exitCode: 0 })
  const store = new DatabaseSync(join(directory, "backend.sqlite"), { readOnly: true })
  try {
    expect(store.prepare("SELECT represented FROM disclosures").all()).toEqual([{ represented: 1 }])
  } finally {
    store.close()
  }
  const names = (await readdir(directory)).filter((name) => name.startsWith("backend.sqlite"))
  const held = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")))
  expect(held.join("")).not.toMatch(/19700901|anna|mother|D-17/)
  expect(log.join("\n")).not.toMatch(/19700901|anna|mother|D-17/)
})

test("a wrong birth date registers nothing, and the person is told so", async () => {
  const ran = await registerFor("19700902", "other.json")
  expect(ran.exitCode).toBe(1)
  expect(ran.told).toContain("did not confirm that you represent this person")
  expect(ran.told).toContain("(representation-refused: the server answered access_denied)")
  expect(ran.printed).toBe("")
})

describe("phone register asks for all that belongs to representation", () => {
  test.each([
    [["--on-behalf-of"], "Give --on-behalf-of, --birth-date and --server together"],
    [["--birth-date", "19700901"], "Give --on-behalf-of, --birth-date and --server together"],
    [["--on-behalf-of", "--birth-date", "19700230"], "such as 19700901"],
    [
      ["--on-behalf-of", "--birth-date", "19700901", "--server", "http://server.example"],
      "on this machine only",
    ],
  ])("%j", async (more, told) => {
    const ran = await vrijgave([
      "phone",
      "register",
      "--state",
      join(directory, "x.json"),
      ...phoneFlags,
      ...more,
    ])
    expect(ran.exitCode).toBe(2)
    expect(ran.told).toContain(told)
  })

  test("a server that is not there is a network fault", async () => {
    const more = ["--on-behalf-of", "--birth-date", "19700901", "--server", "http://127.0.0.1:9"]
    const ran = await vrijgave([
      "phone",
      "register",
      "--state",
      join(directory, "x.json"),
      ...phoneFlags,
      ...more,
    ])
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("no-network")
  })

  test("a client name that the server does not know ends when the person gives up", async () => {
    const stop = new AbortController()
    const issuer = backend.representationIssuer ?? ""
    const more = [
      "--on-behalf-of",
      "--birth-date",
      "19700901",
      "--server",
      issuer,
      "--client",
      "nobody.example",
    ]
    const line = ["phone", "register", "--state", join(directory, "x.json"), ...phoneFlags, ...more]
    const ran = await vrijgave(line, {
      stopping: stop.signal,
      onLine: (text) => {
        if (text.startsWith("Open this address")) stop.abort()
      },
    })
    expect(ran.exitCode).toBe(1)
    expect(ran.told).toContain("Stopped: nothing was sent.")
  })
})

describe("vrijgave dossier, while the server runs", () => {
  test("lists what is known without any birth date, and who corrected it", async () => {
    const corrected = await vrijgave([
      "dossier",
      "correct",
      ...dossierFlags(),
      "--reference",
      "D-17",
      "--birth-date",
      "19700901",
    ])
    expect(corrected).toMatchObject({ exitCode: 0, printed: "Corrected: D-17" })
    const { printed } = await vrijgave(["dossier", "list", ...dossierFlags()])
    expect(printed).toContain("D-17: mother, birth date known, represented by anna, services 48")
    expect(printed).toMatch(/D-17: corrected \S+ by administrator/)
    expect(printed).not.toContain("1970")
    const json = await vrijgave(["dossier", "list", ...dossierFlags(), "--json"])
    expect(JSON.parse(json.printed)).toMatchObject({ dossiers: [{ reference: "D-17", birthDate: "known" }] })
  })

  test.each([
    [["add", "--reference", "D-17", "--subject", "another"], 1, "already"],
    [["add", "--reference", "D-18", "--subject", "mother"], 1, "already"],
    [["add", "--reference", "D-18", "--subject", "123456782"], 2, "looks like a BSN"],
    [["add", "--reference", "D 18", "--subject", "x"], 2, "letters"],
    [["add", "--reference", "D-18", "--subject", "x", "--birth-date", "19700001"], 2, "JJJJMMDD"],
    [["correct", "--reference", "D-99", "--birth-date", "19700901"], 1, "There is no dossier D-99"],
  ])("%j is answered with %i", async ([command = "", ...more], exitCode, told) => {
    const ran = await vrijgave(["dossier", command, ...dossierFlags(), ...more])
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.told).toContain(told)
  })
})

test("vrijgave representation serves alone until it is stopped", async () => {
  const stop = new AbortController()
  const own = await temporaryDirectory()
  let served: Promise<number> | undefined
  const ran = await vrijgave(["representation", "--dir", own, "--port", "0"], {
    stopping: stop.signal,
    onLine: (text) => {
      const [, issuer] = /^representation (http:\S+)$/.exec(text) ?? []
      if (issuer === undefined) return
      served = fetch(`${issuer}/.well-known/oauth-authorization-server`)
        .then(({ status }) => status)
        .finally(() => {
          stop.abort()
        })
    },
  })
  expect(ran.exitCode).toBe(0)
  expect(await served).toBe(200)
  expect(await readdir(own)).toContain("representation.json")
})

test("a second server on the same store does not start", async () => {
  const ran = await vrijgave(["representation", "--dir", directory, "--port", "0"])
  expect(ran.exitCode).toBe(1)
  expect(ran.told).toContain("in use")
})
