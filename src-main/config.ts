import { delimiter } from "node:path"
import * as z from "zod/mini"
import { DESK_LANGUAGES, type DeskLanguage } from "../src-preload/desk-state.ts"

/** What the desk needs to know before it can start; every path as it was given. */
export interface Config {
  readonly environment: EnvironmentName
  /** Scheme, host and port of the backend. */
  readonly backend: string
  /** The trust profile to believe: a file, or the one that the installation brought. */
  readonly trust: string | undefined
  /** PKCS#11 modules to use instead of those that are found. */
  readonly modules: readonly string[]
  readonly idleMinutes: number
  readonly language: DeskLanguage
  /** Where signed packages wait, instead of the folder of the program's own data. */
  readonly outboxDirectory: string | undefined
  /** Names of what a policy fixed. */
  readonly managed: readonly string[]
}

/** `practice` is the *oefenomgeving*: the test profile, test cards, and a backend for practice. */
export type EnvironmentName = "production" | "practice"

/** Why the desk does not start; the message names the source and the setting, and says what to change. */
export class ConfigError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "ConfigError"
  }
}

/** Everything that a configuration can come from, as text; `undefined` where there is none. */
export interface ConfigSources {
  /** A managed policy: the administrator's, which nobody below can change. */
  readonly policy: NamedText | undefined
  readonly file: NamedText | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Started with `--practice`. */
  readonly practice: boolean
}

export interface NamedText {
  readonly name: string
  readonly text: string
}

// What the window's first moment waits for is the small half of zod, which knows no words for its findings by itself.
z.config(z.locales.en())
const Side = z.strictObject({ backend: z.optional(z.string()), trust: z.optional(z.string()) })
const Settings = z.strictObject({
  environment: z.optional(z.enum(["production", "practice"])),
  production: z.optional(Side),
  practice: z.optional(Side),
  modules: z.optional(z.array(z.string().check(z.minLength(1)))),
  idleMinutes: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
  language: z.optional(z.enum(DESK_LANGUAGES)),
  outboxDirectory: z.optional(z.string().check(z.minLength(1))),
})
type Settings = z.infer<typeof Settings>

const DEFAULT_IDLE_MINUTES = 10

/** The configuration: policy before environment before file before what is usual. Throws ConfigError. */
export function readConfig({ policy, file, environment, practice }: ConfigSources): Config {
  const managed = policy === undefined ? {} : parseSettings(policy)
  const own = file === undefined ? {} : parseSettings(file)
  const chosen = environmentOf(managed, environment, own, practice)
  const sources = [managed, parseVariables(environment, chosen), own]
  const first = <Value>(read: (settings: Settings) => Value | undefined): Value | undefined =>
    sources.map(read).find((value) => value !== undefined)
  const backend = first((settings) => settings[chosen]?.backend)
  if (backend === undefined) {
    throw new ConfigError(
      `No backend is set for ${chosen}. Set "${chosen}": { "backend": "https://…" } in the configuration, or VRIJGAVE_BACKEND.`,
    )
  }
  const other = chosen === "production" ? "practice" : "production"
  checkSeparate(
    chosen,
    backend,
    first((settings) => settings[other]?.backend),
  )
  return {
    environment: chosen,
    backend,
    trust: first((settings) => settings[chosen]?.trust),
    modules: first(({ modules }) => modules) ?? [],
    idleMinutes: first(({ idleMinutes }) => idleMinutes) ?? DEFAULT_IDLE_MINUTES,
    language: first(({ language }) => language) ?? "nl",
    outboxDirectory: first(({ outboxDirectory }) => outboxDirectory),
    managed: Object.keys(managed),
  }
}

function parseSettings({ name, text }: NamedText): Settings {
  try {
    return Settings.parse(JSON.parse(text))
  } catch (cause) {
    const why = cause instanceof z.core.$ZodError ? z.prettifyError(cause) : "it is no JSON"
    throw new ConfigError(`${name}: ${why}`, { cause })
  }
}

/** A switch or a variable may ask for practice; what a policy says can be changed by neither. */
function environmentOf(
  managed: Settings,
  variables: ConfigSources["environment"],
  own: Settings,
  practice: boolean,
): EnvironmentName {
  const asked = practice ? "practice" : parseEnvironmentName(variables["VRIJGAVE_ENVIRONMENT"])
  if (managed.environment === "production" && asked === "practice")
    throw new ConfigError(
      "A policy of this computer allows production only: the practice environment is off.",
    )
  return managed.environment ?? asked ?? own.environment ?? "production"
}

function parseEnvironmentName(text: string | undefined): EnvironmentName | undefined {
  if (text === undefined || text === "" || text === "production" || text === "practice")
    return text === "" ? undefined : text
  throw new ConfigError(`VRIJGAVE_ENVIRONMENT is "${text}": it is production or practice.`)
}

/** The variables of one environment, which speak of the side that was chosen. */
function parseVariables(variables: ConfigSources["environment"], chosen: EnvironmentName): Settings {
  const text = (name: string): string | undefined => (variables[name] === "" ? undefined : variables[name])
  const [backend, trust] = [text("VRIJGAVE_BACKEND"), text("VRIJGAVE_TRUST")]
  const [modules, idle] = [text("VRIJGAVE_MODULES"), text("VRIJGAVE_IDLE_MINUTES")]
  const [language, outboxDirectory] = [text("VRIJGAVE_LANGUAGE"), text("VRIJGAVE_OUTBOX")]
  const settings = {
    [chosen]: { ...(backend === undefined ? {} : { backend }), ...(trust === undefined ? {} : { trust }) },
    ...(modules === undefined ? {} : { modules: modules.split(delimiter).filter((path) => path !== "") }),
    ...(idle === undefined ? {} : { idleMinutes: Number(idle) }),
    ...(language === undefined ? {} : { language }),
    ...(outboxDirectory === undefined ? {} : { outboxDirectory }),
  }
  return parseSettings({ name: "the environment (VRIJGAVE_…)", text: JSON.stringify(settings) })
}

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"])
/** A part of a host name by which everybody sees that it is for practice. */
const PRACTICE_LABEL =
  /^(?:oefen|oefenen|oefenomgeving|practice|test|acceptatie|acc|sandbox)(?:-[a-z0-9-]+)?$/
/** RFC 2606 and RFC 6761: names that can never be somebody's real system. */
const NEVER_REAL = new Set(["test", "example", "invalid", "localhost"])

/** Whether an address shows by its very name that it is for practice; nothing else is taken for it, and nothing else for real. */
export function isPracticeOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  if (url === null) return false
  const labels = url.hostname.toLowerCase().split(".")
  return (
    LOOPBACK.has(url.hostname) ||
    NEVER_REAL.has(labels.at(-1) ?? "") ||
    labels.some((label) => PRACTICE_LABEL.test(label))
  )
}

/**
 * Practice cannot be pointed at a backend for real, nor the other way round: the address must say what it is for, and the
 * two must not share a host. Throws ConfigError.
 */
export function checkSeparate(chosen: EnvironmentName, backend: string, other: string | undefined): void {
  if (URL.parse(backend) === null)
    throw new ConfigError(`The backend "${backend}" is no address, as https://backend.example is.`)
  if (other !== undefined && URL.parse(other)?.hostname === URL.parse(backend)?.hostname)
    throw new ConfigError(
      `Production and practice have the same backend, ${backend}: they must not share a host.`,
    )
  const isPractice = isPracticeOrigin(backend)
  if (chosen === "practice" && !isPractice) {
    throw new ConfigError(
      `The practice environment does not connect to ${backend}: the name of a backend for practice says so, as https://oefen.backend.example does.`,
    )
  }
  if (chosen === "production" && isPractice) {
    throw new ConfigError(
      `${backend} is a backend for practice: start with --practice, or set the backend for production.`,
    )
  }
}
