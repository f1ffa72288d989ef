/** A problem's page: what it is called, what is the matter, and what to do now, one thing a line, each a whole sentence. */
export interface ProblemText {
  readonly title: string
  readonly sentence: string
  readonly steps: readonly string[]
}
