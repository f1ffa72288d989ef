import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import type { PhoneErrorCode } from "../../src-phone/phone-error.ts"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import { expectPhoneError, temporaryDirectory, testPhone } from "./support/phones.ts"
import { pki, registeredPhone } from "./support/scenes.ts"
import { scriptedBackend } from "./support/scripted-backend.ts"

/** What `support/write-for-ever.ts` writes. */
const Written = z.object({ number: z.int(), filling: z.string() })
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe("a state file that is not a phone's own", () => {
  const good = {
    format: "vrijgave-phone",
    version: 1,
    seed: { day: 1, key: "A".repeat(43) },
    authorities: {},
  }
  test.each<[string, string, PhoneErrorCode]>([
    ["is empty", "", "state-corrupt"],
    ["breaks off", '{"format":"vrijgave-phone","version":1,', "state-corrupt"],
    ["is not text", "\u0000\u0001", "state-corrupt"],
    ["is JSON of another program", '{"name":"vrijgave"}', "state-foreign"],
    ["is JSON of another format", '{"format":"desk","version":1}', "state-foreign"],
    ["is of a later version", '{"format":"vrijgave-phone","version":2,"more":true}', "state-too-new"],
    ["has no seed", JSON.stringify({ ...good, seed: undefined }), "state-corrupt"],
    [
      "has a key that is too short",
      JSON.stringify({ ...good, seed: { day: 1, key: "AA" } }),
      "state-corrupt",
    ],
    [
      "has a step that is unknown",
      JSON.stringify({ ...good, disclosure: { step: "lost" } }),
      "state-corrupt",
    ],
    ["lacks a part of its step", JSON.stringify({ ...good, disclosure: { step: "done" } }), "state-corrupt"],
    [
      "has a part too many",
      JSON.stringify({ ...good, disclosure: { step: "expired", code: "1" } }),
      "state-corrupt",
    ],
  ])("because it %s gives an error in every step and is never overwritten", async (_, content, code) => {
    const backend = await scriptedBackend()
    const file = join(await temporaryDirectory(), "phone.json")
    await writeFile(file, content)
    const { phone } = await testPhone(backend.origin, pki.trust, { file })
    const steps = ["register", "show", "wait", "publish", "withdraw", "refreshCrls"] as const
    for (const step of steps) expect((await expectPhoneError(phone[step](), code)).retriable).toBe(false)
    expect(await readFile(file, "utf8")).toBe(content)
    expect(backend.received).toEqual([])
  })

  test("is told without a secret in the message", async () => {
    const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ"
    const backend = await scriptedBackend()
    const file = join(await temporaryDirectory(), "phone.json")
    const { phone } = await testPhone(backend.origin, pki.trust, { file })
    for (const content of [JSON.stringify({ ...good, seed: { day: 1, key: secret } }), `{"key":"${secret}`]) {
      await writeFile(file, content)
      const error = await expectPhoneError(phone.show(), "state-corrupt")
      expect(`${error.message}${error.stack ?? ""}${String(error.cause)}`).not.toContain(secret)
    }
  })
})

describe("the state file", () => {
  test("is readable by its owner alone, also where a wider one was there", async () => {
    const { phone, file } = await registeredPhone()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const wide = await open(file, "r+")
    await wide.chmod(0o644)
    await wide.close()
    await phone.withdraw()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test("is not written by looking", async () => {
    const backend = await scriptedBackend()
    const { phone, file } = await testPhone(backend.origin, pki.trust)
    expect((await phone.show()).situation).toBe("nothing-registered")
    expect(await readdir(dirname(file))).toEqual([])
  })

  test("has the bytes that it replaces overwritten, for whoever still has them open", async () => {
    const file = join(await temporaryDirectory(), "state")
    const storage = fileStorage(file)
    await storage.write(bytes("an old secret"), undefined)
    const old = await open(file, "r")
    await storage.write(bytes("new"), bytes("an old secret"))
    expect((await old.readFile()).every((byte) => byte === 0)).toBe(true)
    await old.close()
    expect(await readFile(file, "utf8")).toBe("new")
  })

  test("leaves nothing beside it", async () => {
    const { phone, file } = await registeredPhone()
    await phone.withdraw()
    expect(await readdir(dirname(file))).toEqual(["phone.json"])
  })

  test("is not written where another program wrote in the meantime", async () => {
    const file = join(await temporaryDirectory(), "state")
    const storage = fileStorage(file)
    await storage.write(bytes("ours"), undefined)
    await writeFile(file, "theirs")
    await expectPhoneError(storage.write(bytes("ours again"), bytes("ours")), "state-changed")
    await expectPhoneError(storage.write(bytes("ours again"), undefined), "state-changed")
    expect(await readFile(file, "utf8")).toBe("theirs")
  })

  test.each<[string, (directory: string) => Promise<string>, PhoneErrorCode]>([
    [
      "a directory that is not there",
      (directory) => Promise.resolve(join(directory, "none", "phone.json")),
      "state-not-written",
    ],
    [
      "a directory in its place",
      (directory) => mkdir(join(directory, "phone.json")).then(() => join(directory, "phone.json")),
      "state-not-readable",
    ],
    [
      "a link to itself",
      (directory) =>
        symlink("phone.json", join(directory, "phone.json")).then(() => join(directory, "phone.json")),
      "state-not-readable",
    ],
  ])("gives a plain error at %s", async (_, make, code) => {
    const backend = await scriptedBackend()
    const file = await make(await temporaryDirectory())
    const { phone } = await testPhone(backend.origin, pki.trust, { file })
    await expectPhoneError(phone.register(), code)
    expect(backend.received).toEqual([])
  })

  test("of a program killed while it wrote is whole, and the half-written file goes with the next write", async () => {
    const directory = await temporaryDirectory()
    const file = join(directory, "state")
    const writer = join(import.meta.dirname, "support/write-for-ever.ts")
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, [writer, file], { stdio: ["ignore", "pipe", "inherit"] })
      await once(child.stdout, "data")
      child.kill("SIGKILL")
      await once(child, "exit")
      const { number, filling } = Written.parse(JSON.parse(await readFile(file, "utf8")))
      expect(filling).toBe(String(number % 10).repeat(200_000))
    }
    await writeFile(`${file}.999999999-0123abcd.new`, "left over")
    await writeFile(`${file}.new`, "not ours")
    const storage = fileStorage(file)
    await storage.write(bytes("{}"), await storage.read())
    expect((await readdir(directory)).sort()).toEqual(["state", "state.new"])
    await rm(`${file}.new`)
  })
})
