import { createHash } from "node:crypto"
import type { Handle, Mechanism as NativeMechanism, RsaPSS } from "pkcs11js"
import { ATTRIBUTE, PSS_PARAMETERS } from "../../../native/pkcs11/constants.ts"
import { ecdsaToDer } from "../../../src-protocol/ecdsa-signature.ts"
import { CardError } from "../card-error.ts"
import { isForAuthentication, isForSignature } from "../certificate-use.ts"
import { digestInfo, fitsKey, mechanismFor, type Mechanism } from "../mechanism.ts"
import { findPrivateKey } from "./find-key.ts"
import { readRestrictions } from "./key-restrictions.ts"
import type { SignRequest, TokenSignature } from "./host-messages.ts"
import { certificateObjects, type CertificateObject } from "./token-certificates.ts"
import { attributeOf, logIn, type TokenSession } from "./token-session.ts"

/** The longest signature there is: RSA of 4096 bits; room for more, because a module may ask for it. */
const MAX_SIGNATURE_BYTES = 1_024

/**
 * One signature in a session: login, the key of that certificate, signature. Who opened the session closes it, with the
 * login in it, on errors too. Throws CardError, or what pkcs11js throws for other answers of the module.
 */
export function signInSession(session: TokenSession, request: SignRequest): TokenSignature {
  const offered = session.module.functions.C_GetMechanismList(session.found.slot)
  const certificate = chosenCertificate(session, request)
  const mechanism = chosenMechanism(request, certificate, offered)
  logIn(session, request.pin, "user")
  const key = findPrivateKey(session, certificate)
  const restrictions = readRestrictions(session)
  return { signature: inWireForm(request, sign(session, key, mechanism, request)), restrictions }
}

/** Whether the token of this session holds the certificate whose key is to sign. */
export function holdsChosen(session: TokenSession, request: SignRequest): boolean {
  return chosenAmong(session, request) !== undefined
}

/** Before the login: a signature that cannot be made costs no PIN. */
function chosenMechanism(
  { algorithm }: SignRequest,
  { certificate }: CertificateObject,
  offered: readonly number[],
): Mechanism {
  const mechanism = fitsKey(algorithm, certificate.publicKey) ? mechanismFor(algorithm, offered) : undefined
  if (mechanism !== undefined) return mechanism
  throw new CardError("ALGORITHM_UNSUPPORTED", `the card does not sign with ${algorithm.scheme} and this key`)
}

function chosenCertificate(session: TokenSession, request: SignRequest): CertificateObject {
  const chosen = chosenAmong(session, request)
  if (chosen === undefined)
    throw new CardError("WRONG_CERTIFICATE", "the card does not hold the chosen certificate")
  const fits = request.use === "signature" ? isForSignature : isForAuthentication
  // A login must never be signed by the key that signs in law, nor the other way about.
  if (!fits(chosen.certificate)) {
    throw new CardError("WRONG_CERTIFICATE", `the chosen certificate is not made for ${request.use}`)
  }
  return chosen
}

function chosenAmong(session: TokenSession, request: SignRequest): CertificateObject | undefined {
  return certificateObjects(session).find(
    ({ certificate }) => sha256(certificate.der) === request.certificateSha256,
  )
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

function sign(session: TokenSession, key: Handle, mechanism: Mechanism, request: SignRequest): Uint8Array {
  const { functions } = session.module
  const input = inputFor(mechanism, request)
  functions.C_SignInit(session.handle, nativeMechanism(mechanism), key)
  // CKA_ALWAYS_AUTHENTICATE: a second login between C_SignInit and C_Sign, or the token drops the first one.
  if (alwaysAuthenticates(session, key)) logIn(session, request.pin, "context")
  // A copy: what C_Sign answers is a part of the buffer that it was handed.
  return Uint8Array.from(functions.C_Sign(session.handle, input, Buffer.alloc(MAX_SIGNATURE_BYTES)))
}

function alwaysAuthenticates(session: TokenSession, key: Handle): boolean {
  return attributeOf(session, key, ATTRIBUTE.alwaysAuthenticate)?.[0] === 1
}

function nativeMechanism({ type, pss }: Mechanism): NativeMechanism {
  if (pss === undefined) return { mechanism: type }
  const { hash, maskGenerator, saltLength } = pss
  const parameter: RsaPSS = { type: PSS_PARAMETERS, hashAlg: hash, mgf: maskGenerator, saltLen: saltLength }
  return { mechanism: type, parameter }
}

function inputFor(mechanism: Mechanism, { algorithm, bytes }: SignRequest): Buffer {
  if (mechanism.input === "bytes") return Buffer.from(bytes)
  const digest = createHash(algorithm.hash.replace("-", "")).update(bytes).digest()
  return mechanism.input === "digest" ? digest : Buffer.from(digestInfo(algorithm.hash, digest))
}

/** A token answers ECDSA as r and s one after the other (PKCS #11, EC signatures); the protocol wants DER. */
function inWireForm({ algorithm }: SignRequest, signature: Uint8Array): Uint8Array {
  return algorithm.scheme === "ecdsa" ? ecdsaToDer(signature) : signature
}
