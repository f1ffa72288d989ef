import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

const ROOT = join(import.meta.dirname, "../..")

interface NamedTest {
  readonly risk: string
  readonly file: string
  readonly name: string
}

/** The rows of the table in docs/threats.md. */
function namedTests(): readonly NamedTest[] {
  const lines = readFileSync(join(ROOT, "docs/threats.md"), "utf8").split("\n")
  return lines.flatMap((line) => {
    const [, risk = "", , last = ""] = line.split(/ *\| */)
    const [, file, name] = /^`(test\/[^`]+)`: (.+)$/.exec(last) ?? []
    return file === undefined || name === undefined ? [] : [{ risk, file, name }]
  })
}

test("every risk of docs/threats.md names a test that exists under just that name", () => {
  const rows = namedTests()
  expect(rows.length).toBeGreaterThan(40)
  const missing = rows.filter(({ file, name }) => {
    const path = join(ROOT, file)
    return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${name}"`)
  })
  expect(missing).toEqual([])
})

test.each([
  ...[
    "S1A/S1B",
    "S1C",
    "S1D",
    "S1E",
    "S1F",
    "stolen card",
    "signing past the backend",
    "malware at the desk",
  ],
  ...["S2 flooding", "P1 linking by the clinician", "P2 linking by the backend"],
  ...[
    "a hostile backend swaps the hash",
    "a hostile backend or relay takes a login",
    "the package is a named proof",
  ],
  ...["a network observer", "squatting", "a recorded login", "another's login", "a stolen session"],
  ...["enumeration of the 10^6 references", "publication twice at once", "races of two clinicians"],
])("docs/threats.md has a row for: %s", (risk) => {
  expect(namedTests().some((row) => row.risk.startsWith(risk))).toBe(true)
})
