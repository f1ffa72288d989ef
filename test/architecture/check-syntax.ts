import ts from "typescript"
import { lineOf, visitNodes, type SourceFile, type Violation } from "./source-file.ts"

/** Every use of a construct that we have agreed to do without in this file. */
export function checkSyntax(source: SourceFile): readonly Violation[] {
  const violations: Violation[] = []
  visitNodes(source, (node) => {
    const rule = brokenRule(source, node)
    if (rule !== undefined) violations.push({ path: source.path, line: lineOf(source, node), rule })
  })
  return violations
}

function brokenRule(source: SourceFile, node: ts.Node): string | undefined {
  if (isUnexplainedAssertion(source, node)) return "an `as` has a comment above it that says why it is sound"
  if (source.path.startsWith("src-protocol/") && isAmbient(source, node))
    return "src-protocol has no clock and no chance"
  if (source.path.startsWith("test/") && isForbiddenInTests(source, node))
    return "our own code is not mocked, nor tests left out"
  return undefined
}

function isUnexplainedAssertion(source: SourceFile, node: ts.Node): boolean {
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return false
  if (ts.isConstTypeReference(node.type)) return false
  const statement = ts.findAncestor(node, (around) => ts.isStatement(around) && !ts.isBlock(around)) ?? node
  const end = source.syntax.getLineAndCharacterOfPosition(node.expression.getEnd()).line + 1
  return ![lineOf(source, node), lineOf(source, statement), end].some((line) =>
    isCommentLine(source, line - 1),
  )
}

function isCommentLine(source: SourceFile, line: number): boolean {
  const text = source.text.split("\n")[line - 1]?.trim() ?? ""
  return text.startsWith("//") || text.startsWith("*") || text.startsWith("/*")
}

/** The time and the chance of the machine that runs the code, which are handed in instead. */
const AMBIENT = new Set(["Date.now", "Math.random", "performance.now", "globalThis.crypto", "crypto.subtle"])

function isAmbient(source: SourceFile, node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return AMBIENT.has(node.getText(source.syntax))
  if (ts.isNewExpression(node)) return isDate(node.expression) && (node.arguments ?? []).length === 0
  return ts.isCallExpression(node) && isDate(node.expression)
}

function isDate(expression: ts.Expression): boolean {
  return ts.isIdentifier(expression) && expression.text === "Date"
}

const FORBIDDEN_IN_TESTS = /^(vi\.(mock|doMock|hoisted)|(test|it|describe|suite)\.(only|todo))$/

function isForbiddenInTests(source: SourceFile, node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && FORBIDDEN_IN_TESTS.test(node.getText(source.syntax))
}
