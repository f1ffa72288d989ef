import { base64UrlOf } from "../../../src-protocol/bytes.ts"
import type { CryptoPort } from "../../../src-protocol/crypto-port.ts"
import { MINUTE, type Instant } from "../../../src-protocol/instant.ts"
import { createExpiringMap } from "../expiring-map.ts"
import type { PageAnswer, PageRequest } from "../http/page.ts"
import { oneValue } from "../http/read-query.ts"
import type {
  AuthenticationRequest,
  AuthenticationService,
  AuthenticationStatement,
} from "./authentication-service.ts"
import { forWhomPage, whoPage } from "./mock-pages.ts"

/** A person whom testers can log in as: a pseudonym, which is also the name on the page, and whom he may represent. */
export interface TestPerson {
  readonly subject: string
  readonly represents: readonly string[]
}

export const MOCK_PATH = "/authentication/"
const SECRET_BYTES = 32
const LOGIN_MILLISECONDS = 10 * MINUTE
const ARTIFACT_MILLISECONDS = 2 * MINUTE

/**
 * Plays DigiD and DigiD Machtigen, for tests: whoever comes says who he is. Like them it lets the person choose whom to
 * represent, which is the very choice that RFC0075 checks; and it can misbehave, to see what the server makes of that.
 */
export function createMockAuthentication(
  crypto: Pick<CryptoPort, "randomBytes">,
  clock: () => Instant,
  people: () => Promise<readonly TestPerson[]>,
): AuthenticationService {
  const draw = () => base64UrlOf(crypto.randomBytes(SECRET_BYTES))
  const logins = createExpiringMap<AuthenticationRequest>(clock)
  const statements = createExpiringMap<AuthenticationStatement>(clock)
  const finish = (ticket: string, request: AuthenticationRequest, statement: AuthenticationStatement) => {
    logins.take(ticket)
    const artifact = draw()
    statements.set(`${ticket} ${artifact}`, statement, clock() + ARTIFACT_MILLISECONDS)
    return { is: "redirect", location: `${request.returnTo}?artifact=${artifact}` } as const
  }
  return {
    begin(request) {
      const ticket = draw()
      logins.set(ticket, request, clock() + LOGIN_MILLISECONDS)
      return Promise.resolve({ ticket, address: `${MOCK_PATH}${ticket}` })
    },
    resolve: (ticket, artifact) =>
      Promise.resolve(statements.take(`${ticket} ${artifact}`) ?? ({ is: "failed" } as const)),
    async page(request) {
      const ticket = request.path.slice(MOCK_PATH.length)
      const login = logins.get(ticket)
      if (login === undefined) return undefined
      const chosen = request.method === "GET" ? { is: "nothing" as const } : chosenIn(request)
      if (chosen.is === "statement") return finish(ticket, login, chosen.statement)
      return await pageFor(request, login, chosen.is === "acting" ? chosen : undefined, await people())
    },
  }
}

type Chosen =
  | { readonly is: "nothing" }
  | { readonly is: "acting"; readonly acting: string; readonly misbehaves: boolean }
  | { readonly is: "statement"; readonly statement: AuthenticationStatement }

/** What the tester chose on either page. */
function chosenIn({ form }: PageRequest): Chosen {
  const action = oneValue(form, "action")
  if (action === "cancel") return { is: "statement", statement: { is: "cancelled" } }
  if (action === "fail") return { is: "statement", statement: { is: "failed" } }
  const acting = oneValue(form, "acting")
  if (acting === undefined) return { is: "nothing" }
  if (action !== "confirm") return { is: "acting", acting, misbehaves: oneValue(form, "misbehave") === "yes" }
  const represented = oneValue(form, "represented")
  const forAnother = represented === undefined ? {} : { represented }
  return { is: "statement", statement: { is: "authenticated", acting, ...forAnother } }
}

function pageFor(
  { language }: PageRequest,
  { mayRepresent }: AuthenticationRequest,
  chosen: { readonly acting: string; readonly misbehaves: boolean } | undefined,
  people: readonly TestPerson[],
): Promise<PageAnswer> {
  const person = people.find(({ subject }) => subject === chosen?.acting)
  const html =
    chosen === undefined || person === undefined
      ? whoPage(language, people)
      : forWhomPage(language, person, mayRepresent || chosen.misbehaves)
  return Promise.resolve({ is: "page", status: 200, html })
}
