import { describe, expect, test } from "vitest"
import { fileStorage } from "../../src-phone/state/file-storage.ts"
import type { PhoneStorage } from "../../src-phone/state/phone-storage.ts"
import { join } from "node:path"
import type { Phone } from "../../src-phone/phone.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { readState, temporaryDirectory, testPhone } from "./support/phones.ts"
import { authorisationFor, crls, pki } from "./support/scenes.ts"
import {
  breakOff,
  json,
  packageAnswer,
  problem,
  scriptedBackend,
  type ScriptedBackend,
} from "./support/scripted-backend.ts"

class PowerCut extends Error {}

/** The phone's own storage, whose power goes after `writes` durable writes. */
function untilPowerCut(storage: PhoneStorage, writes: number): PhoneStorage {
  let left = writes
  return {
    read: () => storage.read(),
    async write(bytes, expected) {
      await storage.write(bytes, expected)
      if (--left === 0) throw new PowerCut("the power went")
    },
  }
}

/** What a patient does, in order, from wherever the phone stands; the backend has a package as soon as one is asked for. */
async function walk(phone: Phone, backend: ScriptedBackend): Promise<void> {
  const { step } = await phone.show()
  if (step === "nothing" || step === "registering") await phone.register()
  if ((await phone.show()).step === "registered") {
    backend.on(
      "pickUp",
      packageAnswer(await authorisationFor({ phone, file: "", state: () => readState("") }, "arts")),
    )
  }
  if ((await phone.show()).step !== "publishing") await phone.wait()
  await phone.publish()
}

/** Durable writes of one undisturbed walk: drawn, registered, verified, receipt, planned, publishing, done. */
const WRITES = 7

describe("a phone that stops after a durable write", () => {
  test("walks with as many writes as are tested below", async () => {
    const backend = await scriptedBackend(crls)
    const file = join(await temporaryDirectory(), "phone.json")
    let writes = 0
    const inner = fileStorage(file)
    const storage: PhoneStorage = {
      read: () => inner.read(),
      write: (bytes, expected) => (writes++, inner.write(bytes, expected)),
    }
    const { phone } = await testPhone(backend.origin, pki.trust, { storage })
    await walk(phone, backend)
    expect(writes).toBe(WRITES)
  })

  test.each(Array.from({ length: WRITES }, (_, index) => index + 1))(
    "(the %sth) goes on from its file and publishes once",
    async (writes) => {
      const backend = await scriptedBackend(crls)
      const file = join(await temporaryDirectory(), "phone.json")
      const before = await testPhone(backend.origin, pki.trust, {
        storage: untilPowerCut(fileStorage(file), writes),
      })
      await expect(walk(before.phone, backend)).rejects.toBeInstanceOf(PowerCut)
      const { seed } = await readState(file)
      const after = await testPhone(backend.origin, pki.trust, { file })
      await walk(after.phone, backend)
      const state = await after.state()
      expect(state.disclosure?.step).toBe("done")
      expect(backend.of("publish").length).toBe(1)
      expect(new Set(backend.of("register").map(({ body }) => body.toString())).size).toBe(1)
      // All but the last write left the old seeds; the walk to the end took them away.
      expect(state.seed.key === seed.key).toBe(writes === WRITES)
    },
  )

  test("and whose publication arrived without an answer destroys its seeds when it hears so", async () => {
    const backend = await scriptedBackend(crls)
    const { phone, file, state } = await testPhone(backend.origin, pki.trust)
    backend.on("publish", breakOff)
    await walk(phone, backend)
    const { seed, disclosure } = await state()
    expect(disclosure?.step).toBe("publishing")
    backend.on("publish", problem(422, "refused", { reason: "already-published" }))
    const after = await testPhone(backend.origin, pki.trust, { file })
    expect((await after.phone.publish()).situation).toBe("done")
    expect((await state()).seed.key).not.toBe(seed.key)
  })

  test("or cannot write does not send what it could not keep", async () => {
    const backend = await scriptedBackend(crls)
    const file = join(await temporaryDirectory(), "phone.json")
    const inner = fileStorage(file)
    const full: PhoneStorage = {
      read: () => inner.read(),
      write: () => Promise.reject(new PowerCut("disk full")),
    }
    const { phone } = await testPhone(backend.origin, pki.trust, { storage: full })
    await expect(phone.register()).rejects.toBeInstanceOf(PowerCut)
    expect(backend.received).toEqual([])
    const good = await testPhone(backend.origin, pki.trust, { file })
    backend.on("register", json(201, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() }))
    await good.phone.register()
    backend.on("pickUp", packageAnswer(await authorisationFor(good, "arts")))
    await good.phone.wait()
    await expect(phone.publish()).rejects.toBeInstanceOf(PowerCut)
    expect(backend.of("publish")).toEqual([])
  })
})

test("two programs on one phone cannot both win: the slower one is told, and nothing is lost", async () => {
  const backend = await scriptedBackend(crls)
  const one = await testPhone(backend.origin, pki.trust)
  const two = await testPhone(backend.origin, pki.trust, { file: one.file })
  await one.phone.register()
  const authorisation = await authorisationFor(one, "arts")
  backend.on("pickUp", (response, request) => {
    // While the first program asks for the package, the patient withdraws in the second.
    void two.phone.withdraw().then(() => {
      packageAnswer(authorisation)(response, request)
    })
  })
  expect(await one.phone.wait()).toMatchObject({ situation: "withdrawn", trouble: "state-changed" })
  expect((await one.state()).disclosure).toEqual({ step: "withdrawn" })
  expect(JSON.stringify(await one.state())).not.toContain(base64UrlOf(authorisation))
})
