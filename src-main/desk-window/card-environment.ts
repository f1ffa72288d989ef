import { PRODUCTION, TEST, type Environment } from "../../src-protocol/uzi/environments.ts"
import { policiesOf } from "../card/certificate-use.ts"
import type { Card } from "../card/read-card.ts"
import { ownProblem, type DeskProblem } from "../desk-problem.ts"

/**
 * Why a card of the other environment is not taken: a test card for real, a real one for practice. Told by the policies in
 * its certificates, before any PIN. Nothing is trusted by it: judging refuses such a card anyway, with colder words.
 */
export function otherEnvironment(card: Card, own: Environment): DeskProblem | undefined {
  const other = own.name === "production" ? TEST : PRODUCTION
  const policies = Object.values(card.certificates).flatMap(({ certificate }) => policiesOf(certificate))
  const isOf = ({ signaturePolicies, authenticationPolicies }: Environment): boolean =>
    policies.some((policy) => [...signaturePolicies, ...authenticationPolicies].includes(policy))
  if (!isOf(other) || isOf(own)) return undefined
  return other.name === "test"
    ? ownProblem("TEST_CARD", "a card of the test environment")
    : ownProblem("REAL_CARD", "a card of the production environment")
}
