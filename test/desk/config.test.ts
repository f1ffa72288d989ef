import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { delimiter, join } from "node:path"
import { tmpdir } from "node:os"
import { describe, expect, test } from "vitest"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { dataFolder } from "../../src-main/app/read-command-line.ts"
import { ConfigError, isPracticeOrigin, readConfig, type ConfigSources } from "../../src-main/config.ts"
import { policyPath, readSources } from "../../src-main/read-sources.ts"
import { readTrust } from "../../src-main/read-trust.ts"
import { printTrustProfile } from "../../src-protocol/uzi/trust-profile.ts"
import { whenFileIsDone } from "../card/support/when-file-is-done.ts"
import { testPki } from "../support/test-pki.ts"

const REAL = "https://vrijgave.ggd.nl"
const PRACTICE = "https://oefen.vrijgave.ggd.nl"

function sources(given: {
  policy?: object
  file?: object
  environment?: Record<string, string>
  practice?: boolean
}): ConfigSources {
  const named = (name: string, json: object | undefined) =>
    json === undefined ? undefined : { name, text: JSON.stringify(json) }
  return {
    policy: named("policy.json", given.policy),
    file: named("desk.json", given.file),
    environment: given.environment ?? {},
    practice: given.practice ?? false,
  }
}

function refusal(given: Parameters<typeof sources>[0]): string {
  try {
    readConfig(sources(given))
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new RangeError("it was not refused")
}

describe("the configuration", () => {
  test("has what is usual where nothing is said but the backend", () => {
    expect(readConfig(sources({ file: { production: { backend: REAL } } }))).toEqual({
      environment: "production",
      backend: REAL,
      trust: undefined,
      modules: [],
      idleMinutes: 10,
      language: "nl",
      outboxDirectory: undefined,
      managed: [],
    })
  })

  test("takes the policy before the environment, and that before the file", () => {
    const file = { production: { backend: REAL }, idleMinutes: 5, language: "nl", modules: ["/file.so"] }
    const environment = {
      VRIJGAVE_IDLE_MINUTES: "7",
      VRIJGAVE_LANGUAGE: "en",
      VRIJGAVE_MODULES: ["/a.so", "/b.so"].join(delimiter),
    }
    const config = readConfig(sources({ policy: { idleMinutes: 2 }, file, environment }))
    expect(config).toMatchObject({
      idleMinutes: 2,
      language: "en",
      modules: ["/a.so", "/b.so"],
      managed: ["idleMinutes"],
    })
  })

  test.each([
    ["without a backend", {}, "No backend is set for production"],
    ["with a setting that nobody knows", { file: { idleMinuets: 5 } }, "desk.json"],
    ["with a value that cannot be", { file: { idleMinutes: 0 } }, "idleMinutes"],
    ["with a variable that is no number", { environment: { VRIJGAVE_IDLE_MINUTES: "soon" } }, "VRIJGAVE_"],
    [
      "with an environment that there is not",
      { environment: { VRIJGAVE_ENVIRONMENT: "staging" } },
      "staging",
    ],
    ["with a backend that is no address", { file: { production: { backend: "backend" } } }, "no address"],
  ])("%s keeps the desk from starting, and says why", (_, given, why) => {
    expect(refusal(given)).toContain(why)
  })

  test("that is no JSON keeps the desk from starting", () => {
    const file = { name: "desk.json", text: "{" }
    expect(() => readConfig({ ...sources({}), file })).toThrow("desk.json: it is no JSON")
  })
})

describe("practice and production", () => {
  const both = { production: { backend: REAL }, practice: { backend: PRACTICE } }

  test("each have their own side of the file, and their own data", () => {
    expect(readConfig(sources({ file: both }))).toMatchObject({ environment: "production", backend: REAL })
    expect(readConfig(sources({ file: both, practice: true }))).toMatchObject({
      environment: "practice",
      backend: PRACTICE,
    })
    const asked = { userData: "/data", isNamed: false, named: undefined, practice: true }
    expect(dataFolder(asked, "practice")).toBe("/data-practice")
    expect(dataFolder(asked, "production")).toBe("/data")
  })

  test.each([
    ["practice at a backend for real", { practice: true, file: { practice: { backend: REAL } } }],
    ["practice at it by a variable", { practice: true, environment: { VRIJGAVE_BACKEND: REAL } }],
    [
      "practice at it by a variable over a file that is right",
      { practice: true, file: both, environment: { VRIJGAVE_BACKEND: REAL } },
    ],
    ["production at one for practice", { file: { production: { backend: PRACTICE } } }],
    ["production at this computer", { file: { production: { backend: "https://localhost" } } }],
    ["both at one host", { file: { production: { backend: REAL }, practice: { backend: `${REAL}:8443` } } }],
    [
      "practice where a policy allows production only",
      { practice: true, policy: { environment: "production" }, file: both },
    ],
  ])("are not mixed up: %s", (_, given) => {
    expect(refusal(given)).not.toBe("")
  })

  test.each([
    ["http://127.0.0.1:8080", true],
    ["http://[::1]:8080", true],
    ["https://oefen.backend.nl", true],
    ["https://test-2.backend.nl", true],
    ["https://backend.example", true],
    ["https://backend.nl", false],
    ["https://protest.nl", false],
    ["https://backend.nl/oefen", false],
    ["https://oefen@backend.nl", false],
    ["nonsense", false],
  ])("are told apart by the name of the host: %s", (origin, is) => {
    expect(isPracticeOrigin(origin)).toBe(is)
  })

  test("each believe their own cards alone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "vrijgave-config-"))
    whenFileIsDone(() => rm(directory, { recursive: true, force: true }))
    const trust = join(directory, "trust.json")
    await writeFile(trust, JSON.stringify(printTrustProfile((await testPki()).trust)))
    const read = (environment: "production" | "practice", file: string | undefined) =>
      readTrust(nodeCrypto, { environment, trust: file }, join(directory, "built-in.json"))
    expect((await read("practice", trust)).environment.name).toBe("test")
    await expect(read("production", trust)).rejects.toThrow("this trust profile is for test")
    await expect(read("production", undefined)).rejects.toThrow("no other trust profile is set")
    await writeFile(trust, "{}")
    await expect(read("practice", trust)).rejects.toThrow("this is no trust profile")
  })
})

describe("where a configuration comes from", () => {
  test("a file that was named must be there, the usual one need not", async () => {
    const userData = await mkdtemp(join(tmpdir(), "vrijgave-config-"))
    whenFileIsDone(() => rm(userData, { recursive: true, force: true }))
    const paths = { platform: "linux", variables: {}, userData, practice: false } as const
    expect(readSources({ ...paths, named: undefined }).file).toBeUndefined()
    expect(() => readSources({ ...paths, named: join(userData, "no.json") })).toThrow("there is no such file")
    await writeFile(join(userData, "desk.json"), "{}")
    expect(readSources({ ...paths, named: undefined }).file?.text).toBe("{}")
  })

  test("a policy lies where only an administrator writes", () => {
    expect(policyPath("linux", {})).toBe("/etc/vrijgave/policy.json")
    expect(policyPath("win32", { ProgramFiles: "D:\\Programs" })).toBe("D:\\Programs\\Vrijgave\\policy.json")
    expect(policyPath("darwin", {})).toBe("/Library/Application Support/Vrijgave/policy.json")
  })
})
