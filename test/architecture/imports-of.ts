import ts from "typescript"
import { lineOf, visitNodes, type SourceFile } from "./source-file.ts"

/** One import, of whatever form; `specifier` is undefined where it is computed and nobody can say what it names. */
export interface Import {
  readonly specifier: string | undefined
  /** Nothing of it is there when the program runs. */
  readonly onlyTypes: boolean
  readonly line: number
}

/** Every static, dynamic, type, re-exporting and `require` import of a file. */
export function importsOf(source: SourceFile): readonly Import[] {
  const imports: Import[] = []
  visitNodes(source, (node) => {
    const named = moduleNamedBy(node)
    if (named === undefined) return
    const specifier = ts.isStringLiteralLike(named) ? named.text : undefined
    imports.push({ specifier, onlyTypes: isOnlyTypes(node), line: lineOf(source, node) })
  })
  return imports
}

function moduleNamedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument
  if (ts.isCallExpression(node) && importsByCall(node)) return node.arguments[0]
  return undefined
}

function importsByCall(call: ts.CallExpression): boolean {
  if (call.expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isIdentifier(call.expression) && call.expression.text === "require"
}

function isOnlyTypes(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  return ts.isImportTypeNode(node)
}
