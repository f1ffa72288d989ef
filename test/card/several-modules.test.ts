import { createHash } from "node:crypto"
import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { createCardHostOfModules, type CardHostOfModules } from "../../src-main/card/host/several-modules.ts"
import type { SignRequest } from "../../src-main/card/host/host-messages.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import type { Card as TestCard } from "../../src-testkit/cards/card-record.ts"
import { testPki } from "../support/test-pki.ts"
import { buildShim, isBuilt, pathOf } from "./support/build-shim.ts"
import { openCardHome, pinBytes, type CardHome } from "./support/card-home.ts"
import { whenFileIsDone } from "./support/when-file-is-done.ts"

const shim = buildShim()
const SOFTHSM = { name: "SoftHSM", path: findSofthsmModule() }
const nowhere = mkdtempSync(join(tmpdir(), "vrijgave-nowhere-"))
whenFileIsDone(() => rm(nowhere, { recursive: true, force: true }))
const MISSING = { name: "Missing", path: join(nowhere, "missing.so") }

let home: CardHome
let card: TestCard
let request: Omit<SignRequest, "is">

beforeAll(async () => {
  home = await openCardHome()
  card = await home.make({ profile: "arts-p256", name: "Anna de Vries", pin: "482915" })
  const { certificates } = await readCard(
    home.host(),
    card.tokenSerialNumber,
    (await testPki()).trust,
    Date.now(),
  )
  request = {
    tokenSerial: card.tokenSerialNumber,
    certificateSha256: createHash("sha256")
      .update(certificates.signature?.certificate.der ?? new Uint8Array())
      .digest("hex"),
    use: "signature",
    algorithm: { scheme: "ecdsa", hash: "sha-256", curve: "P-256" },
    bytes: new Uint8Array(10),
  }
})

function hostOf(
  modules: readonly { readonly name: string; readonly path: string }[],
  mode = "",
): CardHostOfModules {
  const environment = {
    SOFTHSM2_CONF: softhsmConfigurationPath(home.directory),
    SHIM_MODULE: SOFTHSM.path,
    SHIM_MODE: mode,
  }
  const deadlines = mode === "hang" ? { readMilliseconds: 6_000 } : {}
  const host = createCardHostOfModules({ fork: forkChildProcess(environment), modules, deadlines })
  whenFileIsDone(() => {
    host.stop()
  })
  return host
}

describe("several modules", () => {
  test("show the cards of those that work, and say what is the matter with the others", async () => {
    const host = hostOf([MISSING, SOFTHSM])
    expect(await host.probe()).toMatchObject({ manufacturer: "SoftHSM" })
    expect((await host.listTokens()).map(({ serial }) => serial)).toEqual([card.tokenSerialNumber])
    expect(host.modules).toMatchObject([
      { name: "Missing", problem: { code: "MODULE_MISSING" } },
      { name: "SoftHSM" },
    ])
    expect(host.modules[1]).not.toHaveProperty("problem")
  })

  test("read and sign with the module that showed the card, asked or not for a list before", async () => {
    const { certificates } = await hostOf([MISSING, SOFTHSM]).readCertificates(card.tokenSerialNumber)
    expect(certificates.length).toBeGreaterThan(1)
    const signed = await hostOf([MISSING, SOFTHSM]).sign({ ...request, pin: pinBytes(card.pin) })
    expect(signed.signature.length).toBeGreaterThan(60)
  })

  test.skipIf(!isBuilt(shim))(
    "that show one card twice show it once, as the preferred module does",
    async () => {
      const host = hostOf([{ name: "Shim", path: pathOf(shim) }, SOFTHSM])
      expect(await host.listTokens()).toHaveLength(1)
    },
  )

  test.skipIf(!isBuilt(shim))("go on with the others when one hangs", async () => {
    const host = hostOf([{ name: "Shim", path: pathOf(shim) }, SOFTHSM], "hang")
    expect(await host.listTokens()).toHaveLength(1)
    expect(host.modules[0]).toMatchObject({ problem: { code: "HOST_TIMEOUT" } })
  })

  test("of which none works tell what the preferred one says", async () => {
    await expect(hostOf([MISSING, MISSING]).listTokens()).rejects.toMatchObject({ code: "MODULE_MISSING" })
    await expect(hostOf([]).listTokens()).rejects.toMatchObject({ code: "MODULE_MISSING" })
    await expect(hostOf([]).probe()).rejects.toMatchObject({ code: "MODULE_MISSING" })
  })

  test("without the card that was chosen try no PIN, and wipe it", async () => {
    const pin = pinBytes(card.pin)
    const other = { ...request, tokenSerial: "0000", pin }
    await expect(hostOf([SOFTHSM]).sign(other)).rejects.toMatchObject({ code: "TOKEN_NOT_FOUND" })
    expect(pin.every((byte) => byte === 0)).toBe(true)
  })
})
