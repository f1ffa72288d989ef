import type { Command } from "commander"
import { z } from "zod"
import { printInstant } from "../../src-protocol/instant.ts"
import { addCommand, type Cli } from "../add-command.ts"
import { SecondsOrNone } from "../options/values.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

const Options = z.object({ ...PhoneOptions.shape, longestWait: SecondsOrNone.optional() })

export function addPhonePublish(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "publish",
    summary: "after a random wait send the seed with its authorisation, then destroy both and rekey",
    examples: [
      "vrijgave phone publish --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem --longest-wait 0",
    ],
    flags: [
      ...PHONE_FLAGS,
      {
        flags: "--longest-wait <seconds>",
        describes: "of the random wait (default: one cycle of the backend)",
      },
    ],
    options: Options,
    async run({ longestWait, ...options }, terminal) {
      const settings = longestWait === undefined ? {} : { publicationWaitSeconds: longestWait }
      const phone = await openPhone(options, terminal, { settings })
      const view = await phone.publish({
        onPlanned: (at) => {
          terminal.tell(`It waits until ${printInstant(at)}: a random time, so that nobody can link it.`)
        },
      })
      return showPhone(terminal, view, options.json)
    },
  })
}
