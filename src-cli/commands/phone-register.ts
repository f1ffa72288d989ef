import type { Command } from "commander"
import { z } from "zod"
import { addCommand, type Cli } from "../add-command.ts"
import { Day } from "../options/values.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

const Options = z.object({ ...PhoneOptions.shape, day: Day.optional() })

export function addPhoneRegister(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "register",
    summary: "draw a code, register the hash of the data, and show the code",
    details: "Called again after a failure it goes on with the same code.",
    examples: [
      "vrijgave phone register --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem",
    ],
    flags: [
      ...PHONE_FLAGS,
      {
        flags: "--day <day>",
        describes: "the first contagious day, such as 2026-04-10 (default: two days ago)",
      },
    ],
    options: Options,
    async run({ day, ...options }, terminal) {
      const phone = await openPhone(options, terminal)
      const view = await phone.register(day === undefined ? {} : { firstContagiousDay: day })
      return showPhone(terminal, view, options.json)
    },
  })
}
