import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import ts from "typescript"

/** A file of ours: its path from the root of the repository, with slashes on every system, and what is in it. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly syntax: ts.SourceFile
}

/** A rule that a file breaks, and where. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly rule: string
}

const OURS = /^(src-[a-z]+|native|test|tools)$/
const SOURCE = /\.(ts|tsx|mjs)$/

/** The text of a file as the compiler reads it. */
export function parseSource(path: string, text: string): SourceFile {
  return { path, text, syntax: ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true) }
}

/** Every TypeScript and JavaScript file in the folders of the product and its tests. */
export function readSources(root: string): readonly SourceFile[] {
  const folders = readdirSync(root).filter((name) => OURS.test(name))
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => parseSource(relative(root, path).split(sep).join("/"), readFileSync(path, "utf8"))),
  )
}

/** Calls `visit` for every node of the file, in the order of the text. */
export function visitNodes(source: SourceFile, visit: (node: ts.Node) => void): void {
  const descend = (node: ts.Node): void => {
    visit(node)
    ts.forEachChild(node, descend)
  }
  descend(source.syntax)
}

/** The line, counted from one, on which a node begins. */
export function lineOf(source: SourceFile, node: ts.Node): number {
  return source.syntax.getLineAndCharacterOfPosition(node.getStart(source.syntax)).line + 1
}
