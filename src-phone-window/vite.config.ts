import react from "@vitejs/plugin-react"
import { join } from "node:path"
import { defineConfig } from "vite"
import { nodePart, pagePart, preloadPart } from "../vite-parts.ts"

const here = (...path: readonly string[]): string => join(import.meta.dirname, ...path)
const OUT = here("..", "out", "phone")

/** The tester's phone, into `out/phone/`: an application of its own. */
export default defineConfig({
  root: here("page"),
  base: "./",
  publicDir: false,
  plugins: [react()],
  clearScreen: false,
  build: { reportCompressedSize: false, sourcemap: false },
  environments: {
    client: pagePart(join(OUT, "page")),
    main: nodePart(join(OUT, "main"), { main: here("main.ts") }),
    preload: preloadPart(join(OUT, "preload"), here("preload.ts")),
  },
  builder: {
    buildApp: async (builder) => {
      for (const part of Object.values(builder.environments)) await builder.build(part)
    },
  },
})
