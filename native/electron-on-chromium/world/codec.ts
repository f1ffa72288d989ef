/**
 * What travels between main and preload as JSON: plain values as they are, everything else as a list that begins with
 * what it is. `["r", 3]` is the fourth object again, counted in the order in which they were met.
 */
export type Encoded = null | boolean | number | string | EncodedList

/** Its first part says what the others are. */
// An interface, since a type that names itself in a list without one is refused as circular.
export interface EncodedList extends ReadonlyArray<Encoded> {
  readonly 0?: Encoded
}

export interface Base64 {
  readonly encode: (bytes: Uint8Array) => string
  readonly decode: (text: string) => Uint8Array<ArrayBuffer>
}

export interface Codec {
  /** What `structuredClone` would carry over, as text. Throws what Electron throws where it would not. */
  readonly encode: (value: unknown) => string
  /** Throws for text that `encode` has not made. */
  readonly decode: (text: string) => unknown
}

/** Structured clone to text and back. Whole in itself: its own source text runs in the preload's world too. */
export function makeCodec(base64: Base64): Codec {
  const ERRORS = ["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"]
  const VIEWS =
    /^(Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32|Uint32|Float16|Float32|Float64|BigInt64|BigUint64)Array$|^DataView$/
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

  const encodeNumber = (value: number): Encoded =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ["n", Object.is(value, -0) ? "-0" : String(value)]

  const encodeOnce = (value: unknown, met: Map<object, number>): Encoded => {
    if (value === null || typeof value === "boolean" || typeof value === "string") return value
    if (value === undefined) return ["u"]
    if (typeof value === "number") return encodeNumber(value)
    if (typeof value === "bigint") return ["i", String(value)]
    if (typeof value !== "object") throw new Error("An object could not be cloned.")
    const before = met.get(value)
    if (before !== undefined) return ["r", before]
    met.set(value, met.size)
    return encodeObject(value, met)
  }

  const encodeKeys = (is: string, value: object, met: Map<object, number>): Encoded => [
    is,
    ...Object.entries(value).flatMap(([key, part]) => [key, encodeOnce(part, met)]),
  ]

  const encodeArray = (value: readonly unknown[], met: Map<object, number>): Encoded => {
    // Not by `some` or `every`, which pass over the holes that are looked for.
    const isWhole = [...value.keys()].every((index) => index in value)
    const isPlain = isWhole && Object.keys(value).length === value.length
    if (isPlain) return ["a", ...value.map((part) => encodeOnce(part, met))]
    return ["l", value.length, encodeKeys("o", value, met)]
  }

  const encodeError = (error: Error, met: Map<object, number>): Encoded => [
    "e",
    ERRORS.includes(error.name) ? error.name : "Error",
    error.message,
    error.stack ?? "",
    ...("cause" in error ? [encodeOnce(error.cause, met)] : []),
  ]

  const encodeObject = (value: object, met: Map<object, number>): Encoded => {
    if (Array.isArray(value)) return encodeArray(value, met)
    if (value instanceof Date) return ["d", Number.isNaN(value.getTime()) ? null : value.getTime()]
    if (value instanceof RegExp) return ["x", value.source, value.flags]
    if (value instanceof Map) return ["m", ...[...value].flat(1).map((part) => encodeOnce(part, met))]
    if (value instanceof Set) return ["s", ...[...value].map((part) => encodeOnce(part, met))]
    if (value instanceof Error) return encodeError(value, met)
    if (value instanceof ArrayBuffer) return ["b", base64.encode(new Uint8Array(value))]
    if (ArrayBuffer.isView(value)) {
      // Only the bytes that are seen travel: Node's small Buffers are views on a pool that is not theirs alone.
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return ["t", kindOf(value), base64.encode(bytes)]
    }
    if (
      value instanceof Boolean ||
      value instanceof Number ||
      value instanceof String ||
      value instanceof BigInt
    )
      return ["p", encodeOnce(value.valueOf(), new Map())]
    if (kindOf(value) !== "Object") throw new Error("An object could not be cloned.")
    return encodeKeys("o", value, met)
  }

  type Part = Encoded | undefined
  const text = (part: Part): string => {
    if (typeof part !== "string") throw new Error("not a text of the codec")
    return part
  }
  const list = (part: Part): readonly Encoded[] => {
    if (typeof part !== "object" || part === null) throw new Error("not a list of the codec")
    return part
  }

  const decodeOnce = (encoded: Part, met: object[]): unknown => {
    if (encoded === undefined) throw new Error("a part is missing")
    if (encoded === null || typeof encoded !== "object") return encoded
    const [first, ...parts] = encoded
    const is = text(first)
    if (is === "u") return undefined
    if (is === "n") return Number(text(parts[0]))
    if (is === "i") return BigInt(text(parts[0]))
    if (is === "r") return met[Number(parts[0])]
    return decodeObject(is, parts, met)
  }

  const fill = (target: object, parts: readonly Encoded[], met: object[]): object => {
    for (let index = 0; index < parts.length; index += 2) {
      // Defined, not assigned: `__proto__` is a key like any other here.
      Object.defineProperty(target, text(parts[index]), {
        value: decodeOnce(parts[index + 1], met),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return target
  }

  const decodeObject = (is: string, parts: readonly Encoded[], met: object[]): object => {
    const keep = <T extends object>(value: T): T => {
      met.push(value)
      return value
    }
    switch (is) {
      case "a":
        return decodeArray(keep([]), parts, met)
      case "l":
        return fill(keep(new Array(Number(parts[0]))), list(parts[1]).slice(1), met)
      case "o":
        return fill(keep({}), parts, met)
      case "d":
        return keep(new Date(parts[0] === null ? Number.NaN : Number(parts[0])))
      case "x":
        return keep(new RegExp(text(parts[0]), text(parts[1])))
      case "m":
        return decodeMap(keep(new Map()), parts, met)
      case "s":
        return decodeSet(keep(new Set()), parts, met)
      case "e":
        return decodeError(parts, met)
      case "b":
        return keep(base64.decode(text(parts[0])).buffer)
      case "t":
        return keep(decodeView(text(parts[0]), base64.decode(text(parts[1]))))
      case "p":
        return keep(boxed(decodeOnce(parts[0], [])))
      default:
        throw new Error(`the codec does not know ${is}`)
    }
  }

  /** A string, number, boolean or bigint as an object. */
  const boxed = (value: unknown): object => {
    // `Object` makes an object of anything, though its type does not say so.
    return Object(value) as object
  }

  const decodeArray = (target: unknown[], parts: readonly Encoded[], met: object[]): unknown[] => {
    for (const part of parts) target.push(decodeOnce(part, met))
    return target
  }

  const decodeMap = (target: Map<unknown, unknown>, parts: readonly Encoded[], met: object[]): object => {
    for (let index = 0; index < parts.length; index += 2) {
      const key = decodeOnce(parts[index], met)
      target.set(key, decodeOnce(parts[index + 1], met))
    }
    return target
  }

  const decodeSet = (target: Set<unknown>, parts: readonly Encoded[], met: object[]): object => {
    for (const part of parts) target.add(decodeOnce(part, met))
    return target
  }

  const decodeError = ([name, message, stack, ...cause]: readonly Encoded[], met: object[]): Error => {
    const constructors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
    const make = Object.entries(constructors).find(([known]) => known === name)?.[1] ?? Error
    const error = new make(text(message))
    met.push(error)
    Object.defineProperty(error, "stack", { value: text(stack), writable: true, configurable: true })
    if (cause.length > 0) {
      const value = decodeOnce(cause[0], met)
      Object.defineProperty(error, "cause", { value, writable: true, configurable: true })
    }
    return error
  }

  const decodeView = (kind: string, bytes: Uint8Array<ArrayBuffer>): object => {
    if (!VIEWS.test(kind)) throw new Error(`the codec does not know the view ${kind}`)
    const make: unknown = Reflect.get(globalThis, kind)
    if (typeof make !== "function") throw new Error(`there is no ${kind} here`)
    // The pattern above lets only constructors of views on a buffer through.
    return Reflect.construct(make, [bytes.buffer]) as object
  }

  return {
    encode: (value) => {
      try {
        return JSON.stringify(encodeOnce(structuredClone(value), new Map()))
      } catch (error) {
        if (error instanceof DOMException) throw new Error("An object could not be cloned.", { cause: error })
        throw error
      }
    },
    decode: (encoded) => {
      // What JSON can hold; whatever is not a list as above is refused while it is read.
      const parsed = JSON.parse(encoded) as Encoded
      return decodeOnce(parsed, [])
    },
  }
}
