/** The releases of MedMij whose authorization requests differ (docs/representation.md, Release). */
export const RELEASES = ["1.6", "2.x"] as const
export type Release = (typeof RELEASES)[number]

export type RepresentationAsked = "none" | "adult" | "child"

/** A scope, read: one provider, its services (empty where the release has none in the scope), and for whom. */
export interface RequestedScope {
  readonly provider: string
  readonly services: readonly string[]
  readonly representation: RepresentationAsked
}

const LONGEST_SCOPE = 2_048
const LONGEST_NAME = 57
/** Segments joined by one `-`, `&` or `.`; each begins with a letter and has at most four digits on end. */
const NAME = /^[a-z][a-z0-9]*(?:[-&.][a-z][a-z0-9]*)*$/
const FIVE_DIGITS = /[0-9]{5}/
const SERVICE = /^[A-Za-z0-9]{1,30}$/
const FOR_ADULT = "onbehalfof"
const FOR_CHILD = "onbehalfofchild"

/** The scope of core.authint.200 and ext.vert.authint.200, or `undefined` where it is not of the release's form. */
export function parseScope(text: string, release: Release): RequestedScope | undefined {
  if (text.length > LONGEST_SCOPE) return undefined
  const tokens = new Set(text.split(" "))
  const representation = takeRepresentation(tokens, release)
  if (representation === undefined) return undefined
  const parts = [...tokens].map((token) => parseToken(token, release))
  const providers = new Set(parts.map((part) => part?.provider))
  const [provider] = providers
  if (provider === undefined || providers.size !== 1) return undefined
  const services = parts.flatMap((part) => part?.services ?? [])
  return { provider, services, representation }
}

/** `onbehalfof` twice is once: a scope is a set. The one for a child is of 2.x alone, and excludes the other. */
function takeRepresentation(tokens: Set<string>, release: Release): RepresentationAsked | undefined {
  const forAdult = tokens.delete(FOR_ADULT)
  const forChild = release === "2.x" && tokens.delete(FOR_CHILD)
  if (forAdult && forChild) return undefined
  if (forAdult) return "adult"
  return forChild ? "child" : "none"
}

function parseToken(
  token: string,
  release: Release,
): { readonly provider: string; readonly services: readonly string[] } | undefined {
  const [provider = "", service, ...more] = token.split("~")
  if (!isProviderName(provider) || more.length > 0) return undefined
  if (release === "2.x") return service === undefined ? { provider, services: [] } : undefined
  return service !== undefined && SERVICE.test(service) ? { provider, services: [service] } : undefined
}

/** A provider's name without `@medmij`, as a scope has it. */
export function isProviderName(name: string): boolean {
  return name.length <= LONGEST_NAME && NAME.test(name) && !FIVE_DIGITS.test(name)
}

/** Whether a scope that was granted was for another person. */
export function isForAnother(scope: string): boolean {
  return scope.split(" ").some((token) => token === FOR_ADULT || token === FOR_CHILD)
}
