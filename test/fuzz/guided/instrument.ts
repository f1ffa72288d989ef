import { registerHooks } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { coverage } from "./coverage.ts"
import { addModule } from "./instrumented-modules.ts"
import { instrumentSource } from "./instrument-source.ts"

// To be loaded before anything else (`node --import`): from here on, the product's modules tell which way they go.

const ROOT = pathToFileURL(join(dirname(import.meta.dirname), "..", "..", "/")).href
const PRODUCT = /^(?:src-(?:protocol|crypto|backend|phone|main)\/|test\/fuzz\/planted\/).*\.ts$/
/** Odd, so that every id below 2^16 is another one, and neighbours lie far apart. */
const SPREAD = 40_503

let count = 0
const nextId = (): number => Math.imul(++count, SPREAD) & 0xffff

const order = {
  "<": (id: number, a: number, b: number): boolean => {
    coverage.near(id, a, b)
    return a < b
  },
  "<=": (id: number, a: number, b: number): boolean => {
    coverage.near(id, a, b)
    return a <= b
  },
  ">": (id: number, a: number, b: number): boolean => {
    coverage.near(id, a, b)
    return a > b
  },
  ">=": (id: number, a: number, b: number): boolean => {
    coverage.near(id, a, b)
    return a >= b
  },
}

Object.assign(globalThis, {
  vrijgaveCoverage: {
    order,
    hit: (id: number) => {
      coverage.hit(id)
    },
    enter: (id: number) => {
      coverage.enter(id)
    },
    same: (id: number, a: unknown, b: unknown) => coverage.same(id, a, b),
  },
})

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const path = url.startsWith(ROOT) ? url.slice(ROOT.length) : ""
    if (!PRODUCT.test(path) || loaded.source === undefined) return loaded
    const text = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source)
    const instrumented = instrumentSource(path, text, nextId)
    addModule({ path, ids: instrumented.ids, tokens: instrumented.tokens })
    return { ...loaded, source: instrumented.text }
  },
})
