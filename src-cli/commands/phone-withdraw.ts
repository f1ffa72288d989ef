import type { Command } from "commander"
import { addCommand, type Cli } from "../add-command.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

export function addPhoneWithdraw(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "withdraw",
    summary: "take it back, as long as nothing is published",
    examples: [
      "vrijgave phone withdraw --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem",
    ],
    flags: PHONE_FLAGS,
    options: PhoneOptions,
    async run(options, terminal) {
      const phone = await openPhone(options, terminal)
      return showPhone(terminal, await phone.withdraw(), options.json)
    },
  })
}
