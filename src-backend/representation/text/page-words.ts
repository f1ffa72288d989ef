import type { ExceptionId } from "../exceptions.ts"

/** What the person is told, of every exception that has a page. */
export interface ExceptionWords {
  readonly title: string
  readonly told: string
  /** What the person can do about it. */
  readonly advice: string
}

/** Every word of the pages in one language. */
export interface PageWords {
  /** Of the language, in the language. */
  readonly ownName: string
  readonly footer: string
  readonly server: string
  readonly testBanner: string
  readonly landing: {
    readonly title: (forAnother: boolean) => string
    readonly asks: (client: string, forAnother: boolean) => string
    readonly stepsTitle: string
    readonly steps: (forAnother: boolean) => readonly string[]
    readonly go: string
    readonly stop: string
  }
  readonly consent: {
    readonly title: string
    readonly asks: (client: string, provider: string, forAnother: boolean) => string
    readonly from: string
    readonly to: string
    readonly what: string
    readonly forWhom: string
    readonly forYourself: string
    readonly forAnother: string
    readonly free: string
    readonly yes: string
    readonly no: string
  }
  readonly refused: {
    readonly nothingShared: string
    readonly clientToldNothing: (client: string) => string
    readonly back: (client: string) => string
  }
  readonly exceptions: Readonly<Record<ExceptionId, ExceptionWords>>
  readonly lost: ExceptionWords
  readonly notFound: ExceptionWords
  readonly mock: {
    readonly sender: string
    readonly banner: string
    readonly whoTitle: string
    readonly who: string
    readonly nobody: string
    readonly goOn: string
    readonly forWhomTitle: string
    readonly forWhom: string
    readonly myself: string
    readonly confirm: string
    readonly cancel: string
    readonly wrong: string
    readonly misbehave: string
    readonly fail: string
  }
}
