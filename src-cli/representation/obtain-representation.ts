import { z } from "zod"
import { obtainRepresentationToken } from "../../src-phone/representation/obtain-token.ts"
import type { Flag } from "../add-command.ts"
import { CliError } from "../cli-error.ts"
import { BackendUrl, Switch, Text } from "../options/values.ts"
import type { Terminal } from "../terminal.ts"
import { awaitCallback } from "./await-callback.ts"
import { BirthDate } from "./dossier-options.ts"

export const REPRESENTATION_FLAGS: readonly Flag[] = [
  { flags: "--on-behalf-of", describes: "for somebody whom you represent" },
  { flags: "--birth-date <date>", describes: "of that person, as JJJJMMDD" },
  { flags: "--server <url>", describes: "the care provider's authorization server" },
  {
    flags: "--service <name>",
    describes: "provider and data service (default: eenofanderezorgaanbieder~48)",
  },
  { flags: "--client <name>", describes: "the phone's name on the client list (default: phone.example)" },
]
export const RepresentationOptions = z.object({
  onBehalfOf: Switch,
  birthDate: BirthDate.optional(),
  server: BackendUrl.optional(),
  service: Text.default("eenofanderezorgaanbieder~48"),
  client: Text.default("phone.example"),
})
type RepresentationOptions = z.infer<typeof RepresentationOptions>

/** The token for a represented person's disclosure; `undefined` where nobody is represented. */
export async function obtainRepresentation(
  { onBehalfOf, birthDate, server, service, client }: RepresentationOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  if (!onBehalfOf && birthDate === undefined && server === undefined) return undefined
  if (!onBehalfOf || birthDate === undefined || server === undefined)
    throw new CliError("usage", "Give --on-behalf-of, --birth-date and --server together.")
  const callback = await awaitCallback(terminal.stopping)
  try {
    return await obtainRepresentationToken({
      ...{ server, service, birthDate },
      clientId: client,
      redirectUri: callback.address,
      visit: (address) => {
        terminal.tell(`Open this address in a browser on this machine, and log in:\n${address.href}`)
        return callback.returned
      },
    })
  } finally {
    await callback.close()
  }
}
