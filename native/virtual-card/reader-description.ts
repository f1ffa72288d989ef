import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ReaderFiles } from "./debian-packages.ts"
import { objectOf, textField } from "./fields.ts"
import { ReaderError } from "./reader-error.ts"

/** What a program needs in its environment to find the reader and OpenSC. */
export type ClientEnvironment = Readonly<Record<string, string>>

/** What a program that uses the reader has to know. */
export interface ReaderDescription {
  readonly environment: ClientEnvironment
  readonly openscModule: string
}

const FILE = "reader.json"

/** Writes the description into the reader's directory, and OpenSC's configuration beside it. */
export async function describeReader(directory: string, files: ReaderFiles): Promise<ReaderDescription> {
  const configuration = join(directory, "opensc.conf")
  // The machine's own configuration of OpenSC, and what it remembers of cards on disk, stay out of it.
  await writeFile(configuration, "app default {\n  framework pkcs15 {\n    use_file_caching = no;\n  }\n}\n")
  const environment = {
    PCSCLITE_CSOCK_NAME: join(directory, "run", "pcscd", "pcscd.comm"),
    OPENSC_CONF: configuration,
    ...(files.libraryPath === "" ? {} : { LD_LIBRARY_PATH: files.libraryPath }),
  }
  const description = { environment, openscModule: files.openscModule }
  await writeFile(join(directory, FILE), JSON.stringify(description))
  return description
}

/** The description of a reader that runs; throws `reader-gone`. */
export async function readDescription(directory: string): Promise<ReaderDescription> {
  try {
    const fields = objectOf(JSON.parse(await readFile(join(directory, FILE), "utf8")), FILE)
    const variables = objectOf(fields["environment"], '"environment"')
    const environment = Object.fromEntries(
      Object.keys(variables).map((name) => [name, textField(variables, name)]),
    )
    return { environment, openscModule: textField(fields, "openscModule") }
  } catch (cause) {
    throw new ReaderError("reader-gone", `no reader runs in ${directory}`, { cause })
  }
}
