import Module, { registerHooks } from "node:module"
import { electron } from "./electron.ts"

const NAMES = new Set(["electron", "electron/main", "electron/common"])

/** Makes `electron` mean the stand-in, for `import`, for `require` and for what Playwright evaluates in this process. */
export function resolveElectron(): void {
  hookRequire()
  hookImport()
}

function hookRequire(): void {
  // The one place through which every `require` of CommonJS goes; Node's types do not name it.
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown }
  const load = loader._load
  loader._load = function (name, ...rest) {
    return NAMES.has(name) ? electron : load.call(this, name, ...rest)
  }
}

function hookImport(): void {
  const key = Symbol.for("electron stand-in")
  Object.defineProperty(globalThis, key, { value: electron })
  const names = Object.keys(electron).map((name) => `export const ${name} = electron.${name}`)
  const source = [
    `const electron = globalThis[Symbol.for(${JSON.stringify(key.description)})]`,
    "export default electron",
    ...names,
  ].join("\n")
  const url = `data:text/javascript,${encodeURIComponent(source)}`
  registerHooks({
    resolve: (name, context, next) => {
      const isOurs = context.conditions.includes("import") && NAMES.has(name)
      return isOurs ? { url, format: "module", shortCircuit: true } : next(name, context)
    },
  })
}
