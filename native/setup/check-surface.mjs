import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CACHE, MODULES, node24, ROOT } from "./paths.mjs"
import { runInForeground } from "./run.mjs"

// Part of `npm run types`: the desk (and the tester's phone window) uses nothing of Electron but what surface.d.ts lists, since the stand-in has no more.
// Electron's own types declare the module `electron` for everybody, which would win over our list: so the compiler gets
// them here without those declarations, and `electron` is the list.

const FOLDER = join(CACHE, "surface")
const NAMESPACE = join(FOLDER, "electron-namespace.d.ts")
const SURFACE = join(ROOT, "native", "electron-on-chromium", "surface", "surface.d.ts")
const DESK = ["src-main", "src-preload", "src-phone-window"].filter((folder) =>
  existsSync(join(ROOT, folder)),
)

mkdirSync(FOLDER, { recursive: true })
writeFileSync(NAMESPACE, withoutModules(readFileSync(join(MODULES, "electron", "electron.d.ts"), "utf8")))
writeFileSync(join(FOLDER, "tsconfig.json"), JSON.stringify(tsconfig(), undefined, 2))
process.exitCode = await runInForeground(node24() ?? process.execPath, [
  join(MODULES, "typescript", "bin", "tsc"),
  "-p",
  join(FOLDER, "tsconfig.json"),
])

/** @param {string} types */
function withoutModules(types) {
  const namespace = types
    .replace(/^declare module 'electron(\/\w+)?' \{[^}]*\}\n/gm, "")
    .replace(/^ {2}\w*\((moduleName|id): 'electron[^\n]*\n/gm, "")
  if (namespace.includes("declare module 'electron"))
    throw new Error("electron.d.ts has another form than before")
  return namespace
}

function tsconfig() {
  return {
    extends: join(ROOT, "tsconfig.base.json"),
    compilerOptions: {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
      types: ["node"],
      typeRoots: [join(MODULES, "@types")],
      paths: { electron: [SURFACE] },
    },
    include: [NAMESPACE, ...DESK.map((folder) => join(ROOT, folder, "**", "*.ts"))],
  }
}
