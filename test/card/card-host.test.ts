import { createHash } from "node:crypto"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import type { CardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import type { HostChannel } from "../../src-main/card/host/host-channel.ts"
import type { SignRequest } from "../../src-main/card/host/host-messages.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import type { Card as TestCard } from "../../src-testkit/cards/card-record.ts"
import { testPki } from "../support/test-pki.ts"
import { buildShim, isBuilt, pathOf } from "./support/build-shim.ts"
import { openCardHome, pinBytes, type CardHome } from "./support/card-home.ts"

const ALGORITHM = { scheme: "ecdsa", hash: "sha-256", curve: "P-256" } as const
const SHORT_DEADLINES = { probeMilliseconds: 3_000, readMilliseconds: 3_000, signMilliseconds: 3_000 }
const shim = buildShim()

let home: CardHome
let arts: TestCard
let request: Omit<SignRequest, "is">

beforeAll(async () => {
  home = await openCardHome()
  arts = await home.make({ profile: "arts-p256", name: "Anna de Vries", pin: "482915" })
  const card = await readCard(home.host(), arts.tokenSerialNumber, (await testPki()).trust, Date.now())
  const der = card.certificates.signature?.certificate.der ?? new Uint8Array()
  request = {
    tokenSerial: arts.tokenSerialNumber,
    certificateSha256: createHash("sha256").update(der).digest("hex"),
    use: "signature",
    algorithm: ALGORITHM,
    bytes: new TextEncoder().encode("what is signed"),
  }
})

/** A host on the shim over SoftHSM, misbehaving as `mode` says. */
function shimHost(mode: string, more: Readonly<Record<string, string>> = {}): CardHost {
  const environment = {
    SOFTHSM2_CONF: softhsmConfigurationPath(home.directory),
    SHIM_MODULE: findSofthsmModule(),
    SHIM_MODE: mode,
    ...more,
  }
  const deadlines = mode.startsWith("hang") ? SHORT_DEADLINES : {}
  return home.host({ fork: forkChildProcess(environment), modulePath: pathOf(shim), deadlines })
}

/** Typed, where Vitest answers `any`. */
function containing(text: string): unknown {
  return expect.stringContaining(text)
}

function signWith(host: CardHost, pin: string): Promise<{ readonly signature: Uint8Array }> {
  return host.sign({ ...request, pin: pinBytes(pin) })
}

describe("a module", () => {
  test("that is one says who made it", async () => {
    expect(await home.host().probe()).toMatchObject({ manufacturer: "SoftHSM", cryptokiVersion: "2.40" })
  })

  test("that is not there is missing", async () => {
    const host = home.host({ modulePath: join(home.directory, "nowhere.so") })
    await expect(host.probe()).rejects.toMatchObject({ code: "MODULE_MISSING", retriable: false })
    await expect(host.listTokens()).rejects.toMatchObject({ code: "MODULE_MISSING" })
  })

  test("that is a text file, a folder or another library is no module, and the host goes on", async () => {
    const text = join(home.directory, "readme.so")
    await writeFile(text, "this is no library")
    for (const modulePath of [text, home.directory, process.execPath]) {
      const host = home.host({ modulePath })
      await expect(host.probe()).rejects.toMatchObject({ code: "MODULE_INVALID", retriable: false })
      await expect(host.listTokens()).rejects.toMatchObject({ code: "MODULE_INVALID" })
      await expect(host.listTokens()).rejects.toMatchObject({ code: "MODULE_INVALID" })
    }
  })
})

describe.skipIf(!isBuilt(shim))("a module that misbehaves", () => {
  test.each([
    ["crashes as it is loaded", "crash", "MODULE_CRASHED", "SIGSEGV"],
    ["ends the process without a word", "exit", "MODULE_CRASHED", "exit code 0"],
    ["never comes back", "hang", "HOST_TIMEOUT", "3000 ms"],
    ["refuses to begin", "refuse", "CARD_FAILED", "CKR_DEVICE_ERROR"],
    ["has no list of functions", "no-list", "MODULE_INVALID", "C_GetFunctionList"],
  ])("and %s costs a message", async (_, mode, code, detail) => {
    const host = shimHost(mode)
    for (const attempt of [() => host.probe(), () => host.listTokens()]) {
      await expect(attempt()).rejects.toMatchObject({ code, message: containing(detail) })
    }
  })

  test("and crashes in the middle of a signature costs that signature; the host starts again and nothing is tried twice", async () => {
    const host = shimHost("crash-at-sign")
    await expect(signWith(host, arts.pin)).rejects.toMatchObject({ code: "MODULE_CRASHED" })
    expect(await host.listTokens()).toHaveLength(1)
    await expect(signWith(host, arts.pin)).rejects.toMatchObject({ code: "MODULE_CRASHED" })
    expect(await host.listTokens()).toHaveLength(1)
  })

  test("and hangs at login is killed at the deadline, its PIN wiped", async () => {
    const host = shimHost("hang-at-login")
    const pin = pinBytes(arts.pin)
    await expect(host.sign({ ...request, pin })).rejects.toMatchObject({
      code: "HOST_TIMEOUT",
      retriable: true,
    })
    expect(Buffer.from(pin)).toEqual(Buffer.alloc(pin.length))
    expect(await host.listTokens()).toHaveLength(1)
  })

  test("of a card that is pulled out in the middle says so, and the next try is free to succeed", async () => {
    await expect(signWith(shimHost("removed-at-sign"), arts.pin)).rejects.toMatchObject({
      code: "CARD_REMOVED",
      retriable: true,
    })
  })
})

describe("the host process", () => {
  test("that is killed in the middle of a call costs that call alone", async () => {
    const channels: HostChannel[] = []
    const inner = forkChildProcess({ SOFTHSM2_CONF: softhsmConfigurationPath(home.directory) })
    const host = home.host({
      fork: (entry) => {
        const channel = inner(entry)
        channels.push(channel)
        return channel
      },
    })
    const asked = host.listTokens()
    // The process is there after the host's own turn; it needs longer than this to load the module.
    await new Promise((resolve) => setImmediate(resolve))
    channels[0]?.kill()
    await expect(asked).rejects.toMatchObject({ code: "MODULE_CRASHED", retriable: true })
    expect(await host.listTokens()).toHaveLength(1)
    expect(channels).toHaveLength(2)
  })

  test("that does not keep to the contract is not believed", async () => {
    const entry = join(home.directory, "liar.mjs")
    await writeFile(
      entry,
      'process.on("message", (m) => process.send({ id: m.id, result: { is: "sign", signed: 1 } }))',
    )
    const host = home.host({ entry: new URL(`file://${entry}`) })
    await expect(host.listTokens()).rejects.toMatchObject({ code: "MODULE_CRASHED" })
  })

  test("that answers another question than was asked is not believed", async () => {
    const entry = join(home.directory, "stubborn.mjs")
    const answer = '{ id: m.id, result: { is: "list-tokens", tokens: [] } }'
    await writeFile(entry, `process.on("message", (m) => process.send(${answer}))`)
    const host = home.host({ entry: new URL(`file://${entry}`) })
    await expect(host.probe()).rejects.toMatchObject({ code: "MODULE_CRASHED" })
    await expect(signWith(host, "123456")).rejects.toMatchObject({ code: "MODULE_CRASHED" })
  })

  test("is gone after stop, and says so to whoever asks", async () => {
    const host = home.host()
    await host.listTokens()
    host.stop()
    await expect(host.listTokens()).rejects.toMatchObject({ code: "HOST_STOPPED", retriable: false })
  })

  test.runIf(process.platform === "linux")(
    "never sees a PIN of the desk's environment, nor has one in its arguments",
    async () => {
      process.env["VRIJGAVE_TEST_PIN"] = arts.pin
      const host = home.host()
      await signWith(host, arts.pin)
      const seen = await Promise.all((await children()).map((pid) => everythingOf(pid)))
      delete process.env["VRIJGAVE_TEST_PIN"]
      expect(seen.some((text) => text.includes("host-process.ts"))).toBe(true)
      expect(seen.filter((text) => text.includes(arts.pin) || text.includes("VRIJGAVE_TEST_PIN"))).toEqual([])
    },
  )
})

async function children(): Promise<string[]> {
  const tasks = await readdir("/proc/self/task")
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/self/task/${task}/children`, "utf8")))
  return lists.flatMap((list) => list.split(" ")).filter((pid) => pid !== "")
}

async function everythingOf(pid: string): Promise<string> {
  const files = [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]
  return (await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")))).join("\n")
}
