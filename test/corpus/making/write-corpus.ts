import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { hexOf } from "../../../src-protocol/bytes.ts"
import { DAY, dayOf, HOUR, MINUTE, printInstant } from "../../../src-protocol/instant.ts"
import { encodeOpaque, hashOpaque } from "../../../src-protocol/opaque.ts"
import { writePem } from "../../../src-protocol/pem.ts"
import { readSignedData } from "../../../src-protocol/read-signed-data.ts"
import { unwrapSmime } from "../../../src-protocol/smime.ts"
import { printTrustProfile } from "../../../src-protocol/uzi/trust-profile.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { initPki } from "../../../src-testkit/pki/init-pki.ts"
import type { TestPki } from "../../../src-testkit/pki/test-pki.ts"
import { HOLDER_NAME, judgingWorld } from "../../support/judging-world.ts"
import { CORPUS_DIRECTORY, type CorpusEntry } from "../support/corpus.ts"
import { ALL_CASES } from "./all-cases.ts"
import type { CaseFacts, CorpusCase } from "./corpus-case.ts"
import { usualLists } from "./list-cases.ts"
import { HOLDER } from "./pass-cases.ts"

/** The moment of judging, for ever. */
const AT = Date.UTC(2026, 10, 16, 9)
const CODE = { reference: "012345", confirmation: "0678" }
const AUTHORITY_KEY_BITS = 2048

/** Makes a hierarchy, all packages and lists, and replaces what is in the directory. Throws away every key. */
export async function writeCorpus(): Promise<{ readonly good: number; readonly bad: number }> {
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-corpus-"))
  try {
    const pki = await initPki({ directory, at: AT - DAY, caKeyBits: AUTHORITY_KEY_BITS })
    return await writeAll(pki)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function writeAll(pki: TestPki): Promise<{ readonly good: number; readonly bad: number }> {
  const opaque = encodeOpaque({
    salt: new Uint8Array(32).fill(0x5a),
    code: CODE,
    day: dayOf(AT) - 2,
    dayKey: new Uint8Array(32).fill(0xa5),
  })
  const statement = { hash: await hashOpaque(nodeCrypto, opaque), code: CODE }
  const world = judgingWorld(pki, AT, statement)
  const packages: Uint8Array[] = []
  for (const { make } of ALL_CASES) packages.push(await make(world))
  await emptyDirectory()
  const cases: CorpusEntry[] = []
  // Lists come after all packages: what was revoked on the way is on them.
  for (const [i, corpusCase] of ALL_CASES.entries())
    cases.push(await writeCase(pki, i + 1, corpusCase, packages[i] ?? new Uint8Array()))
  await writeTrust(pki)
  const usual = await usualLists({ pki, at: AT, signerSerialNumber: "" })
  await writeLists("crls.pem", usual)
  const { uziNumber, subscriberNumber } = HOLDER
  const index = {
    about:
      "See README.md. Times are UTC; every case is judged with crls.pem and trust.json unless it says otherwise.",
    at: printInstant(AT),
    registeredAt: printInstant(AT - 5 * MINUTE),
    expiresAt: printInstant(AT + 4 * HOUR),
    hash: statement.hash,
    code: `${CODE.reference}-${CODE.confirmation}`,
    opaque: hexOf(opaque),
    signer: { name: HOLDER_NAME, uziNumber, subscriberNumber },
    cases,
  }
  await writeFile(join(CORPUS_DIRECTORY, "index.json"), `${JSON.stringify(index, undefined, 2)}\n`)
  const good = ALL_CASES.filter(({ expect }) => expect === "authorised").length
  return { good, bad: ALL_CASES.length - good }
}

/** All but what was written by hand. */
async function emptyDirectory(): Promise<void> {
  await rm(join(CORPUS_DIRECTORY, "crls"), { recursive: true, force: true })
  for (const file of await readdir(CORPUS_DIRECTORY))
    if (file.endsWith(".eml")) await rm(join(CORPUS_DIRECTORY, file))
  await mkdir(join(CORPUS_DIRECTORY, "crls"), { recursive: true })
}

function fileName(number: number, { what, expect }: CorpusCase): string {
  const words = what
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
  const short = words.length <= 48 ? words : words.slice(0, words.lastIndexOf("-", 48))
  return `${String(number).padStart(3, "0")}-${expect === "authorised" ? "good-" : ""}${short}`
}

async function writeCase(
  pki: TestPki,
  number: number,
  corpusCase: CorpusCase,
  authorisation: Uint8Array,
): Promise<CorpusEntry> {
  const { what, expect, facts = {} } = corpusCase
  const name = fileName(number, corpusCase)
  await writeFile(join(CORPUS_DIRECTORY, `${name}.eml`), authorisation)
  return { file: `${name}.eml`, expect, what, ...(await writeFacts(pki, name, facts, authorisation)) }
}

async function writeFacts(
  pki: TestPki,
  name: string,
  facts: CaseFacts,
  authorisation: Uint8Array,
): Promise<Omit<CorpusEntry, "file" | "expect" | "what">> {
  const { trust, lists, checkedLater, lowestNumber, demandsQcStatements } = facts
  if (lists !== undefined) {
    const made = await lists({ pki, at: AT, signerSerialNumber: serialNumberIn(authorisation) })
    await writeLists(`crls/${name}.pem`, made)
  }
  const keyId = hexOf(pki.authorities.zorgverlener.keyIdentifier)
  return {
    ...(trust === undefined ? {} : { trust: "trust-another-root.json" }),
    ...(lists === undefined ? {} : { crls: `crls/${name}.pem` }),
    ...(checkedLater === undefined ? {} : { checkedAt: printInstant(AT + checkedLater) }),
    ...(lowestNumber === undefined ? {} : { lowestNumbers: { [keyId]: lowestNumber } }),
    ...(demandsQcStatements === undefined ? {} : { demandsQcStatements }),
  }
}

function serialNumberIn(authorisation: Uint8Array): string {
  return readSignedData(unwrapSmime(authorisation)).signer.serialNumber
}

async function writeLists(file: string, lists: readonly Uint8Array[]): Promise<void> {
  await writeFile(join(CORPUS_DIRECTORY, file), lists.map((list) => writePem("X509 CRL", list)).join(""))
}

async function writeTrust({ trust, root, authorities }: TestPki): Promise<void> {
  const write = (file: string, profile: TestPki["trust"]): Promise<void> =>
    writeFile(join(CORPUS_DIRECTORY, file), `${JSON.stringify(printTrustProfile(profile), undefined, 2)}\n`)
  await write("trust.json", trust)
  await write("trust-another-root.json", {
    ...trust,
    anchors: [authorities["rogue-root"].certificate],
    intermediates: [],
  })
  await writeFile(join(CORPUS_DIRECTORY, "root.pem"), writePem("CERTIFICATE", root))
}
