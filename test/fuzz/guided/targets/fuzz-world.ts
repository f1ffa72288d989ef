import { nodeCrypto } from "../../../../src-crypto/node-crypto.ts"
import { ProtocolError } from "../../../../src-protocol/errors.ts"
import { SECOND } from "../../../../src-protocol/instant.ts"
import { composeAuthorisation, type Signer } from "../../../../src-protocol/signed-data.ts"
import { unwrapSmime } from "../../../../src-protocol/smime.ts"
import type { Statement } from "../../../../src-protocol/statement.ts"
import type { Facts } from "../../../../src-protocol/verify-authorisation.ts"
import type { TestPki } from "../../../../src-testkit/pki/test-pki.ts"
import { judgingWorld } from "../../../support/judging-world.ts"

/** What the targets that read certificates and packages have in common. */
export interface FuzzWorld {
  readonly pki: TestPki
  readonly facts: Facts
  readonly statement: Statement
  readonly content: Uint8Array
  readonly signer: Signer
  /** The signer's own certificates: RSA and an elliptic curve. */
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  /** Good packages, S/MIME and the CMS within: by an RSA key, by one on a curve. */
  readonly packages: readonly Uint8Array[]
  readonly messages: readonly Uint8Array[]
}

const STATEMENT = { hash: "0123456789abcdef".repeat(4), code: { reference: "012345", confirmation: "0678" } }

export async function fuzzWorld(pki: TestPki): Promise<FuzzWorld> {
  const world = judgingWorld(pki, Math.floor(Date.now() / SECOND) * SECOND, STATEMENT)
  const facts = await world.facts()
  const signers = [await world.signerOf("arts"), await world.signerOf("arts-p256")] as const
  const packages = await Promise.all(
    signers.map((signer) => composeAuthorisation(nodeCrypto, STATEMENT, signer, world.now)),
  )
  return {
    pki,
    facts,
    statement: STATEMENT,
    content: world.content,
    signer: signers[0],
    certificates: signers.flatMap(({ certificateChain: [certificate] }) => certificate ?? []),
    crls: facts.revocation.crls,
    packages,
    messages: packages.map((whole) => unwrapSmime(whole)),
  }
}

/** The readers of the protocol say no with this and nothing else. */
export function isProtocolError(error: unknown): boolean {
  return error instanceof ProtocolError
}

/** The fault of a reader that accepts what it must not, or reads something else than what was written. */
export function mustHold(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not as it must be: ${what}`)
}
