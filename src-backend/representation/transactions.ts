import { base64UrlOf } from "../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../src-protocol/crypto-port.ts"
import type { Instant } from "../../src-protocol/instant.ts"
import type { Language } from "../../src-protocol/reason-words.ts"
import type { AuthorizationRequest } from "./authorization-request.ts"
import type { ExceptionId } from "./exceptions.ts"
import { createExpiringMap } from "./expiring-map.ts"

/** How far the person has come with one authorization request. */
export type Progress =
  | { readonly is: "begun" }
  /** At the authentication service, under this ticket. */
  | { readonly is: "authenticating"; readonly ticket: string }
  /** Every check of this transaction passed, and consent is asked. */
  | { readonly is: "checked"; readonly subject: string }
  | { readonly is: "consented"; readonly subject: string }
  | { readonly is: "refused"; readonly exception: ExceptionId }

/**
 * One authorization request from its arrival to its code or its refusal. The birth date is here and nowhere else (not in
 * the library's records, which only get the id), and goes as soon as it was compared.
 */
export interface Transaction {
  readonly id: string
  readonly request: AuthorizationRequest
  /** Where representation is asked for, until it was compared. */
  readonly birthDate?: string
  readonly expiresAt: Instant
  readonly language: Language
  readonly progress: Progress
}

export interface Transactions {
  begin(request: AuthorizationRequest, birthDate: string | undefined, language: Language): Transaction
  find(id: string): Transaction | undefined
  /** Keeps a change. */
  keep(transaction: Transaction): void
  /** Takes the transaction out if its person has consented: so one consent gives one code. */
  spendConsent(id: string): boolean
  end(id: string): void
  sweep(): void
}

const ID_BYTES = 32

export function createTransactions(
  crypto: Pick<CryptoPort, "randomBytes">,
  clock: () => Instant,
  milliseconds: number,
): Transactions {
  const transactions = createExpiringMap<Transaction>(clock)
  const keep = (transaction: Transaction) => {
    transactions.set(transaction.id, transaction, transaction.expiresAt)
  }
  return {
    begin(request, birthDate, language) {
      const id = base64UrlOf(crypto.randomBytes(ID_BYTES))
      const expiresAt = clock() + milliseconds
      const begun: Transaction = { id, request, expiresAt, language, progress: { is: "begun" } }
      const transaction = birthDate === undefined ? begun : { ...begun, birthDate }
      keep(transaction)
      return transaction
    },
    find: (id) => transactions.get(id),
    keep,
    spendConsent: (id) =>
      transactions.get(id)?.progress.is === "consented" && transactions.take(id) !== undefined,
    end: (id) => {
      transactions.take(id)
    },
    sweep: () => {
      transactions.sweep()
    },
  }
}

/** The transaction after its comparison: without the birth date. */
export function withoutBirthDate(transaction: Transaction, progress: Progress): Transaction {
  const { id, request, expiresAt, language } = transaction
  return { id, request, expiresAt, language, progress }
}
