/** One end of the bridge between the page's world and the preload's. */
export interface Bridge {
  /** Calls a function of the other side, by its name or its number; waits for its answer and throws what it throws. */
  readonly call: (target: string | number, args: readonly unknown[]) => unknown
}

/** What one side offers the other by name. */
export type Offers = Readonly<Record<string, (...args: unknown[]) => unknown>>

export type MakeBridge = (node: EventTarget, mine: string, theirs: string, offers: Offers) => Bridge

/**
 * The context bridge: two worlds that share nothing but the DOM hold one detached node, and events on it carry copies
 * over, synchronously. Functions and promises go over as numbers. Its source text runs in both worlds, before the page
 * can replace anything that it uses. Whole in itself.
 */
export function bridgeMaker(): MakeBridge {
  type Callable = (...args: unknown[]) => unknown
  const taken = (holder: object, name: string): Callable => {
    const found: unknown = Reflect.get(holder, name)
    if (typeof found !== "function") throw new Error(`${name} is not there`)
    // Checked a line up; every function takes whatever it is called with.
    return found as Callable
  }
  const apply = taken(Reflect, "apply")
  const dispatchEvent = taken(EventTarget.prototype, "dispatchEvent")
  const addEventListener = taken(EventTarget.prototype, "addEventListener")
  const toString = taken(Object.prototype, "toString")
  const detail = taken(Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail") ?? {}, "get")
  const Message = CustomEvent
  const kindOf = (value: unknown): unknown => apply(toString, value, [])
  // No object of a page has this key by accident.
  const MARK = "\u0000bridge"

  type Fields = Record<string, unknown>
  interface Sent {
    readonly is: "call" | "answer" | "settle"
    readonly target?: string | number
    readonly ok?: boolean
    readonly value: unknown
  }
  interface Waiting {
    readonly resolve: (value: unknown) => void
    readonly reject: (reason: unknown) => void
  }
  const isFields = (value: unknown): value is Fields =>
    kindOf(value) === "[object Object]" || kindOf(value) === "[object Array]"
  const isCallable = (value: unknown): value is Callable => typeof value === "function"
  const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)))

  return (node, mine, theirs, offers) => {
    let lastNumber = 0
    const functions = new Map<number, Callable>()
    const numbers = new WeakMap<Callable, number>()
    const callables = new Map<number, Callable>()
    const waiting = new Map<number, Waiting>()
    let answer: Sent | undefined

    const send = (message: Sent): void => {
      apply(dispatchEvent, node, [new Message(theirs, { detail: message })])
    }

    const numberOf = (callable: Callable): number => {
      const known = numbers.get(callable)
      if (known !== undefined) return known
      lastNumber += 1
      numbers.set(callable, lastNumber)
      functions.set(lastNumber, callable)
      return lastNumber
    }

    const settleLater = (promise: Promise<unknown>): number => {
      lastNumber += 1
      const target = lastNumber
      promise.then(
        (value) => {
          send({ is: "settle", target, ok: true, value: pack(value, new Map()) })
        },
        (reason: unknown) => {
          send({ is: "settle", target, ok: false, value: pack(reason, new Map()) })
        },
      )
      return target
    }

    const packFields = (value: Fields, met: Map<unknown, unknown>): unknown => {
      // An array is walked by its keys like any object, and stays an array on the other side.
      const copy = (Array.isArray(value) ? [] : {}) as Fields
      met.set(value, copy)
      for (const key of Object.keys(value)) copy[key] = pack(value[key], met)
      return copy
    }

    /** A copy that an event can carry; what is no plain object the event itself copies: dates, maps, bytes, errors. */
    const pack = (value: unknown, met: Map<unknown, unknown>): unknown => {
      if (typeof value === "symbol") return undefined
      if (isCallable(value)) return { [MARK]: "function", number: numberOf(value) }
      if (value instanceof Promise) return { [MARK]: "promise", number: settleLater(value) }
      if (!isFields(value)) return value
      return met.has(value) ? met.get(value) : packFields(value, met)
    }

    const callableOf = (number: number): Callable => {
      const callable = callables.get(number) ?? ((...args) => call(number, args))
      callables.set(number, callable)
      return callable
    }

    const unpackMarked = (value: Fields): unknown => {
      const number = Number(value["number"])
      if (value[MARK] === "function") return callableOf(number)
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject })
      })
    }

    const unpack = (value: unknown, met: Set<unknown>): unknown => {
      if (!isFields(value) || met.has(value)) return value
      if (typeof value[MARK] === "string") return unpackMarked(value)
      met.add(value)
      for (const key of Object.keys(value)) value[key] = unpack(value[key], met)
      return value
    }

    const call: Bridge["call"] = (target, args) => {
      const outer = answer
      answer = undefined
      send({ is: "call", target, value: pack([...args], new Map()) })
      // The answer came while `send` was under way, by a call that TypeScript does not see.
      const mineNow = answer as Sent | undefined
      answer = outer
      if (mineNow === undefined) throw new Error("the bridge gave no answer")
      const value = unpack(mineNow.value, new Set())
      if (mineNow.ok !== true) throw asError(value)
      return value
    }

    const run = ({ target, value }: Sent): Sent => {
      try {
        const callable = typeof target === "string" ? offers[target] : functions.get(Number(target))
        if (callable === undefined) throw new Error("the bridge knows no such function")
        // Packed by `call` from a list.
        const args = unpack(value, new Set()) as unknown[]
        return {
          is: "answer",
          ok: true,
          value: pack(callable(...args), new Map()),
        }
      } catch (error) {
        return { is: "answer", ok: false, value: pack(asError(error), new Map()) }
      }
    }

    const settle = ({ target, ok, value }: Sent): void => {
      const promise = waiting.get(Number(target))
      waiting.delete(Number(target))
      if (ok === true) promise?.resolve(unpack(value, new Set()))
      else promise?.reject(unpack(value, new Set()))
    }

    const receive = (event: unknown): void => {
      // Only the two ends hold the node, so nothing but our own messages comes by it.
      const message = apply(detail, event, []) as Sent | undefined | null
      if (message?.is === "call") send(run(message))
      else if (message?.is === "answer") answer = message
      else if (message?.is === "settle") settle(message)
    }
    apply(addEventListener, node, [mine, receive])
    return { call }
  }
}
