import { posix } from "node:path"
import { importsOf, type Import } from "./imports-of.ts"
import {
  LOADERS,
  PACKAGE_HOMES,
  ROOMS,
  TYPE_HOMES,
  WITHOUT_ELECTRON,
  WITHOUT_PACKAGES,
  type Room,
} from "./rooms.ts"
import type { SourceFile, Violation } from "./source-file.ts"

/** Every import of the file that the table of `rooms.ts` does not allow. */
export function checkImports(source: SourceFile): readonly Violation[] {
  const room = ROOMS.find((candidate) => source.path.startsWith(candidate.folder))
  if (room === undefined)
    return [{ path: source.path, line: 1, rule: "this folder is not in the table of rooms" }]
  return importsOf(source).flatMap((imported) => {
    const rule = brokenRule(source.path, room, imported)
    return rule === undefined ? [] : [{ path: source.path, line: imported.line, rule }]
  })
}

function brokenRule(path: string, room: Room, { specifier, onlyTypes }: Import): string | undefined {
  if (specifier === undefined && LOADERS.includes(path)) return undefined
  if (specifier === undefined) return "an import whose name is computed cannot be held against the table"
  if (specifier.startsWith(".")) return brokenByFile(path, room, specifier)
  if (specifier.startsWith("node:"))
    return room.node ? undefined : `${room.folder} does not import ${specifier}`
  return brokenByPackage(path, specifier, onlyTypes)
}

function brokenByFile(path: string, room: Room, specifier: string): string | undefined {
  if (!/\.(ts|tsx|mjs|json|css)$/.test(specifier)) return `${specifier} does not end in .ts`
  const target = posix.join(posix.dirname(path), specifier)
  const allowed = [room.folder, ...room.ours].some((place) => isIn(target, place))
  return allowed ? undefined : `${room.folder} does not import ${target}`
}

function brokenByPackage(path: string, specifier: string, onlyTypes: boolean): string | undefined {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")
  const packageHomes = PACKAGE_HOMES.get(name)
  if (packageHomes === undefined) return `the package ${name} is not in the table`
  const homes = onlyTypes ? [...packageHomes, ...(TYPE_HOMES.get(name) ?? [])] : packageHomes
  const barred = name === "electron" ? [...WITHOUT_PACKAGES, ...WITHOUT_ELECTRON] : WITHOUT_PACKAGES
  const allowed =
    homes.some((home) => path.startsWith(home)) && !barred.some((folder) => path.startsWith(folder))
  return allowed ? undefined : `the package ${name} is not imported here`
}

function isIn(target: string, place: string): boolean {
  return place.endsWith("/") ? target.startsWith(place) : target === place
}
