import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  parseRepresentationConfig,
  type RepresentationConfig,
  type RepresentationFile,
} from "../../src-backend/representation/representation-config.ts"
import { CliError } from "../cli-error.ts"

/** Whom a test server knows, until its file says otherwise. */
const FOR_TESTS: RepresentationFile = {
  isTest: true,
  providers: [
    {
      name: "eenofanderezorgaanbieder",
      displayName: "Huisartsenpraktijk De Linde",
      subscriberNumber: "90000123",
      services: [{ id: "48", name: "Vrijgave van besmettingsgegevens" }],
    },
  ],
  clients: [
    {
      id: "phone.example",
      displayName: "Telefoon van de patiënt",
      redirectUris: ["http://127.0.0.1/callback"],
      services: ["48"],
      loopback: true,
    },
  ],
}

const FILE = "representation.json"

/** The configuration in a server's directory; for tests it is made there where it is not. Throws ConfigError, CliError. */
export async function readRepresentationConfig(directory: string): Promise<RepresentationConfig> {
  const file = join(directory, FILE)
  try {
    return parseRepresentationConfig(JSON.parse(await readFile(file, "utf8")))
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CliError("usage", `${file}: this is not JSON`, { cause: error })
    if (!isMissing(error)) throw error
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(file, `${JSON.stringify(FOR_TESTS, undefined, 2)}\n`)
    return parseRepresentationConfig(FOR_TESTS)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
}
