import { nodeCrypto } from "../../../src-crypto/node-crypto.ts"
import { createPhone } from "../../../src-phone/phone.ts"
import { fileStorage } from "../../../src-phone/state/file-storage.ts"
import { readTrust } from "./read-trust.ts"
import { serveCommands } from "./serve-commands.ts"

/** A phone of its own: `phone-party.ts <state file> <pki> <backend>`. */
const [, , state = "", pki = "", backend = ""] = process.argv

const phone = createPhone({
  storage: fileStorage(state),
  backend,
  trust: await readTrust(pki),
  crypto: nodeCrypto,
  clock: () => Date.now(),
  language: "nl",
  settings: { publicationWaitSeconds: 0, longPollSeconds: 0 },
})

serveCommands({
  register: async () => (await phone.register()).code?.digits ?? "",
  wait: async () => (await phone.wait()).situation,
  withdraw: async () => (await phone.withdraw()).situation,
  publish: async () => (await phone.publish()).situation,
})
