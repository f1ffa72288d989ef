import type { Handlers } from "../ipc/serve-contract.ts"
import { deskProblemOf } from "../desk-problem.ts"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import type { DeskSession } from "./desk-session.ts"
import { showDesk } from "./show-desk.ts"
import { reportOf, showProblem } from "./show-problem.ts"
import { understand } from "./understand.ts"

/** What each call of the door does at a desk. Each of them is a sign that somebody is there. */
export function handlersOf(desk: DeskSession): Handlers {
  const { options } = desk
  return usedBy(desk, {
    readState: () => showDesk(desk),
    signIn: async ({ card, pin, lastTryConfirmed }) => {
      await desk.signIn(card, { pin, lastTryConfirmed: lastTryConfirmed === true })
      return undefined
    },
    signOut: () => nothing(desk.lock("by-hand")),
    understand: ({ text }) => understand(options.crypto, text, options.preferences.chosen.language),
    lookUp: ({ text }) => nothing(desk.lookUp(text)),
    chooseReadBackLanguage: ({ language }) => nothing(desk.readBack.choose(language)),
    agreeWords: () => {
      desk.desk.agreeWords()
      return undefined
    },
    denyWords: () => {
      desk.desk.denyWords()
      return undefined
    },
    giveConsent: () => nothing(desk.giveConsent()),
    declineRepresentation: () => {
      desk.desk.representation.decline()
      // The next one at the desk is somebody else.
      desk.typed = ""
      return undefined
    },
    sign: ({ pin, lastTryConfirmed }) =>
      nothing(desk.sign({ pin, lastTryConfirmed: lastTryConfirmed === true })),
    goBack: () => {
      desk.goBack()
      return undefined
    },
    retry: () => nothing(desk.retry()),
    startNext: () => {
      desk.startNext()
      return undefined
    },
    openConsult: ({ id }) => {
      desk.openConsult(id)
      return undefined
    },
    dismissConsult: ({ id }) => {
      desk.dismissConsult(id)
      return undefined
    },
    sendOutbox: () => nothing(desk.sendOutbox()),
    discardOutboxEntry: ({ id }) => nothing(desk.outbox.discard(id)),
    checkLine: () => nothing(Promise.all([desk.line.look(), desk.line.lookAtConnection()])),
    copyReport: ({ code }) => copyReport(desk, code),
    readRefusals: () => desk.desk.representation.readRefusals(),
    correctBirthDate: ({ dossier, birthDate }) =>
      desk.desk.representation.correctBirthDate(dossier, birthDate),
    chooseSettings: async (chosen) => {
      await options.preferences.choose(withoutUndefined(chosen))
      desk.changed()
      return undefined
    },
  })
}

async function nothing(done: Promise<unknown>): Promise<undefined> {
  await done
  return undefined
}

/** Any error of any call, in the language of the moment. */
export function describeTo({ options }: DeskSession): (error: unknown) => ProblemView {
  return (error) => showProblem(deskProblemOf(error), options.preferences.chosen.language, options.clock())
}

function usedBy(desk: DeskSession, handlers: Handlers): Handlers {
  const watched = Object.entries(handlers).map(([name, handler]) => {
    // Sound: each is called with the argument that was parsed for its own name.
    const run = handler as (argument: unknown) => unknown
    const used = (argument: unknown): unknown => {
      desk.lastUsedAt = desk.options.clock()
      return run(argument)
    }
    return [name, used] as const
  })
  const all: unknown = Object.fromEntries(watched)
  // Sound: the same names, and each does what it did.
  return all as Handlers
}

async function copyReport(desk: DeskSession, problem: string): Promise<string> {
  const { version, system, trust, clock, cardHost, copyText } = desk.options
  const { line } = showDesk(desk)
  const module = await cardHost.probe().then(
    ({ manufacturer, description, version: made }) => [manufacturer, description, made].join(", "),
    (error: unknown) => `none (${deskProblemOf(error).code})`,
  )
  const facts = { problem, version, environment: trust.environment.name, system, line, module, at: clock() }
  const report = reportOf(facts)
  await copyText(report)
  return report
}

/** Only what was chosen; a field that is `undefined` was not. */
function withoutUndefined<Chosen extends object>(
  chosen: Chosen,
): { [Name in keyof Chosen]?: Exclude<Chosen[Name], undefined> } {
  const there = Object.entries(chosen).filter(([, value]) => value !== undefined)
  // Sound: what is left has its own name and a value that is not `undefined`.
  return Object.fromEntries(there) as { [Name in keyof Chosen]?: Exclude<Chosen[Name], undefined> }
}
