import { stated, type CorpusCase } from "./corpus-case.ts"

/** What is well signed, and not the statement. */
export const STATEMENT_CASES: readonly CorpusCase[] = [
  stated("a statement with a letter of eight bits", (statement) => statement.replace("DP-3T", "DP-3T\u00e9")),
  stated("a statement in UTF-8 by its header", (statement) => statement.replace("us-ascii", "utf-8")),
  stated("a statement said to have eight bits", (statement) => statement.replace("7bit", "8bit")),
  stated("a statement of version 2", (statement) => statement.replace("authorisation 1", "authorisation 2")),
  stated("a statement one byte longer", (statement) => `${statement}\n`),
  stated("a statement one byte shorter", (statement) => statement.slice(0, -1)),
  stated("a statement without its header", (statement) => statement.slice(statement.indexOf("DP-3T"))),
  stated("a hash in capitals", (statement) =>
    statement.replace(/[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
  ),
  stated("a hash of 63 digits", (statement) => statement.replace(/[0-9a-f]{64}/, (hash) => hash.slice(1))),
  stated("a hash of 65 digits", (statement) => statement.replace("hash: ", "hash: 0")),
  stated("a code without its hyphen", (statement) => statement.replace(/-(....\r\n)$/, "$1")),
  stated("a code of eleven digits", (statement) => statement.replace("code: ", "code: 0")),
  stated("digits of another alphabet", (statement) =>
    statement.replace(/(....)\r\n$/, "\u00b2\u00b3\u00b9\u00b2\r\n"),
  ),
  stated("a line before the header", (statement) => `From: arts\r\n${statement}`),
  stated("two spaces before the code", (statement) => statement.replace("code: ", "code:  ")),
  stated("the code before the hash", (statement) =>
    statement.replace(/(hash: .*\r\n)(code: .*\r\n)/, "$2$1"),
  ),
  stated("two codes", (statement) => `${statement}code: 999999-9999\r\n`),
  stated("nothing at all, well signed", () => ""),
]
