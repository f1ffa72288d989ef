import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { SecondsOrNone } from "../options/values.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

const Options = z.object({ ...PhoneOptions.shape, for: SecondsOrNone.default(600) })

export function addPhoneWait(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "wait",
    summary: "wait for the clinician's authorisation, judge it, and tell the backend the verdict",
    details:
      "Exit code 0: it is right, or has not come yet. 3: it was refused. 1: it cannot be judged right now.",
    examples: ["vrijgave phone wait --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem"],
    flags: [
      ...PHONE_FLAGS,
      { flags: "--for <seconds>", describes: "wait at most so long; 0 asks once (default: 600)" },
    ],
    options: Options,
    async run({ for: seconds, ...options }, terminal) {
      const phone = await openPhone(options, terminal)
      return showPhone(terminal, await phone.wait(seconds), options.json)
    },
  })
}
