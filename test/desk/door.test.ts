import { describe, expect, test } from "vitest"
import { isFromWindow } from "../../src-main/app/from-window.ts"
import { DeskError, ownProblem } from "../../src-main/desk-problem.ts"
import { answer, serveContract, type Desk, type Handlers } from "../../src-main/ipc/serve-contract.ts"
import { CALLS, channelOf, type CallName } from "../../src-preload/contract.ts"

const NAMES = Object.keys(CALLS)

/** A door whose handlers note what they were called with. */
function openDoor(isOurs = true, built: Promise<unknown> = Promise.resolve()) {
  const called: [string, unknown][] = []
  const noting = NAMES.map((name) => [
    name,
    (argument: unknown) => {
      called.push([name, argument])
      return `${name} done`
    },
  ])
  const desk: Desk = {
    // Sound for a test: each call of the table has a handler.
    handlers: Object.fromEntries(noting) as Handlers,
    describe: (error) => ({
      code: error instanceof DeskError ? error.problem.code : "UNEXPECTED",
      title: "",
      sentence: error instanceof Error ? error.message : "",
      steps: [],
      retriable: false,
    }),
  }
  const channels = new Map<string, (event: unknown, ...given: unknown[]) => unknown>()
  serveContract(
    // Sound for a test: only `handle` is used, and its listener is called as Electron calls it.
    { handle: (channel: string, listener: never) => void channels.set(channel, listener) },
    { isOurs: () => isOurs, desk: built.then(() => desk) },
  )
  const ask = async (name: string, ...given: unknown[]): Promise<unknown> =>
    await channels.get(channelOf(name))?.({}, ...given)
  return { desk, called, channels, ask }
}

const GOOD: Readonly<Partial<Record<CallName, unknown>>> = {
  signIn: { card: "1", pin: new Uint8Array([49]) },
  understand: { text: "1" },
  lookUp: { text: "1" },
  chooseReadBackLanguage: { language: "nl" },
  sign: {},
  openConsult: { id: "1" },
  dismissConsult: { id: "1" },
  discardOutboxEntry: { id: "1" },
  copyReport: { code: "PIN_WRONG" },
  chooseSettings: { idleMinutes: 5 },
  correctBirthDate: { dossier: "D-17", birthDate: "19700901" },
}
const WITH_ARGUMENT = Object.keys(GOOD)
const WITHOUT_ARGUMENT = NAMES.filter((name) => !WITH_ARGUMENT.includes(name))

describe("the door", () => {
  test("has a channel a call of the table, and not one more", () => {
    expect([...openDoor().channels.keys()].sort()).toEqual(NAMES.map(channelOf).sort())
  })

  test("hands each call its parsed argument, and its answer back", async () => {
    const { ask, called } = openDoor()
    for (const name of NAMES) {
      // A property of an object that is indexed by the table's names.
      const argument = Object.entries(GOOD).find(([given]) => given === name)?.[1]
      expect(await ask(name, argument)).toEqual({ ok: true, answer: `${name} done` })
    }
    expect(called.map(([name]) => name)).toEqual(NAMES)
  })

  test("refuses a caller that is not our window, before it looks at what was given", async () => {
    const { ask, called } = openDoor(false)
    for (const name of NAMES) await expect(ask(name, {})).rejects.toThrow(/^refused$/)
    expect(called).toEqual([])
  })

  test("is there before the desk is: a call waits for it, and who is not our window does not", async () => {
    const built = Promise.withResolvers<undefined>()
    const { ask, called, channels } = openDoor(true, built.promise)
    expect(channels.size).toBe(NAMES.length)
    const early = ask("readState")
    await expect(openDoor(false, built.promise).ask("readState")).rejects.toThrow(/^refused$/)
    expect(called).toEqual([])
    built.resolve(undefined)
    expect(await early).toEqual({ ok: true, answer: "readState done" })
  })

  test.each(WITHOUT_ARGUMENT.map((name) => [name]))("takes nothing with %s", async (name) => {
    const { ask, called } = openDoor()
    for (const given of [null, 0, "", {}, [], { __proto__: null }])
      expect(await ask(name, given)).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
    expect(await ask(name, undefined, "more")).toMatchObject({ ok: false })
    expect(called).toEqual([])
  })

  test.each(WITH_ARGUMENT.map((name) => [name]))(
    "takes no other argument than the table's with %s",
    async (name) => {
      const { ask, called } = openDoor()
      const good = Object.entries(GOOD).find(([given]) => given === name)?.[1]
      const fields = Object.entries(typeof good === "object" && good !== null ? good : {})
      const more = Object.fromEntries([...fields, ["more", 1]])
      const own = Object.fromEntries<unknown>(fields)
      Object.defineProperty(own, "__proto__", { value: { isAdmin: true }, enumerable: true })
      const wrong = [
        null,
        5,
        "text",
        [good],
        more,
        own,
        { card: 1, text: 1, id: 1, code: 1, pin: "123456", language: 1 },
      ]
      for (const given of wrong)
        expect(await ask(name, given)).toMatchObject({ ok: false, problem: { code: "OUT_OF_ORDER" } })
      expect(called).toEqual([])
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  )

  test.each([
    ["a text that is too long", "lookUp", { text: "1".repeat(2_049) }],
    ["a PIN that is text", "sign", { pin: "123456" }],
    ["a PIN of a foreign kind of bytes", "sign", { pin: [49, 50] }],
    ["a PIN that is too long", "sign", { pin: new Uint8Array(65) }],
    ["more minutes than there may be", "chooseSettings", { idleMinutes: 61 }],
    ["a language that there is not", "chooseSettings", { language: "de" }],
    ["a birth date with dashes", "correctBirthDate", { dossier: "D-17", birthDate: "1970-09-01" }],
    ["a birth date of other digits", "correctBirthDate", { dossier: "D-17", birthDate: "１９７００９０１" }],
    ["a reference that is a path", "correctBirthDate", { dossier: "../D-17", birthDate: "19700901" }],
    ["a reference that is too long", "correctBirthDate", { dossier: "D".repeat(41), birthDate: "19700901" }],
  ] as const)("refuses %s", async (_, name, given) => {
    const { ask, called } = openDoor()
    expect(await ask(name, given)).toMatchObject({ ok: false })
    expect(called).toEqual([])
  })

  test("wipes a PIN whatever becomes of the call, and repeats nothing of it", async () => {
    const pins = [1, 2, 3].map(() => new TextEncoder().encode("482915"))
    const [first, second, third] = pins
    const { ask, desk } = openDoor()
    await ask("signIn", { card: "1", pin: first })
    const refused = await ask("signIn", { card: 1, pin: second })
    const failing = () => Promise.reject(new DeskError(ownProblem("UNEXPECTED", "no")))
    const handlers = { ...desk.handlers, sign: failing }
    expect(await answer({ ...desk, handlers }, "sign", [{ pin: third }])).toMatchObject({ ok: false })
    for (const pin of pins) expect(pin.every((byte) => byte === 0)).toBe(true)
    expect(JSON.stringify(refused)).not.toContain("482915")
  })

  test("answers a problem for whatever a handler throws", async () => {
    const { desk } = openDoor()
    for (const thrown of [new TypeError("x"), new Error(""), new DeskError(ownProblem("UNEXPECTED", ""))]) {
      const goBack = () => {
        throw thrown
      }
      const handlers = { ...desk.handlers, goBack }
      expect(await answer({ ...desk, handlers }, "goBack", [undefined])).toMatchObject({
        ok: false,
        problem: { code: "UNEXPECTED" },
      })
    }
  })
})

describe("a call is from our window", () => {
  const webContents = {}
  const frame = { url: "app://desk/index.html", parent: null }
  const from = (caller: object, isDestroyed = false): boolean => {
    // Sound for a test: nothing else of the window is looked at.
    const window = { webContents, isDestroyed: () => isDestroyed } as never
    // Sound for a test: nothing else of the caller is looked at.
    const called = { sender: webContents, senderFrame: frame, ...caller } as never
    return isFromWindow(window, called)
  }

  test("where its main frame is on our own page", () => {
    expect(from({})).toBe(true)
    expect(from({ senderFrame: { ...frame, url: "app://desk/index.html#settings" } })).toBe(true)
  })

  test.each([
    ["another window's page", { sender: {} }],
    ["a frame that is gone", { senderFrame: null }],
    ["a frame within the page", { senderFrame: { ...frame, parent: {} } }],
    ["a page of the web", { senderFrame: { ...frame, url: "https://desk/index.html" } }],
    ["another host of our scheme", { senderFrame: { ...frame, url: "app://desk.evil/index.html" } }],
    ["a name before ours", { senderFrame: { ...frame, url: "app://user@desk/index.html" } }],
    ["a file", { senderFrame: { ...frame, url: "file:///app/desk/index.html" } }],
    ["an empty page", { senderFrame: { ...frame, url: "about:blank" } }],
    ["a page that is no address", { senderFrame: { ...frame, url: "" } }],
  ])("and not where it is of %s", (_, caller) => {
    expect(from(caller)).toBe(false)
  })

  test("and not once the window is gone", () => {
    expect(from({}, true)).toBe(false)
  })
})
