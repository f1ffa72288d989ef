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
  {
    folder: "src-main/",
    ours: ["src-protocol/", "src-crypto/", "src-preload/contract.ts", "src-preload/desk-state.ts"],
    node: true,
  },
  { folder: "src-renderer/", ours: ["src-preload/contract.ts", "src-preload/desk-state.ts"], node: false },
  { folder: "src-backend/", ours: ["src-protocol/", "src-crypto/"], node: true },
  { folder: "src-phone/", ours: ["src-protocol/", "src-crypto/"], node: true },
  { folder: "src-testkit/", ours: ["src-protocol/", "src-crypto/", "native/"], node: true },
  { folder: "src-cli/", ours: PRODUCT, node: true },
  {
    // The tester's second window shares the desk's lock-down, not its desk.
    folder: "src-phone-window/page/",
    ours: ["src-phone/phone-view.ts", "src-phone-window/"],
    node: false,
  },
  {
    folder: "src-phone-window/",
    ours: ["src-protocol/", "src-crypto/", "src-phone/", "src-main/app/", "src-main/ipc/"],
    node: true,
  },
  { folder: "bench/", ours: [...PRODUCT, "src-preload/contract.ts"], node: true },
  { folder: "tools/", ours: ["src-protocol/"], node: true },
  { folder: "native/setup/", ours: [], node: true },
  { folder: "native/", ours: [], node: true },
  {
    folder: "test/",
    ours: [...PRODUCT, "src-preload/", "src-renderer/", "src-phone-window/", "src-cli/", "tools/"],
    node: true,
  },
]

/** Where each package may be imported; one that is not in the table may be imported nowhere. */
export const PACKAGE_HOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["zod", ["src-", "bench/", "test/"]],
  ["@scure/base", ["src-", "test/"]],
  ["@scure/bip39", ["src-protocol/trustwords/", "test/"]],
  ["pkijs", ["src-protocol/signed-data.ts", "src-testkit/pki/", "test/"]],
  ["asn1js", ["src-protocol/signed-data.ts", "src-testkit/pki/", "test/"]],
  ["lean-qr", ["src-phone/qr-picture.ts", "test/"]],
  ["fastify", ["src-backend/", "test/"]],
  ["commander", ["src-cli/"]],
  ["pkcs11js", ["native/pkcs11/", "src-testkit/cards/"]],
  ["koffi", ["native/", "test/card/"]],
  ["electron", ["src-main/", "src-preload/", "src-phone-window/", "test/stand-in/app/"]],
  ["@electron/asar", ["test/packaging/"]],
  ["@electron/fuses", ["test/packaging/", "test/stand-in/"]],
  ["electron-builder", ["native/packaging/"]],
  ["vite", ["test/desk-ui/", "vite.config.ts", "src-phone-window/vite.config.ts"]],
  ["@vitejs/plugin-react", ["vite.config.ts", "src-phone-window/vite.config.ts"]],
  ["react", ["src-renderer/"]],
  ["react-dom", ["src-renderer/"]],
  ["react-aria-components", ["src-renderer/"]],
  ["@playwright/test", ["playwright.config.ts", "test/", "bench/desk/"]],
  ["@axe-core/playwright", ["test/"]],
  ["oidc-provider", ["src-backend/representation/"]],
  ["openid-client", ["src-phone/representation/", "test/representation/"]],
  ["oauth4webapi", ["test/representation/"]],
  ["typescript", ["test/architecture/", "test/fuzz/guided/"]],
  ["vitest", ["test/"]],
  ["fast-check", ["test/"]],
])

/** Where besides the types of a package may be imported, but nothing that runs. */
export const TYPE_HOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["pkcs11js", ["src-main/card/host/"]],
  ["electron", ["native/electron-on-chromium/", "test/stand-in/"]],
  ["@playwright/test", ["native/electron-on-chromium/chromium/cdp.ts"]],
])

/** Folders that no package of the table may be imported in, whatever the table says. */
export const WITHOUT_PACKAGES = ["native/setup/"]

/** The parts of the desk that run, and are tested, without a window. */
export const WITHOUT_ELECTRON = ["consult", "card", "outbox", "audit", "backend", "desk-window", "text"].map(
  (name) => `src-main/${name}/`,
)

/** What runs an application that it is given by name, as Electron's own executable does. */
export const LOADERS = ["native/electron-on-chromium/boot.ts"]
