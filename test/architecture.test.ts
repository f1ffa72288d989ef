import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { checkImports } from "./architecture/check-imports.ts"
import { checkSyntax } from "./architecture/check-syntax.ts"
import { checkText } from "./architecture/check-text.ts"
import { foreignAddresses, looseDependencies, unagreedLicences } from "./architecture/dependencies.ts"
import { parseSource, readSources, type Violation } from "./architecture/source-file.ts"

const ROOT = join(import.meta.dirname, "..")
// In two parts, so that this file is not found unfinished itself.
const UNFINISHED = ["TO", "DO"].join("")
const SOURCES = readSources(ROOT)

function told(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, line, rule }) => `${path}:${line} ${rule}`)
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), "utf8"))
}

describe("the repository", () => {
  test("there are sources to check in every folder of the product", () => {
    const folders = new Set(SOURCES.map(({ path }) => path.split("/")[0]))
    expect([...folders]).toEqual(expect.arrayContaining(["src-protocol", "src-crypto", "native", "test"]))
  })

  test("every import is one that the table of rooms allows", () => {
    expect(told(SOURCES.flatMap(checkImports))).toEqual([])
  })

  test("every assertion is explained, the protocol has no clock, and nothing of ours is mocked", () => {
    expect(told(SOURCES.flatMap(checkSyntax))).toEqual([])
  })

  test("no file is too long to read, and unfinished work names its issue", () => {
    expect(told(SOURCES.flatMap(checkText))).toEqual([])
  })

  test("every dependency is pinned to one version", () => {
    expect(looseDependencies(readJson("package.json"))).toEqual([])
  })

  test("every package has a licence that we have agreed to", () => {
    expect(unagreedLicences(readJson("package-lock.json"))).toEqual([])
  })

  test("the lock file names no registry but the public one", () => {
    expect(foreignAddresses(readJson("package-lock.json"))).toEqual([])
  })
})

describe("an import is refused", () => {
  test.each([
    ["of Node in the protocol", "src-protocol/code.ts", `import { randomBytes } from "node:crypto"`],
    [
      "of the backend in the protocol, as a type",
      "src-protocol/code.ts",
      `import type { A } from "../src-backend/app.ts"`,
    ],
    [
      "of a type by a type expression",
      "src-protocol/code.ts",
      `type A = import("../src-main/config.ts").Config`,
    ],
    ["of PKI.js in the reader", "src-protocol/certificate.ts", `import * as pkijs from "pkijs"`],
    ["of asn1js in the desk", "src-main/consult/consult.ts", `import { Integer } from "asn1js"`],
    ["of the desk in the backend", "src-backend/app.ts", `export { a } from "../src-main/config.ts"`],
    ["of the phone in the backend", "src-backend/app.ts", `const a = await import("../src-phone/phone.ts")`],
    ["of the backend in the phone", "src-phone/phone.ts", `import "../src-backend/app.ts"`],
    [
      "of the test kit in the desk",
      "src-main/config.ts",
      `import { a } from "../src-testkit/pki/init-pki.ts"`,
    ],
    [
      "of native in the desk outside the card host",
      "src-main/card/card-signer.ts",
      `import "../../native/pcsc/load.ts"`,
    ],
    ["of Electron in the consult", "src-main/consult/consult.ts", `import { app } from "electron"`],
    ["of the stand-in for Electron", "src-main/main.ts", `import "../native/electron-on-chromium/start.ts"`],
    ["of Node in the renderer", "src-renderer/views/view.tsx", `import { join } from "node:path"`],
    ["of the desk in the renderer", "src-renderer/views/view.tsx", `import "../../src-main/config.ts"`],
    ["of ours in native", "native/pkcs11/load.ts", `import "../../src-protocol/code.ts"`],
    ["of the command line in the product", "src-testkit/cards.ts", `import "../src-cli/main.ts"`],
    ["of a card addon outside native", "src-main/card/host/host.ts", `import pkcs11js from "pkcs11js"`],
    ["of a card addon by require", "src-cli/main.ts", `const koffi = require("koffi")`],
    ["of a package that nobody agreed to", "src-cli/main.ts", `import chalk from "chalk"`],
    ["of a subpath of such a package", "src-cli/main.ts", `import x from "@scope/name/deep.js"`],
    ["of a package in the set-up", "native/setup/start.mjs", `import koffi from "koffi"`],
    ["without its ending", "src-cli/main.ts", `import { a } from "../src-protocol/code"`],
    ["of a file outside the repository", "src-cli/main.ts", `import "../../shared/design.ts"`],
    ["with a computed name", "src-cli/main.ts", `const a = await import(process.argv[2] ?? "")`],
    ["from a folder that is not in the table", "src-elsewhere/a.ts", ``],
  ])("%s", (_, path, text) => {
    expect(checkImports(parseSource(path, text))).toHaveLength(1)
  })
})

test.each([
  ["src-protocol/signed-data.ts", `import * as pkijs from "pkijs"`],
  ["src-protocol/trustwords/english.ts", `import { wordlist } from "@scure/bip39/wordlists/english.js"`],
  ["src-main/card/host/host.ts", `import { load } from "../../../native/pkcs11/load.ts"`],
  ["src-main/card/host/host.ts", `import type { Handle } from "pkcs11js"`],
  ["src-main/app/window.ts", `import { BrowserWindow } from "electron"`],
  ["src-renderer/views/view.tsx", `import type { DeskState } from "../../src-preload/contract.ts"`],
  ["src-cli/bin.mjs", `import { node24 } from "../native/setup/paths.mjs"`],
])("an import that the table allows passes: %s, %s", (path, text) => {
  expect(checkImports(parseSource(path, text))).toEqual([])
})

describe("a construct is refused", () => {
  test.each([
    ["an assertion without a reason", "src-main/a.ts", `const a = b as string`],
    [
      "an assertion through unknown without a reason",
      "src-main/a.ts",
      `\nconst a = (b as unknown) satisfies unknown`,
    ],
    ["the clock in the protocol", "src-protocol/a.ts", `const now = Date.now()`],
    ["a date of now in the protocol", "src-protocol/a.ts", `const now = new Date()`],
    ["a date as text of now in the protocol", "src-protocol/a.ts", `const now = Date()`],
    ["weak chance in the protocol", "src-protocol/a.ts", `const chance = Math.random()`],
    ["a mock of our own code", "test/a.test.ts", `vi.mock("../src-main/config.ts")`],
    ["a test that silences the others", "test/a.test.ts", `test.only("a", () => {})`],
  ])("%s", (_, path, text) => {
    expect(checkSyntax(parseSource(path, text))).toHaveLength(1)
  })

  test.each([
    ["an explained assertion", "src-main/a.ts", `// Checked two lines up.\nconst a = b as string`],
    ["a constant assertion", "src-main/a.ts", `const a = ["b"] as const`],
    ["a date of a given time in the protocol", "src-protocol/a.ts", `const day = new Date(milliseconds)`],
    ["the clock elsewhere", "src-backend/a.ts", `const now = Date.now()`],
  ])("but not %s", (_, path, text) => {
    expect(checkSyntax(parseSource(path, text))).toEqual([])
  })
})

test.each([
  ["one line more than the most", `a\n`.repeat(351), 1],
  ["as many lines as the most", `a\n`.repeat(350), 0],
  ["unfinished work without an issue", `// ${UNFINISHED} later`, 1],
  ["unfinished work with its issue", `// ${UNFINISHED} #12: later`, 0],
])("of a file with %s the reader is told", (_, text, violations) => {
  expect(checkText(parseSource("src-main/a.ts", text))).toHaveLength(violations)
})

describe("a dependency is refused", () => {
  const pinned = { dependencies: { zod: "4.6.7" }, devDependencies: {}, optionalDependencies: {} }

  test.each(["^4.6.7", "~4.6.7", "latest", "4.6", "git+https://example.org/zod.git"])(
    "at version %s",
    (version) => {
      expect(looseDependencies({ ...pinned, dependencies: { zod: version } })).toEqual([`zod ${version}`])
    },
  )

  test.each([["GPL-3.0-only"], ["MIT AND GPL-2.0"], ["SEE LICENSE IN LICENSE"], [undefined]])(
    "under %s",
    (license) => {
      expect(unagreedLicences({ packages: { "": {}, "node_modules/a": { license } } })).toHaveLength(1)
    },
  )

  test("under a licence for tools only, when the product contains it", () => {
    const packages = {
      "node_modules/a": { license: "MPL-2.0" },
      "node_modules/b": { license: "MPL-2.0", dev: true },
    }
    expect(unagreedLicences({ packages })).toEqual(["node_modules/a: MPL-2.0"])
  })

  test("from a registry of one machine", () => {
    const packages = { "node_modules/a": { resolved: "http://127.0.0.1:4873/a/-/a-1.0.0.tgz" } }
    expect(foreignAddresses({ packages })).toHaveLength(1)
  })
})
