import { faultLine } from "../../http/log.ts"
import type { AuthenticationStatement } from "../authentication/authentication-service.ts"
import type { Decision } from "../decide.ts"
import { exceptionOf, type ExceptionId } from "../exceptions.ts"
import type { Representation } from "../representation.ts"
import { withoutBirthDate, type Transaction } from "../transactions.ts"
import { judgeAttempt, keepRefusal } from "./judge-attempt.ts"

/** The person goes on to log in: answers where. Again is allowed; what was begun before is then worth nothing. */
export async function beginAuthentication(
  { authentication, transactions }: Representation,
  transaction: Transaction,
  returnTo: string,
): Promise<string> {
  const mayRepresent = transaction.request.asked.representation !== "none"
  const { address, ticket } = await authentication.begin({ mayRepresent, returnTo })
  transactions.keep({ ...transaction, progress: { is: "authenticating", ticket } })
  return address
}

/** The person is back from logging in: the comparison, once. */
export async function endAuthentication(
  server: Representation,
  transaction: Transaction,
  ticket: string,
  artifact: string,
): Promise<void> {
  // Taken back first, so that a second return at the same time finds nothing to judge.
  server.transactions.keep({ ...transaction, progress: { is: "begun" } })
  const decision = await judgeStatement(server, transaction, ticket, artifact)
  const progress =
    decision.is === "granted" ? { is: "checked" as const, subject: decision.subject } : decision
  server.transactions.keep(withoutBirthDate(transaction, progress))
  logOutcome(
    server,
    transaction.request,
    decision.is === "granted" ? "granted" : exceptionOf(decision.exception).number,
  )
}

/** What cannot be found out is refused: nobody gets a code because something was out of order. */
async function judgeStatement(
  server: Representation,
  transaction: Transaction,
  ticket: string,
  artifact: string,
): Promise<Decision> {
  try {
    const statement: AuthenticationStatement = await server.authentication.resolve(ticket, artifact)
    if (statement.is === "authenticated") return await judgeAttempt(server, transaction, statement)
    const exception: ExceptionId =
      statement.is === "cancelled" ? "authentication-cancelled" : "authentication-failed"
    await keepRefusal(server, transaction, exception)
    return { is: "refused", exception }
  } catch (error) {
    server.log(faultLine("representation", error))
    return { is: "refused", exception: "provider-unavailable" }
  }
}

/** The person says no, here or before logging in. */
export async function refuse(
  server: Representation,
  transaction: Transaction,
  exception: ExceptionId,
): Promise<void> {
  server.transactions.keep(withoutBirthDate(transaction, { is: "refused", exception }))
  logOutcome(server, transaction.request, exceptionOf(exception).number)
  await keepRefusal(server, transaction, exception)
}

/** A line of MedMij's chain of logs. */
export function logOutcome(
  { log }: Pick<Representation, "log">,
  { requestId, correlationId }: { readonly requestId?: string; readonly correlationId?: string },
  outcome: string,
): void {
  log({
    is: "representation",
    outcome,
    ...(requestId === undefined ? {} : { requestId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  })
}
