/** Who may import whom: the table of the house. A path that ends in a slash is a folder and all in it. */
export interface Room {
  readonly folder: string
  /** What of ours its files may import, besides their own folder. */
  readonly ours: readonly string[]
  /** Whether `node:*` may be imported. */
  readonly node: boolean
}

const PRODUCT = [
  "src-protocol/",
  "src-crypto/",
  "src-backend/",
  "src-phone/",
  "src-main/",
  "src-testkit/",
  "native/",
]

/** The first room whose folder a path lies in is its room: narrower rooms stand before the ones around them. */
export const ROOMS: readonly Room[] = [
  { folder: "src-protocol/", ours: [], node: false },
  { folder: "src-crypto/", ours: ["src-protocol/"], node: true },
  { folder: "src-preload/", ours: ["src-protocol/"], node: false },
  {
    folder: "src-main/card/host/",
    ours: ["src-protocol/", "src-crypto/", "src-preload/contract.ts", "src-main/", "native/"],
    node: true,
  },
  { folder: "src-main/", ours: ["src-protocol/", "src-crypto/", "src-preload/contract.ts"], node: true },
  { folder: "src-renderer/", ours: ["src-preload/contract.ts"], node: false },
  { folder: "src-backend/", ours: ["src-protocol/", "src-crypto/"], node: true },
  { folder: "src-phone/", ours: ["src-protocol/", "src-crypto/"], node: true },
  { folder: "src-testkit/", ours: ["src-protocol/", "src-crypto/", "native/"], node: true },
  { folder: "src-cli/", ours: PRODUCT, node: true },
  { folder: "bench/", ours: PRODUCT, node: true },
  { folder: "native/setup/", ours: [], node: true },
  { folder: "native/", ours: [], node: true },
  { folder: "test/", ours: [...PRODUCT, "src-preload/", "src-renderer/", "src-cli/"], node: true },
]

/** Where each package may be imported; one that is not in the table may be imported nowhere. */
export const PACKAGE_HOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["zod", ["src-", "bench/", "test/"]],
  ["@scure/base", ["src-", "test/"]],
  ["@scure/bip39", ["src-protocol/trustwords/", "test/"]],
  ["pkijs", ["src-protocol/signed-data.ts", "src-testkit/pki/", "test/"]],
  ["asn1js", ["src-protocol/signed-data.ts", "src-testkit/pki/", "test/"]],
  ["fastify", ["src-backend/", "test/"]],
  ["commander", ["src-cli/"]],
  ["pkcs11js", ["native/pkcs11/", "src-testkit/cards/"]],
  ["koffi", ["native/"]],
  ["electron", ["src-main/", "src-preload/"]],
  ["typescript", ["test/architecture/", "test/fuzz/guided/"]],
  ["vitest", ["test/"]],
  ["fast-check", ["test/"]],
])

/** Where besides the types of a package may be imported, but nothing that runs. */
export const TYPE_HOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["pkcs11js", ["src-main/card/host/"]],
])

/** Folders that no package of the table may be imported in, whatever the table says. */
export const WITHOUT_PACKAGES = ["native/setup/"]

/** The parts of the desk that run, and are tested, without a window. */
export const WITHOUT_ELECTRON = ["consult", "card", "outbox", "audit", "backend"].map(
  (name) => `src-main/${name}/`,
)
