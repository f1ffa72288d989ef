import type { Command } from "commander"
import { addCommand, type Cli } from "../add-command.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

export function addPhoneShow(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "show",
    summary: "what is on the screen: code, words, check words, who signed; nobody is asked",
    examples: ["vrijgave phone show --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem"],
    flags: PHONE_FLAGS,
    options: PhoneOptions,
    async run(options, terminal) {
      const phone = await openPhone(options, terminal)
      return showPhone(terminal, await phone.show(), options.json)
    },
  })
}
