import { CardError } from "../card-error.ts"
import { createCardHost, type CardHost, type CardHostOptions } from "./card-host.ts"
import type { ModuleInfo, SignRequest, Token, TokenCertificates, TokenSignature } from "./host-messages.ts"

/** A module to be used, the preferred ones first. */
export interface CardModule {
  readonly name: string
  readonly path: string
}

/** A module, and what was the matter when it was last asked. */
export interface ModuleState extends CardModule {
  readonly problem?: CardError
}

/** Several modules as one: every card shows, whoever made it. */
export interface CardHostOfModules extends CardHost {
  readonly modules: readonly ModuleState[]
}

export interface CardHostOfModulesOptions extends Omit<CardHostOptions, "modulePath"> {
  readonly modules: readonly CardModule[]
}

/** A host with a process for each module, so that one that hangs or crashes costs its own cards alone. */
export function createCardHostOfModules(options: CardHostOfModulesOptions): CardHostOfModules {
  const { modules, ...rest } = options
  const hosts = modules.map((module) => ({
    module,
    host: createCardHost({ ...rest, modulePath: module.path }),
  }))
  return new SeveralModules(hosts)
}

interface Member {
  readonly module: CardModule
  readonly host: CardHost
  problem?: CardError | undefined
}

class SeveralModules implements CardHostOfModules {
  readonly #members: readonly Member[]
  /** By serial number: which module showed the token when the tokens were last listed. */
  #shownBy: ReadonlyMap<string, CardHost> = new Map()

  constructor(members: readonly Member[]) {
    this.#members = members
  }

  get modules(): readonly ModuleState[] {
    return this.#members.map(({ module, problem }) => ({
      ...module,
      ...(problem === undefined ? {} : { problem }),
    }))
  }

  async probe(): Promise<ModuleInfo> {
    return this.#first(await this.#askAll((host) => host.probe()))
  }

  /** Where two modules show the card of one reader, it is the token of the module that stands first. */
  async listTokens(): Promise<readonly Token[]> {
    const answers = await this.#askAll((host) => host.listTokens())
    this.#first(answers)
    const shown: { readonly token: Token; readonly host: CardHost }[] = []
    for (const { host, answer } of answers) {
      const others = shown.map(({ token }) => token)
      const fresh = (answer ?? []).filter(
        ({ serial, reader }) => !others.some((other) => other.serial === serial || other.reader === reader),
      )
      shown.push(...fresh.map((token) => ({ token, host })))
    }
    this.#shownBy = new Map(shown.map(({ token, host }) => [token.serial, host]))
    return shown.map(({ token }) => token)
  }

  async readCertificates(tokenSerial: string): Promise<TokenCertificates> {
    const host = await this.#hostOf(tokenSerial)
    return await host.readCertificates(tokenSerial)
  }

  async sign(request: Omit<SignRequest, "is">): Promise<TokenSignature> {
    try {
      const host = await this.#hostOf(request.tokenSerial)
      return await host.sign(request)
    } finally {
      // Also where no module has the card: then nobody else wipes it.
      request.pin?.fill(0)
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#members.map(({ host }) => host.settled()))
  }

  stop(): void {
    for (const { host } of this.#members) host.stop()
  }

  async #hostOf(tokenSerial: string): Promise<CardHost> {
    if (!this.#shownBy.has(tokenSerial)) await this.listTokens()
    const host = this.#shownBy.get(tokenSerial)
    if (host !== undefined) return host
    if (this.#shownBy.size === 0) throw new CardError("NO_TOKEN", "no reader holds a card")
    throw new CardError("TOKEN_NOT_FOUND", "the card that was chosen is not in a reader; another one is")
  }

  async #askAll<T>(ask: (host: CardHost) => Promise<T>): Promise<readonly Answer<T>[]> {
    return await Promise.all(
      this.#members.map(async (member) => {
        try {
          const answer = await ask(member.host)
          member.problem = undefined
          return { host: member.host, answer }
        } catch (error) {
          if (!(error instanceof CardError)) throw error
          member.problem = error
          return { host: member.host, error }
        }
      }),
    )
  }

  /** The answer of the first module that has one; where none has, the error of the first of all. */
  #first<T>(answers: readonly Answer<T>[]): T {
    for (const { answer } of answers) if (answer !== undefined) return answer
    throw answers[0]?.error ?? new CardError("MODULE_MISSING", "no card software is set or installed")
  }
}

interface Answer<T> {
  readonly host: CardHost
  readonly answer?: T
  readonly error?: CardError
}
