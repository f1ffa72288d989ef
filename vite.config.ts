import react from "@vitejs/plugin-react"
import { join } from "node:path"
import { defineConfig } from "vite"
import { nodePart, pagePart, preloadPart } from "./vite-parts.ts"

const here = (...path: readonly string[]): string => join(import.meta.dirname, ...path)

/** `npm run build`: main, card host, preload and window, each into its folder of `out/`. */
export default defineConfig({
  root: here("src-renderer"),
  base: "./",
  publicDir: false,
  plugins: [react()],
  clearScreen: false,
  server: { host: "127.0.0.1" },
  build: { reportCompressedSize: false, sourcemap: false },
  environments: {
    client: pagePart(here("out/renderer")),
    main: nodePart(here("out/main"), { main: here("src-main/main.ts") }),
    cardHost: nodePart(here("out/card-host"), {
      "host-process": here("src-main/card/host/host-process.ts"),
      "watcher-process": here("src-main/card/host/watcher-process.ts"),
    }),
    preload: preloadPart(here("out/preload"), here("src-preload/preload.ts")),
  },
  builder: {
    buildApp: async (builder) => {
      const { client, ...nodeParts } = builder.environments
      await Promise.all(Object.values(nodeParts).map((part) => builder.build(part)))
      if (client !== undefined) await builder.build(client)
    },
  },
})
