import { timingSafeEqual } from "node:crypto"
import { asciiBytes } from "../../src-protocol/bytes.ts"
import type { AuthorizationRequest } from "./authorization-request.ts"
import type { Authenticated } from "./authentication/authentication-service.ts"
import { ageOn } from "./birth-date.ts"
import type { Dossier } from "./dossier-register.ts"
import type { ExceptionId } from "./exceptions.ts"

/** All that the comparison of one transaction goes by. */
export interface Attempt {
  readonly request: Pick<AuthorizationRequest, "asked" | "provider">
  readonly birthDate: string | undefined
  readonly authenticated: Authenticated
  /** Of the person whose data is asked for. */
  readonly dossier: Dossier | undefined
  /** Whether the representative has given too many wrong birth dates of late. */
  readonly isLocked: boolean
  /** JJJJMMDD in the Netherlands. */
  readonly today: string
}

export type Decision =
  | { readonly is: "granted"; readonly subject: string }
  | { readonly is: "refused"; readonly exception: ExceptionId }

/** Stands in where nobody has a date, so that comparing takes as long; it is no day, so that nothing equals it. */
const NO_DATE = "99999999"
const ADULT = 16
const CHILD = 12

/**
 * Step 11 of *Authenticeren voor Vertegenwoordiging*: was representation used where, and only where, it was asked for; is
 * the birth date that of the represented person; is there data of somebody of the right age. Everything is looked at
 * whatever comes of it, so that the time tells nothing; the first that fails, in this order, is the exception.
 */
export function decide(attempt: Attempt): Decision {
  const { authenticated, isLocked } = attempt
  const subject = authenticated.represented ?? authenticated.acting
  const checks: readonly (readonly [passed: boolean, exception: ExceptionId])[] = [
    [!isAsked(attempt) || isUsed(attempt), "representation-not-used"],
    [isAsked(attempt) || !isUsed(attempt), "representation-not-asked"],
    [!isAsked(attempt) || isRepresentative(attempt), "not-a-representative"],
    [!isAsked(attempt) || !isLocked, "too-many-mismatches"],
    [isBirthDateRight(attempt) || !isAsked(attempt), "birth-date-differs"],
    [isOfAge(attempt), "wrong-age"],
    [hasData(attempt), "no-data"],
  ]
  const failed = checks.find(([passed]) => !passed)
  return failed === undefined ? { is: "granted", subject } : { is: "refused", exception: failed[1] }
}

function isAsked({ request }: Attempt): boolean {
  return request.asked.representation !== "none"
}

function isUsed({ authenticated }: Attempt): boolean {
  return authenticated.represented !== undefined
}

/** Somebody of whom there is no dossier is for `no-data`: nothing can be found out about whom nobody knows. */
function isRepresentative({ authenticated, dossier }: Attempt): boolean {
  return dossier === undefined || dossier.representatives.includes(authenticated.acting)
}

/** In constant time, and nobody's date is none: a date that the provider does not know never equals one that is given. */
function isBirthDateRight({ birthDate, dossier }: Attempt): boolean {
  const isEqual = timingSafeEqual(
    asciiBytes(birthDate ?? "00000000"),
    asciiBytes(dossier?.birthDate ?? NO_DATE),
  )
  return isEqual || dossier === undefined
}

/** A date that the provider does not know is the affair of the comparison; without one, of being an adult. */
function isOfAge({ request, dossier, today }: Attempt): boolean {
  const age = ageOn(dossier?.birthDate ?? NO_DATE, today)
  if (dossier?.birthDate === undefined) return dossier === undefined
  return request.asked.representation === "child" ? age < CHILD : age >= ADULT
}

/** In 2.x the scope names no services: then there must be data for any that the provider offers. */
function hasData({ request, dossier }: Attempt): boolean {
  const { services } = request.asked
  const offered = request.provider.services.map(({ id }) => id)
  const held = new Set(dossier?.services.filter((service) => offered.includes(service)))
  return services.length === 0 ? held.size > 0 : services.some((service) => held.has(service))
}
