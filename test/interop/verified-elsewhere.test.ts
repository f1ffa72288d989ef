import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { findSofthsmModule } from "../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../native/softhsm/softhsm-home.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { cardSigner } from "../../src-main/card/card-signer.ts"
import { createCardHost } from "../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../src-main/card/host/fork-child-process.ts"
import { readCard } from "../../src-main/card/read-card.ts"
import { composeAuthorisation } from "../../src-protocol/signed-data.ts"
import { unwrapSmime, wrapSmime } from "../../src-protocol/smime.ts"
import { encodeStatement, type Statement } from "../../src-protocol/statement.ts"
import { createCard } from "../../src-testkit/cards/create-card.ts"
import { softCard } from "../../src-testkit/cards/soft-signer.ts"
import type { TestPki } from "../../src-testkit/pki/test-pki.ts"
import type { CardProfileId } from "../../src-testkit/profiles.ts"
import { temporaryDirectory } from "../support/temporary-directory.ts"
import { testPki } from "../support/test-pki.ts"
import { VERIFIERS, type Question, type Verifier } from "./verifiers.ts"

const STATEMENT: Statement = { hash: "5d".repeat(32), code: { reference: "012345", confirmation: "6789" } }
const KINDS: readonly {
  readonly profile: CardProfileId
  readonly kind: string
  readonly onToken: boolean
}[] = [
  { profile: "arts", kind: "RSA-2048 on a SoftHSM token", onToken: true },
  { profile: "arts", kind: "RSA-2048", onToken: false },
  { profile: "arts-rsa4096", kind: "RSA-4096", onToken: false },
  { profile: "arts-p256", kind: "P-256", onToken: false },
  { profile: "arts-p384", kind: "P-384", onToken: false },
  { profile: "arts-pss", kind: "RSASSA-PSS", onToken: false },
]

let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
})

function question(form: Question["form"], smime: Uint8Array): Question {
  const files = { root: join(pki.directory, "root.pem"), crls: join(pki.directory, "crls.pem") }
  return { form, package: form === "SMIME" ? smime : unwrapSmime(smime), ...files }
}

/** The package with one byte changed, which is in the place that `find` answers. */
function tampered(smime: Uint8Array, find: (der: Buffer) => number): Uint8Array {
  const der = Buffer.from(unwrapSmime(smime))
  const place = find(der)
  der[place] = (der[place] ?? 0) ^ 1
  return wrapSmime(new Uint8Array(der))
}

/** A package signed by a key that never leaves its SoftHSM token, over PKCS#11 in the card host. */
async function signedOnToken(): Promise<Uint8Array> {
  const directory = await temporaryDirectory()
  const at = Date.now()
  const made = await createCard({
    pki,
    softhsmDirectory: directory,
    profile: "arts",
    name: "T. Oken",
    pin: "1234",
    at,
  })
  const fork = forkChildProcess({ SOFTHSM2_CONF: softhsmConfigurationPath(directory) })
  const host = createCardHost({ fork, modulePath: findSofthsmModule() })
  try {
    const card = await readCard(host, made.tokenSerialNumber, pki.trust, at)
    const pin = new TextEncoder().encode("1234")
    const signer = cardSigner({ host, card, use: "signature", pin, restrictions: [], learn: () => undefined })
    return await composeAuthorisation(nodeCrypto, STATEMENT, signer, at)
  } finally {
    host.stop()
  }
}

async function signedInMemory(profile: CardProfileId): Promise<Uint8Array> {
  const { signature } = await softCard({ pki, profile, name: "Zoë d'Árts-de Vries", at: Date.now() })
  return await composeAuthorisation(nodeCrypto, STATEMENT, signature, Date.now())
}

const IN_THE_CONTENT = (der: Buffer) => der.indexOf("hash: ") + "hash: ".length
const IN_THE_SIGNATURE = (der: Buffer) => der.length - 5

function verifiersFor(profile: CardProfileId): readonly [Verifier, Question["form"]][] {
  const able = VERIFIERS.filter(({ knowsPss }) => knowsPss || profile !== "arts-pss")
  return able.flatMap((verifier) =>
    verifier.forms.map((form): [Verifier, Question["form"]] => [verifier, form]),
  )
}

describe.each(KINDS)("a package signed by $profile with $kind", ({ profile, onToken }) => {
  let authorisation: Uint8Array
  beforeAll(async () => {
    authorisation = await (onToken ? signedOnToken() : signedInMemory(profile))
  })

  describe.each(verifiersFor(profile).map(([verifier, form]) => ({ name: verifier.name, form, verifier })))(
    "in $name, as $form",
    ({ verifier, form }) => {
      test("verifies unchanged, and its content is the statement, byte for byte", async () => {
        const content = await verifier.verify(question(form, authorisation))
        expect(Buffer.from(content ?? []).toString("latin1")).toBe(
          Buffer.from(encodeStatement(STATEMENT)).toString("latin1"),
        )
      })

      test("is refused when one byte of its content was changed", async () => {
        const changed = tampered(authorisation, IN_THE_CONTENT)
        expect(await verifier.verify(question(form, changed))).toBeUndefined()
      })

      test("is refused when one byte of its signature was changed", async () => {
        const changed = tampered(authorisation, IN_THE_SIGNATURE)
        expect(await verifier.verify(question(form, changed))).toBeUndefined()
      })
    },
  )
})

test("a package of a forged card verifies in none of them", async () => {
  const authorisation = await signedInMemory("nagemaakt")
  for (const verifier of VERIFIERS) {
    const [form = "DER"] = verifier.forms
    expect(await verifier.verify(question(form, authorisation)), verifier.name).toBeUndefined()
  }
})
