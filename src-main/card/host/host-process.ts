import { parentOf } from "./parent.ts"
import { HostQuestion, type CardClosed, type HostAnswer } from "./host-messages.ts"
import { ModuleServer } from "./serve-question.ts"

/**
 * The process that holds the card: a vendor's module that crashes or hangs takes this process with it and nothing else.
 * It asks nobody, writes nothing, and ends with its parent.
 */
const server = new ModuleServer()

const parent = parentOf(process)

parent.onMessage((message) => {
  const question = HostQuestion.safeParse(message)
  // A question that is none has no number to answer under; the parent's deadline ends it.
  if (!question.success) return
  const { id } = question.data
  const answer: HostAnswer = { id, result: server.serve(question.data) }
  parent.send(answer)
  if (answer.result.is !== "sign") return
  // In a turn of its own: the signature is on its way before a slow card keeps this process busy.
  setImmediate(() => {
    server.closeCard()
    const closed: CardClosed = { id, is: "card-closed" }
    parent.send(closed)
  })
})

parent.onGone(() => {
  server.closeCard()
  server.close()
  process.exit(0)
})
