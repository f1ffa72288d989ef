import { closeSync, openSync, readSync } from "node:fs"
import { findSofthsmModule } from "../../../native/softhsm/find-softhsm-module.ts"
import { softhsmConfigurationPath } from "../../../native/softhsm/softhsm-home.ts"
import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createCardHost } from "../../../src-main/card/host/card-host.ts"
import { forkChildProcess } from "../../../src-main/card/host/fork-child-process.ts"
import { createDesk } from "../../../src-main/consult/consult.ts"
import { parseCode } from "../../../src-protocol/code.ts"
import { readTrust } from "./read-trust.ts"
import { serveCommands } from "./serve-commands.ts"

/** A desk with a card: `desk-party.ts <outbox> <pki> <backend> <card directory> <PIN file>`. */
const [, , outboxDirectory = "", pki = "", origin = "", cards = "", pinFile = ""] = process.argv

const environment = { SOFTHSM2_CONF: softhsmConfigurationPath(cards) }
const cardHost = createCardHost({ fork: forkChildProcess(environment), modulePath: findSofthsmModule() })
const trust = await readTrust(pki)
const desk = createDesk({
  origin,
  trust,
  crypto: nodeCrypto,
  cardHost,
  outboxDirectory,
  clock: () => Date.now(),
})

/** The PIN as bytes and in no other form, as a keyboard hands it over key by key. */
function typedPin(): Uint8Array {
  const file = openSync(pinFile, "r")
  const pin = new Uint8Array(8)
  readSync(file, pin)
  closeSync(file)
  return pin
}

serveCommands({
  "sign-in": async () => {
    const [card] = await desk.listCards()
    const { session } = await desk.signIn(card?.serial ?? "", typedPin())
    return session.clinician.name
  },
  "look-up": async (digits) => (await desk.lookUp(parseCode(digits))).disclosure.state,
  sign: async () => {
    await desk.reviewSigner()
    desk.confirm({ readBack: true, consent: true })
    await desk.sign(typedPin())
    return desk.state.is
  },
  post: async () => (await desk.post()).state,
  follow: async () => (await desk.follow(() => undefined))?.state ?? "",
  "sign-out": async () => {
    desk.leave()
    await desk.signOut()
    return desk.state.is
  },
  stop: () => {
    cardHost.stop()
    return Promise.resolve("")
  },
})
