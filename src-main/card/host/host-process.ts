import { parentOf } from "./parent.ts"
import { HostQuestion, type HostAnswer } from "./host-messages.ts"
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
  const answer: HostAnswer = { id: question.data.id, result: server.serve(question.data) }
  parent.send(answer)
})

parent.onGone(() => {
  server.close()
  process.exit(0)
})
