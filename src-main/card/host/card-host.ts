import { existsSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { CardError } from "../card-error.ts"
import { withPin } from "../pin.ts"
import type { CardWatcher } from "../card-watcher.ts"
import { readerOfToken } from "../reader-of-token.ts"
import type { ReaderEvent } from "../readers.ts"
import type { Fork } from "./host-channel.ts"
import { HostConnection } from "./host-connection.ts"
import type {
  HostRequest,
  HostResult,
  ModuleInfo,
  SignRequest,
  Token,
  TokenCertificates,
  TokenSignature,
} from "./host-messages.ts"

/** What the desk can ask of cards. Every call throws CardError. No PIN and no signature is tried twice by itself. */
export interface CardHost {
  /** Loads the module in a fresh process and asks who made it. */
  probe(): Promise<ModuleInfo>
  listTokens(): Promise<readonly Token[]>
  readCertificates(tokenSerial: string): Promise<TokenCertificates>
  /** One signature; `pin` is wiped when it has been handed over or could not be. Absent: the reader has a PIN pad. */
  sign(request: Omit<SignRequest, "is">): Promise<TokenSignature>
  /** Resolves when no question is at work and the card of the last signature has forgotten its PIN. Never rejects. */
  settled(): Promise<void>
  /**
   * Ends the process, which keeps the program running until then; every later call throws `HOST_STOPPED`. One that is
   * about to close a card does so first.
   */
  stop(): void
}

export interface Deadlines {
  readonly probeMilliseconds: number
  readonly readMilliseconds: number
  readonly signMilliseconds: number
  /** For a signature whose PIN is typed on the reader. */
  readonly pinPadMilliseconds: number
}

const DEFAULT_DEADLINES: Deadlines = {
  probeMilliseconds: 5_000,
  readMilliseconds: 15_000,
  // A card may be busy for half a minute, and its signature is still good.
  signMilliseconds: 35_000,
  pinPadMilliseconds: 120_000,
}

export interface CardHostOptions {
  readonly fork: Fork
  readonly modulePath: string
  readonly deadlines?: Partial<Deadlines>
  /** Another entry than ours, for a bundle that puts it elsewhere. */
  readonly entry?: URL
  /** With it, a module that does not notice that its card was pulled out is not waited for until the deadline. */
  readonly watcher?: Pick<CardWatcher, "subscribe">
}

const HOST_ENTRY = new URL("host-process.ts", import.meta.url)
const FIRST_BACK_OFF_MILLISECONDS = 100
/** A module that notices by itself needs less; OpenSC 0.23 locks itself up where a card goes while it asks about the PIN. */
const REMOVAL_GRACE_MILLISECONDS = 1_500
/** Session, module and card: a dozen commands at most, of a card that was well a moment ago. */
const CLOSING_MILLISECONDS = 3_000
const LONGEST_BACK_OFF_MILLISECONDS = 5_000

/** A host for one module. Its process starts with the first question and again, after a growing pause, when it has died. */
export function createCardHost(options: CardHostOptions): CardHost {
  return new ProcessCardHost(options)
}

class ProcessCardHost implements CardHost {
  readonly #options: CardHostOptions
  readonly #deadlines: Deadlines
  #connection: HostConnection | undefined
  /** Questions wait for one another, so that a deadline counts from when the question is really asked. */
  #last: Promise<unknown> = Promise.resolve()
  #nextId = 1
  /** By serial number: the slot that the token was last listed in, as the module calls it. */
  #slots: ReadonlyMap<string, string> = new Map()
  #failures = 0
  #stopped = false
  /** There is a signature, and its card is still open. */
  #isClosing = false

  constructor(options: CardHostOptions) {
    this.#options = options
    this.#deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines }
  }

  async probe(): Promise<ModuleInfo> {
    const ask = async () => {
      // A module that was never seen to work is not let into the process that holds a card.
      const connection = this.#start()
      try {
        return await this.#askOn(connection, { is: "probe" }, this.#deadlines.probeMilliseconds)
      } finally {
        connection.kill()
      }
    }
    const result = await this.#inTurn(ask)
    return result.is === "probe" ? result.module : refuse(result)
  }

  async listTokens(): Promise<readonly Token[]> {
    const result = await this.#ask({ is: "list-tokens" }, this.#deadlines.readMilliseconds)
    if (result.is !== "list-tokens") return refuse(result)
    this.#slots = new Map(result.tokens.map(({ serial, reader }) => [serial, reader]))
    return result.tokens
  }

  async readCertificates(tokenSerial: string): Promise<TokenCertificates> {
    const result = await this.#ask({ is: "read-certificates", tokenSerial }, this.#deadlines.readMilliseconds)
    return result.is === "read-certificates" ? result.token : refuse(result)
  }

  async sign(request: Omit<SignRequest, "is">): Promise<TokenSignature> {
    const { signMilliseconds, pinPadMilliseconds } = this.#deadlines
    const deadline = request.pin === undefined ? pinPadMilliseconds : signMilliseconds
    const result = await withPin(request.pin, () => this.#askToSign({ is: "sign", ...request }, deadline))
    return result.is === "sign" ? result.signed : refuse(result)
  }

  async settled(): Promise<void> {
    await this.#last
  }

  stop(): void {
    this.#stopped = true
    if (!this.#isClosing) this.#connection?.kill()
    this.#connection = undefined
  }

  /** Answers as soon as there is a signature; the next question waits until the card has forgotten the PIN. */
  #askToSign(request: SignRequest, deadlineMilliseconds: number): Promise<HostResult> {
    const answer = Promise.withResolvers<HostResult>()
    void this.#inTurn(async () => {
      try {
        const connection = await this.#living()
        if (!(await this.#askAndClose(connection, request, deadlineMilliseconds, answer))) {
          await this.#closeByAnother(request)
        }
      } catch (error) {
        answer.reject(error)
      }
    })
    return answer.promise
  }

  /** Whether the process was there to the end, and so let go of the card itself. */
  async #askAndClose(
    connection: HostConnection,
    request: SignRequest,
    deadlineMilliseconds: number,
    answer: PromiseWithResolvers<HostResult>,
  ): Promise<boolean> {
    try {
      const result = await this.#askOn(connection, request, deadlineMilliseconds)
      this.#isClosing = result.is === "sign"
      answer.resolve(result)
      return result.is !== "sign" || (await connection.cardClosed(CLOSING_MILLISECONDS))
    } catch (error) {
      answer.reject(error)
      return false
    } finally {
      this.#isClosing = false
      if (this.#stopped) connection.kill()
    }
  }

  /** What a process left open that ended in the middle, another one closes; whatever comes of it, the fault itself was told. */
  async #closeByAnother({ tokenSerial }: SignRequest): Promise<void> {
    const slotDescription = this.#slots.get(tokenSerial)
    if (slotDescription === undefined) return
    const { modulePath, fork, entry } = this.#options
    const connection = new HostConnection(fork(entry ?? HOST_ENTRY))
    const request = { is: "close-card", slotDescription } as const
    await connection
      .ask({ id: this.#nextId++, modulePath, request }, CLOSING_MILLISECONDS)
      .catch(() => undefined)
    connection.kill()
  }

  #ask(request: HostRequest, deadlineMilliseconds: number): Promise<HostResult> {
    return this.#inTurn(async () => {
      const connection = await this.#living()
      return await this.#askOn(connection, request, deadlineMilliseconds)
    })
  }

  async #askOn(
    connection: HostConnection,
    request: HostRequest,
    deadlineMilliseconds: number,
  ): Promise<HostResult> {
    const { modulePath } = this.#options
    const id = this.#nextId++
    const forget = this.#whenCardGoes(request, connection)
    try {
      const result = await connection.ask({ id, modulePath, request }, deadlineMilliseconds)
      this.#failures = 0
      return result
    } catch (error) {
      this.#failures += 1
      throw error
    } finally {
      forget()
    }
  }

  /** Gives the module a moment from when the card is seen to go; answers how to call that off. */
  #whenCardGoes(request: HostRequest, connection: HostConnection): () => void {
    let grace: NodeJS.Timeout | undefined
    const stop = this.#options.watcher?.subscribe((event) => {
      if (event.is !== "card-removed" || !this.#isAbout(request, event)) return
      grace ??= setTimeout(() => {
        connection.abandon(new CardError("CARD_REMOVED", "the card went, and the module did not come back"))
      }, REMOVAL_GRACE_MILLISECONDS)
    })
    return () => {
      stop?.()
      clearTimeout(grace)
    }
  }

  /** A list is about every card; another question about the one in its own reader, as far as that is known. */
  #isAbout(request: HostRequest, { reader }: ReaderEvent & { readonly is: "card-removed" }): boolean {
    const description = "tokenSerial" in request ? this.#slots.get(request.tokenSerial) : undefined
    if (description === undefined) return true
    return readerOfToken({ description, hardware: true }, [{ name: reader, occupied: true }]) === reader
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #living(): Promise<HostConnection> {
    if (this.#connection?.isAlive === true) return this.#connection
    if (this.#failures > 0) {
      await pause(
        Math.min(FIRST_BACK_OFF_MILLISECONDS * 2 ** (this.#failures - 1), LONGEST_BACK_OFF_MILLISECONDS),
      )
    }
    this.#connection = this.#start()
    return this.#connection
  }

  #start(): HostConnection {
    if (this.#stopped) throw new CardError("HOST_STOPPED", "the card host was stopped")
    const { modulePath } = this.#options
    if (!existsSync(modulePath)) throw new CardError("MODULE_MISSING", `there is no file ${modulePath}`)
    return new HostConnection(this.#options.fork(this.#options.entry ?? HOST_ENTRY))
  }
}

function refuse(result: HostResult): never {
  if (result.is !== "failed") throw new CardError("MODULE_CRASHED", `the card process answered ${result.is}`)
  const tries = result.triesLeft === undefined ? {} : { triesLeft: result.triesLeft }
  throw new CardError(result.problem, result.detail, tries)
}
