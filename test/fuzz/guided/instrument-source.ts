import ts from "typescript"

/** A module with calls to `coverage.ts` at each of its branches. */
export interface Instrumented {
  readonly text: string
  /** One a branch. */
  readonly ids: readonly number[]
  /** The texts and names in the module: what its input may have to hold to get on. */
  readonly tokens: readonly string[]
}

interface Edit {
  readonly at: number
  readonly removed: number
  readonly text: string
  readonly closes: boolean
}

const MAX_TOKEN = 64
const ORDERS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, "<"],
  [ts.SyntaxKind.LessThanEqualsToken, "<="],
  [ts.SyntaxKind.GreaterThanToken, ">"],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">="],
])
const SHORTCUTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

/**
 * TypeScript in, the same TypeScript out, with `__cover.hit(id)` where the code can go one way or another. Text is put in
 * between, so that lines stay the lines they were. `nextId` numbers the branches of all modules together.
 */
export function instrumentSource(path: string, text: string, nextId: () => number): Instrumented {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const writer = new Writer(source, nextId)
  ts.forEachChild(source, (node) => {
    writer.visit(node)
  })
  const prefix = "const __cover = globalThis.vrijgaveCoverage; "
  return { text: prefix + writer.apply(), ids: writer.ids, tokens: [...writer.tokens] }
}

class Writer {
  readonly ids: number[] = []
  readonly tokens = new Set<string>()
  readonly #edits: Edit[] = []
  readonly #source: ts.SourceFile
  readonly #nextId: () => number

  constructor(source: ts.SourceFile, nextId: () => number) {
    this.#source = source
    this.#nextId = nextId
  }

  visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    this.#collectToken(node)
    this.#branch(node)
    ts.forEachChild(node, (child) => {
      this.visit(child)
    })
  }

  apply(): string {
    const { text } = this.#source
    const inOrder = this.#edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => a.at - b.at || order(a, b))
    let written = ""
    let from = 0
    for (const { at, removed, text: inserted } of inOrder) {
      written += text.slice(from, at) + inserted
      from = at + removed
    }
    return written + text.slice(from)
  }

  #branch(node: ts.Node): void {
    if (ts.isFunctionLike(node)) this.#functionBody(node)
    else if (ts.isIfStatement(node)) this.#ifStatement(node)
    else if (ts.isIterationStatement(node, false)) this.#statement(node.statement)
    else if (ts.isConditionalExpression(node)) {
      this.#expression(node.whenTrue)
      this.#expression(node.whenFalse)
    } else if (ts.isCaseOrDefaultClause(node)) this.#caseClause(node)
    else if (ts.isCatchClause(node)) this.#insert(node.block.getStart(this.#source) + 1, this.#call("hit"))
    else if (ts.isBinaryExpression(node)) this.#binary(node)
  }

  #functionBody(node: ts.SignatureDeclaration): void {
    const body = "body" in node ? node.body : undefined
    if (body === undefined) return
    if (ts.isBlock(body)) this.#insert(body.getStart(this.#source) + 1, this.#call("enter"))
    else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) this.#expression(node.body, "enter")
  }

  #ifStatement(node: ts.IfStatement): void {
    if (node.elseStatement === undefined) {
      const otherwise = ` else {${this.#call("hit")}}`
      // Before the edits of what stands inside, whose ends come first at one place.
      this.#edits.push({ at: node.end, removed: 0, text: otherwise, closes: true })
    } else this.#statement(node.elseStatement)
    this.#statement(node.thenStatement)
  }

  #statement(node: ts.Statement): void {
    const start = node.getStart(this.#source)
    if (ts.isBlock(node)) this.#insert(start + 1, this.#call("hit"))
    else this.#wrap(node, `{${this.#call("hit")}`, "}")
  }

  #expression(node: ts.Node, call: "hit" | "enter" = "hit"): void {
    this.#wrap(node, `(${this.#call(call).slice(0, -1)}, `, ")")
  }

  #caseClause(node: ts.CaseOrDefaultClause): void {
    const colon = node.getChildren(this.#source).find((child) => child.kind === ts.SyntaxKind.ColonToken)
    if (colon !== undefined) this.#insert(colon.end, this.#call("hit"))
  }

  #binary(node: ts.BinaryExpression): void {
    const kind = node.operatorToken.kind
    if (SHORTCUTS.has(kind)) this.#expression(node.right)
    const isSame = kind === ts.SyntaxKind.EqualsEqualsEqualsToken
    const differs = kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
    const compared = isSame || differs || ORDERS.has(kind)
    if (!compared || isUndefined(node.left) || isUndefined(node.right)) return
    const operator = ORDERS.get(kind)
    const name = operator === undefined ? "same" : `order["${operator}"]`
    this.#wrap(node, `${differs ? "!" : ""}__cover.${name}(${String(this.#nextId())}, `, ")")
    const at = node.operatorToken.getStart(this.#source)
    this.#edits.push({ at, removed: node.operatorToken.end - at, text: ",", closes: false })
  }

  #collectToken(node: ts.Node): void {
    if (ts.isStringLiteralLike(node)) this.#addToken(node.text)
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      ts.isIdentifier(node.name)
    )
      this.#addToken(node.name.text)
  }

  #addToken(text: string): void {
    if (text.length > 0 && text.length <= MAX_TOKEN && !text.includes("/src-")) this.tokens.add(text)
  }

  #call(name: "hit" | "enter"): string {
    const id = this.#nextId()
    this.ids.push(id)
    return `__cover.${name}(${String(id)});`
  }

  #insert(at: number, text: string): void {
    this.#edits.push({ at, removed: 0, text, closes: false })
  }

  #wrap(node: ts.Node, before: string, after: string): void {
    this.#insert(node.getStart(this.#source), before)
    this.#edits.push({ at: node.end, removed: 0, text: after, closes: true })
  }
}

function isUndefined(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === "undefined"
}

type Numbered = Edit & { readonly i: number }

/** At one place: what closes before what opens, inner before outer where they close. */
function order(a: Numbered, b: Numbered): number {
  if (a.closes !== b.closes) return a.closes ? -1 : 1
  return a.closes ? b.i - a.i : a.i - b.i
}
