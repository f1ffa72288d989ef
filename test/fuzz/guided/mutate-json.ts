import { mutateBytes, type Material } from "./mutate-bytes.ts"
import { mutateDer } from "./mutate-der.ts"
import type { Random } from "./random.ts"

/** A member or an element, and how to put something else there; `undefined` takes it away. */
interface Place {
  readonly value: unknown
  readonly put: (value: unknown) => void
}

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, 2 ** 53, 1e308, -0, "", " ", "\0", "\ud800", "😀", "x".repeat(600)],
  ...[
    [],
    {},
    [[]],
    { __proto__: null },
    "__proto__",
    "constructor",
    "0".repeat(64),
    "0".repeat(6),
    "A".repeat(43),
  ],
]
const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/
const DEEPEST = 12

/** JSON with one change to one of its values; `undefined` where `bytes` are no JSON. */
export function mutateJson(bytes: Uint8Array, random: Random, material: Material): Uint8Array | undefined {
  const json = parse(bytes)
  if (json === undefined) return undefined
  // As the one element of an array, so that it can be taken away like any other.
  const whole = [json]
  const places = placesIn(whole, 0, () => undefined).slice(1)
  const place = random.pick(places)
  if (place === undefined) return undefined
  place.put(changed(place.value, random, material))
  return new TextEncoder().encode(whole.map((value) => JSON.stringify(value)).join(""))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function placesIn(value: unknown, depth: number, put: (value: unknown) => void): readonly Place[] {
  const here = { value, put }
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [here]
  const inner = Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    placesIn(member, depth + 1, (other) => {
      if (other === undefined) Reflect.deleteProperty(value, name)
      else
        Reflect.defineProperty(value, name, {
          value: other,
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }),
  )
  return [here, ...inner]
}

function changed(value: unknown, random: Random, material: Material): unknown {
  if (random.chance(15)) return undefined
  if (random.chance(25)) return random.pick(VALUES)
  if (random.chance(15)) return tokenText(random, material)
  if (typeof value === "string") return changedText(value, random, material)
  if (typeof value === "number") return value + (random.pick([1, -1, 0.5, 2 ** 31, 2 ** 53]) ?? 1)
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value
    return random.chance(50) ? [...elements, ...elements] : elements.slice(1)
  }
  if (typeof value === "object" && value !== null)
    return { ...value, [tokenText(random, material)]: random.pick(VALUES) }
  return random.pick(VALUES)
}

function tokenText(random: Random, { tokens }: Material): string {
  return new TextDecoder().decode(random.pick(tokens) ?? new Uint8Array(0))
}

function changedText(text: string, random: Random, material: Material): string {
  if (BASE64.test(text) && random.chance(60)) {
    const form = /[-_]|[^=]$/.test(text) && !/[+/=]/.test(text) ? "base64url" : "base64"
    const bytes = new Uint8Array(Buffer.from(text, form))
    const other = mutateDer(bytes, random, material) ?? mutateBytes(bytes, random, material)
    return Buffer.from(other).toString(form)
  }
  return new TextDecoder().decode(mutateBytes(new TextEncoder().encode(text), random, material))
}
