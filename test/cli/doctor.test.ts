import { createServer } from "node:http"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { AddressInfo } from "node:net"
import { beforeAll, describe, expect, test } from "vitest"
import { MINUTE } from "../../src-protocol/instant.ts"
import { examineMachine } from "../../src-cli/doctor/examine-machine.ts"
import { vrijgave } from "../support/scripted-terminal.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testBackend } from "../support/test-backend.ts"
import { cardOn, cardsIn, type Stage } from "../support/test-card.ts"
import { testPki } from "../support/test-pki.ts"

let stage: Stage
beforeAll(async () => {
  const pki = await testPki()
  stage = { pki, backend: await testBackend(pki), directory: await temporaryDirectory() }
  await cardOn(stage, "arts", "A. Goed")
})

const examine = (...more: readonly string[]) => vrijgave(["doctor", ...more])

describe("doctor", () => {
  test("finds a good card, a good clock and a backend right, and asks for no PIN", async () => {
    const ran = await examine("--softhsm", cardsIn(stage), "--backend", stage.backend.origin)
    expect(ran.exitCode).toBe(0)
    expect(ran.told).toBe("")
    for (const text of [
      "module:",
      "card A. Goed:",
      "PIN: set",
      "signature: Arts A. Goed,",
      "authentication:",
      "clock:",
    ])
      expect(ran.printed).toContain(text)
    expect(ran.printed).not.toContain("!!")
  })

  test("says what is wrong with each bad card, and what to do", async () => {
    const bad = { ...stage, directory: join(stage.directory, "bad") }
    await cardOn(bad, "geen-handtekening", "G. Een")
    await cardOn(bad, "verlopen", "V. Erlopen")
    await cardOn(bad, "verkeerd-sleutelgebruik", "V. Erkeerd")
    const ran = await examine("--softhsm", cardsIn(bad))
    expect(ran.exitCode).toBe(1)
    expect(ran.printed).toContain("card G. Een, signature: there is no certificate")
    expect(ran.printed).toContain("card V. Erlopen, signature: expired on")
    expect(ran.printed).toContain("card V. Erkeerd, signature: wrong-key-usage")
    expect(ran.printed).toContain("→")
  })

  test("tells a clock that differs", async () => {
    const now = () => Date.now() - 7 * MINUTE
    const ran = await vrijgave(["doctor", "--backend", stage.backend.origin, "--json"], { now })
    expect(ran.exitCode).toBe(1)
    expect(ran.printed).toContain("behind the backend's")
  })

  test("tells a backend that does not answer, and one that is something else", async () => {
    const away = await examine("--backend", "http://127.0.0.1:9")
    expect(away).toMatchObject({ exitCode: 1 })
    expect(away.printed).toContain("does not answer")
    const server = createServer((_, response) => response.end('{"hello":1}')).listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    // Sound: a server that listens on TCP has an address and a port.
    const { port } = server.address() as AddressInfo
    const other = await examine("--backend", `http://127.0.0.1:${String(port)}`)
    server.close()
    expect(other.printed).toContain("is no backend of ours")
  })

  test.each([
    ["missing", "/no/such/module.so", "MODULE_MISSING"],
    ["text", "TEXT", "MODULE_INVALID"],
  ])("tells a module that is %s", async (_, path, code) => {
    const text = join(stage.directory, "module.so")
    await writeFile(text, "not a module")
    const ran = await examine("--module", path === "TEXT" ? text : path)
    expect(ran.exitCode).toBe(1)
    expect(ran.printed).toContain(code)
  })

  test("without a place to look says which card software is here", async () => {
    const ran = await examine()
    expect(ran.exitCode).toBe(0)
    expect(ran.printed).toContain("card software")
    expect(ran.printed).toMatch(/card service|reader/)
    const readers = { service: "running", readers: [{ name: "Lezer" }] } as const
    expect(examineMachine({ ...readers, readers: [...readers.readers] }, "linux", () => false)).toMatchObject(
      [
        { is: "right", says: "Lezer: empty" },
        { is: "note", says: "none that we know is installed" },
      ],
    )
  })
})
