import type { Command } from "commander"
import { addCommand, type Cli } from "../add-command.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { qrLines } from "../qr-lines.ts"
import { showPhone } from "../show-phone.ts"

export function addPhoneShow(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "show",
    summary: "what is on the screen: code, words, check words, QR, who signed; nobody is asked",
    examples: ["vrijgave phone show --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem"],
    flags: PHONE_FLAGS,
    options: PhoneOptions,
    async run(options, terminal) {
      const phone = await openPhone(options, terminal)
      const view = await phone.show()
      const exitCode = showPhone(terminal, view, options.json)
      if (!options.json && view.code !== undefined)
        for (const line of qrLines(view.code.qr)) terminal.print(line)
      return exitCode
    },
  })
}
