import type { Command } from "commander"
import { z } from "zod"
import type { RegisterOptions } from "../../src-phone/steps/register.ts"
import { addCommand, type Cli } from "../add-command.ts"
import {
  obtainRepresentation,
  REPRESENTATION_FLAGS,
  RepresentationOptions,
} from "../representation/obtain-representation.ts"
import { Day } from "../options/values.ts"
import { openPhone, PHONE_FLAGS, PhoneOptions } from "../phone-options.ts"
import { showPhone } from "../show-phone.ts"

const Options = z.object({ ...PhoneOptions.shape, ...RepresentationOptions.shape, day: Day.optional() })

export function addPhoneRegister(parent: Command, cli: Cli): void {
  addCommand(parent, cli, {
    name: "register",
    summary: "draw a code, register the hash of the data, and show the code",
    details:
      "Called again after a failure it goes on with the same code.\n" +
      "With --on-behalf-of it first has you log in at the care provider, for the person whom you represent: open the\n" +
      "address that it tells you in a browser on this machine.",
    examples: [
      "vrijgave phone register --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem",
      "vrijgave phone register --state phone.json --backend http://127.0.0.1:8080 --root pki/root.pem --on-behalf-of --birth-date 19700901 --server http://127.0.0.1:8090",
    ],
    flags: [
      ...PHONE_FLAGS,
      {
        flags: "--day <day>",
        describes: "the first contagious day, such as 2026-04-10 (default: two days ago)",
      },
      ...REPRESENTATION_FLAGS,
    ],
    options: Options,
    async run({ day, ...options }, terminal) {
      const phone = await openPhone(options, terminal)
      const representationToken = await obtainRepresentation(options, terminal)
      const asked: RegisterOptions = {
        ...(day === undefined ? {} : { firstContagiousDay: day }),
        ...(representationToken === undefined ? {} : { representationToken }),
      }
      const view = await phone.register(asked)
      return showPhone(terminal, view, options.json)
    },
  })
}
