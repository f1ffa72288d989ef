import childProcess from "node:child_process"
import { syncBuiltinESMExports } from "node:module"
import { CardClosed, HostQuestion } from "../../../src-main/card/host/host-messages.ts"
import { boundary } from "./boundary.ts"
import { wrapMethod } from "./wrap-method.ts"

/** In a desk: makes what goes to its card process and comes from there pass the boundary. */
export function hookFork(): void {
  wrapMethod(childProcess, "fork", (_, __, run) => {
    const child = run()
    if (!(child instanceof childProcess.ChildProcess)) return child
    // An answer comes in whatever step the process was started in; it belongs to that of its question.
    let asked = { step: "", question: "" }
    wrapMethod(child, "send", (_self, [message], send) => {
      asked = { step: boundary.step, question: stepOf(message) }
      return boundary.pass(`ask the card to ${asked.question}`, send)
    })
    wrapMethod(child, "emit", (_self, [event, message], emit) => {
      if (event !== "message") return emit()
      const taken = isCardClosed(message)
        ? "hear that the card is closed"
        : `take the card's answer to ${asked.question}`
      return boundary.inStep(asked.step, () => boundary.pass(taken, emit))
    })
    return child
  })
  syncBuiltinESMExports()
}

/** In a card process: every question is a step, with points before it is handled and around its answer. */
export function hookQuestions(): void {
  let step = ""
  wrapMethod(process, "emit", (_, [event, message], run) => {
    if (event !== "message") return run()
    step = stepOf(message)
    return boundary.inStep(step, () => {
      boundary.begin("handling")
      return run()
    })
  })
  wrapMethod(process, "send", (_, [message], run) =>
    boundary.pass(isCardClosed(message) ? "say that the card is closed" : "answer", run),
  )
}

function isCardClosed(message: unknown): boolean {
  return CardClosed.safeParse(message).success
}

function stepOf(message: unknown): string {
  const question = HostQuestion.safeParse(message)
  if (!question.success) return "nothing"
  const { request } = question.data
  return request.is === "sign" ? `sign by ${request.use} key` : request.is
}
