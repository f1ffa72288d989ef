import { copyFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parseCode, printCode } from "../../src-protocol/code.ts"
import { encodeStatement } from "../../src-protocol/statement.ts"
import type { BatchEntry } from "../../src-protocol/batch.ts"
import { wordListIn } from "../../src-protocol/trustwords/all-lists.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import type { SignedPackage } from "../../src-main/consult/desk.ts"
import type { CodeView } from "../../src-phone/phone-view.ts"
import { CliError } from "../cli-error.ts"
import type { Terminal } from "../terminal.ts"
import { signerText } from "../../src-protocol/signer-text.ts"
import { checkYourself } from "./check-yourself.ts"
import type { DemoFiles } from "./demo-files.ts"
import { makeAuthority, startParties, type Authority, type Parties } from "./demo-world.ts"
import { findBatch } from "./find-batch.ts"
import { createNarrator, type Narrator } from "./narrator.ts"
import { peekAtSeed } from "./peek-at-seed.ts"

/** What every step of the demonstration works with. */
interface Scene extends Parties, Authority {
  readonly files: DemoFiles
  readonly narrator: Narrator
}

/**
 * Walks one disclosure on real parts and tells each step: a hash is registered, a card signs, everyone judges for
 * themselves, and a batch is published. Whatever it started is ended again, also when it is stopped half-way.
 */
export async function runDemo(files: DemoFiles, terminal: Terminal): Promise<void> {
  const narrator = createNarrator(terminal)
  const { stopping } = terminal
  terminal.print("A disclosure, from a phone's hash to the published batch.")
  narrator.say(
    "Phone, backend, clinician's desk and card are real parts, each with only what it would have. The card is a test card",
    `on SoftHSM and the authority a test authority: no real pass is needed. Files: ${files.directory}`,
  )
  const authority = await setUp(files, narrator, terminal)
  const parties = await startParties(files, authority, terminal)
  const stop = () => void parties.stop()
  stopping.addEventListener("abort", stop)
  try {
    await journey({ ...parties, ...authority, files, narrator })
  } catch (cause) {
    if (!stopping.aborted) throw cause
    const left = `Stopped half-way. All that was started has ended; the files so far are in ${files.directory}.`
    throw new CliError("failed", left, { cause })
  } finally {
    stopping.removeEventListener("abort", stop)
    await parties.stop()
  }
  checkYourself(files, terminal)
}

async function setUp(files: DemoFiles, narrator: Narrator, terminal: Terminal): Promise<Authority> {
  narrator.step("A test authority, shaped like the UZI register, issues a card")
  const authority = await makeAuthority(files, terminal)
  const { card } = authority
  narrator.say(
    `${card.name}, arts (physician), gets a pass: UZI number ${card.uziNumber}, role ${card.roleCode}, three key pairs made on`,
    `the token itself, and their certificates. The test PIN is ${card.pin}. The phone has only the authority's root built in.`,
  )
  return authority
}

async function journey(scene: Scene): Promise<void> {
  const code = await phoneRegisters(scene)
  await deskFinds(scene, code)
  const signed = await cardSigns(scene)
  await deskPosts(scene, signed)
  await phoneJudges(scene)
  const seed = await phonePublishes(scene)
  await batchAppears(scene, seed)
}

async function phoneRegisters({ phone, backend, narrator }: Scene): Promise<CodeView> {
  narrator.step("The phone registers a hash")
  const { code, hash, sentences } = await phone.register()
  if (code === undefined) throw new RangeError("a registered phone shows no code")
  narrator.say(
    "The phone draws ten digits and a salt, puts them together with its seed (a day and that day's key), and takes the SHA-256.",
    `It posts to ${backend.origin}: the first six digits, ${code.digits.slice(0, 6)}, and the hash`,
  )
  narrator.quote("", hash ?? "")
  narrator.say(
    "The last four digits, the salt and the seed stay on the phone. Who the patient is, nobody was told.",
  )
  narrator.quote(
    "The patient sees:",
    code.digits,
    code.trustwords.join(" "),
    `controlewoorden: ${code.readBackWords.join(" ")}`,
    ...sentences,
  )
  return code
}

async function deskFinds({ desk, card, narrator }: Scene, code: CodeView): Promise<void> {
  narrator.step("The clinician signs in with the card and finds the hash")
  const [token] = await desk.listCards()
  const { session } = await desk.signIn(token?.serial ?? "", pinOf(card.pin))
  narrator.say(
    `With the PIN, the card's authentication key signed a nonce of the backend, bound to its address. The backend judged the certificate`,
    `and opened a session for ${session.clinician.name}, UZI number ${session.clinician.uziNumber}.`,
  )
  narrator.quote("The patient says:", `“${code.digits}”`)
  await desk.lookUp(parseCode(code.digits))
  const words = await desk.readBackWords(wordListIn(code.wordLanguage) ?? englishWords)
  narrator.say(
    "The desk asked the backend for the hash under the first six digits. From hash and all ten digits it computes two words.",
  )
  narrator.quote(
    "The clinician sees:",
    `Controlewoorden: ${words.join(" ")}`,
    "Zegt de patiënt deze twee woorden? (Does the patient say these two words?)",
  )
  narrator.quote("The patient says, from the phone:", `“${code.readBackWords.join(" ")}”`)
  await confirm(desk, words.join() === code.readBackWords.join(), narrator)
}

async function confirm(desk: Scene["desk"], sameWords: boolean, narrator: Narrator): Promise<void> {
  const signer = await desk.reviewSigner()
  narrator.quote(
    "The clinician sees:",
    `U ondertekent als ${signerText(signer)}, UZI-nummer ${signer.uziNumber}.`,
    "Heeft de patiënt toestemming gegeven? (Has the patient consented?)",
  )
  desk.confirm({ readBack: sameWords, consent: true })
  narrator.say(
    "The words are the same, and the clinician confirms the consent. Only now is the PIN for the signature asked for.",
  )
}

async function cardSigns({ desk, card, files, narrator }: Scene): Promise<SignedPackage> {
  narrator.step("The card signs a statement")
  const signed = await desk.sign(pinOf(card.pin))
  const { verdict, authorisation } = signed
  const statement = encodeStatement({ hash: verdict.hash, code: verdict })
  await writeFile(files.authorisation, authorisation)
  await writeFile(files.statement, statement)
  narrator.say("Over PKCS#11, in a process of its own, the signature key on the card signed exactly this:")
  narrator.quote("", ...new TextDecoder().decode(statement).trimEnd().split("\r\n"))
  narrator.say(
    `Signed by ${signerText(verdict.signer)}. The result is an S/MIME message of ${String(authorisation.length)} bytes (CMS, CAdES-B-B).`,
    "The desk judged its own package as the phone will: signature, chain to the root, revocation, a UZI pass of a care provider",
    "with a profession under article 3 of the Wet BIG. It is right; a wrong one would never leave the desk.",
  )
  return signed
}

async function deskPosts({ desk, narrator }: Scene, { verdict }: SignedPackage): Promise<void> {
  narrator.step("The desk hands the package in")
  const { state } = await desk.post()
  narrator.say(
    "It went to the outbox first, synced to disk, and from there to the backend. The backend judged all of it again, held it",
    `against the registered hash, the reference ${verdict.reference} and the UZI number of the session, and keeps it for the phone.`,
    `The disclosure is now: ${state}. In the statement the backend reads the last four digits for the first time: ${printCode(verdict)}.`,
  )
}

async function phoneJudges({ phone, desk, narrator }: Scene): Promise<void> {
  narrator.step("The phone picks it up and judges for itself")
  const view = await phone.wait(30)
  if (view.step !== "verified") throw new RangeError(`the phone is ${view.step}: ${view.sentences.join(" ")}`)
  narrator.say(
    "It proved with its pick-up key that it is the one that registered. It judged signature, chain to its built-in root, revocation,",
    "profession, its own hash and all ten digits: nothing of that did it take from the backend on trust. It sent a receipt.",
  )
  narrator.quote("The patient sees:", ...view.sentences)
  const last = await desk.follow(() => undefined)
  await desk.signOut()
  narrator.say(
    `The desk sees: ${last?.state ?? "nothing"}. The clinician is done, and learns nothing of what follows.`,
  )
}

async function phonePublishes({ phone, files, narrator }: Scene): Promise<BatchEntry> {
  narrator.step("The phone publishes")
  const seed = await peekAtSeed(files.phoneState)
  const view = await phone.publish()
  if (view.step !== "done") throw new RangeError(`the phone is ${view.step}: ${view.sentences.join(" ")}`)
  narrator.say(
    "After a random wait it sent the data and the package, with no reference, no pick-up key and no credentials. The backend",
    "judged the package from scratch, found it among those it had accepted, unused, and held the SHA-256 of the data against the",
    "signed hash and the code inside the data against the signed code. It queued the seed and kept nothing else.",
  )
  narrator.quote("The patient sees:", ...view.sentences)
  return seed
}

async function batchAppears(
  { phone, backend, pki, files, narrator }: Scene,
  seed: BatchEntry,
): Promise<void> {
  narrator.step("The batch is published")
  const { batch, place } = await findBatch(phone, seed)
  const { entries, cycle } = batch
  await saveBatch(backend.origin, cycle, files.batch)
  await copyFile(join(pki.directory, "crls.pem"), files.crls)
  narrator.say(
    `Batch ${String(cycle)} holds ${String(entries.length)} entries, sorted by value and filled up with decoys, signed with Ed25519. Its signature is right,`,
    `and entry ${String(place + 1)} is the seed of our phone. From it every other phone computes the identifiers it may have met.`,
  )
}

async function saveBatch(origin: string, cycle: number, path: string): Promise<void> {
  const answer = await fetch(`${origin}/v1/batches/${String(cycle)}`)
  await writeFile(path, new Uint8Array(await answer.arrayBuffer()))
}

function pinOf(pin: string): Uint8Array {
  return new TextEncoder().encode(pin)
}
