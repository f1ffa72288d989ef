import { builtinModules } from "node:module"
import type { EnvironmentOptions } from "vite"

/** Never bundled: Electron itself, what Node brings, and what brings a binary of its own. */
const EXTERNAL = ["electron", "pkcs11js", "koffi", /^node:/, ...builtinModules]

/** What runs under Node: as few files as can be, so that a reader of the package finds what runs. */
export function nodePart(outDir: string, input: Readonly<Record<string, string>>): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { noExternal: true, external: [] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: "node24",
      minify: false,
      rolldownOptions: {
        input: { ...input },
        external: EXTERNAL,
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  }
}

/** A sandboxed preload: one CommonJS file. */
export function preloadPart(outDir: string, input: string): EnvironmentOptions {
  return {
    consumer: "server",
    resolve: { noExternal: true, external: [] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: "chrome150",
      minify: false,
      rolldownOptions: {
        input: { preload: input },
        external: EXTERNAL,
        output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      },
    },
  }
}

/** A window's page: files only, nothing inline. */
export function pagePart(outDir: string): EnvironmentOptions {
  return {
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome150",
      // A picture in a `data:` address would be one more thing for the policy to allow.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  }
}
