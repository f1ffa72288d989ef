import { coverage } from "./coverage.ts"

export interface InstrumentedModule {
  /** Below the root of the repository. */
  readonly path: string
  readonly ids: readonly number[]
  readonly tokens: readonly string[]
}

const modules: InstrumentedModule[] = []

export function addModule(module: InstrumentedModule): void {
  modules.push(module)
}

/** Every text and name in the instrumented modules whose path has this in it. */
export function tokensOf(part: string): readonly string[] {
  return [...new Set(modules.filter(({ path }) => path.includes(part)).flatMap(({ tokens }) => tokens))]
}

export interface Reached {
  readonly folder: string
  readonly branches: number
  readonly reached: number
}

/** How many branches of each folder of the product this process went through. */
export function reachedByFolder(): readonly Reached[] {
  const folders = new Map<string, Reached>()
  for (const { path, ids } of modules) {
    const folder = path.split("/")[0] ?? path
    const before = folders.get(folder) ?? { folder, branches: 0, reached: 0 }
    const reached = ids.filter((id) => coverage.wasReached(id)).length
    folders.set(folder, {
      folder,
      branches: before.branches + ids.length,
      reached: before.reached + reached,
    })
  }
  return [...folders.values()].sort((a, b) => a.folder.localeCompare(b.folder))
}

/** The branches of one module that were never reached: how many, of how many. */
export function reachedByModule(): readonly Reached[] {
  return modules.map(({ path, ids }) => ({
    folder: path,
    branches: ids.length,
    reached: ids.filter((id) => coverage.wasReached(id)).length,
  }))
}
