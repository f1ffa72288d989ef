import { pathToFileURL } from "node:url"
import { describe, expect, test } from "vitest"
import { endWhenDone } from "../../src-main/app/end-when-done.ts"
import { forkUtilityProcess } from "../../src-main/app/fork-utility-process.ts"
import { keyRing } from "../../src-main/app/vault.ts"

/** Electron's safeStorage as this test has it. */
function storage(
  isAvailable: boolean,
  backend: ReturnType<Parameters<typeof keyRing>[0]["getSelectedStorageBackend"]>,
) {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed ${text}`)),
    decryptStringAsync: (sealed: Buffer) =>
      Promise.resolve({ shouldReEncrypt: false, result: sealed.toString().slice("sealed ".length) }),
  }
}

describe("the key ring", () => {
  test("gives back what it encrypted, and shows none of it", async () => {
    const vault = await keyRing(storage(true, "gnome_libsecret"), "linux")
    const plain = new TextEncoder().encode("a package")
    const sealed = (await vault?.seal(plain)) ?? new Uint8Array()
    expect(Buffer.from(sealed).toString()).not.toContain("a package")
    expect(await vault?.open(sealed)).toEqual(plain)
  })

  test.each(["basic_text", "unknown"] as const)("of Linux that is %s counts as none", async (backend) => {
    expect(await keyRing(storage(true, backend), "linux")).toBeUndefined()
    expect(await keyRing(storage(true, backend), "win32")).toBeDefined()
  })

  test.each(["linux", "win32", "darwin"] as const)("that is not there is none, on %s", async (platform) => {
    expect(await keyRing(storage(false, "gnome_libsecret"), platform)).toBeUndefined()
  })
})

describe("the card host's process", () => {
  test("is started with the short list of the environment, prints nowhere, and passes messages on", () => {
    const [posted, heard]: [unknown[], unknown[]] = [[], []]
    const listeners = new Map<string, (given: unknown) => void>()
    let [forked, killed] = ["", 0]
    const child = {
      postMessage: (message: unknown) => void posted.push(message),
      on: (name: string, listener: (given: unknown) => void) => listeners.set(name, listener),
      once: (name: string, listener: (given: unknown) => void) => listeners.set(name, listener),
      kill: () => ++killed > 0,
    }
    const fork = (...given: readonly unknown[]): unknown => {
      forked = JSON.stringify(given)
      return child
    }
    process.env["VRIJGAVE_TEST_PIN"] = "482915"
    try {
      const entry = pathToFileURL("/app/out/card-host/host-process.js")
      // Sound for a test: of a child process only these four are used, and `fork` answers this one.
      const channel = forkUtilityProcess(
        { fork } as Parameters<typeof forkUtilityProcess>[0],
        "card host",
      )(entry)
      expect(forked).toContain("/app/out/card-host/host-process.js")
      expect(forked).toContain('"stdio":"ignore"')
      expect(forked).not.toContain("482915")
      channel.send({ pin: new Uint8Array([1]) })
      channel.onMessage((message) => heard.push(message))
      channel.onExit((how) => heard.push(how))
      listeners.get("message")?.("hello")
      listeners.get("exit")?.(139)
      channel.kill()
    } finally {
      delete process.env["VRIJGAVE_TEST_PIN"]
    }
    expect({ posted, heard, killed }).toEqual({
      posted: [{ pin: new Uint8Array([1]) }],
      heard: ["hello", "exit code 139"],
      killed: 1,
    })
  })
})

describe("the end of the program", () => {
  /** Electron's app as far as ending goes: `quit` asks once more, and ends where nobody prevents it. */
  function scriptApp() {
    let listener: (event: { preventDefault: () => void }) => void = () => undefined
    const ended = Promise.withResolvers<undefined>()
    let asked = 0
    const app = {
      on: (_: "will-quit", given: typeof listener) => (listener = given),
      quit() {
        asked += 1
        const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) }
        listener(event)
        if (!event.defaultPrevented) ended.resolve(undefined)
      },
    }
    return { app, ended: ended.promise, asked: () => asked }
  }

  test("waits for what must not be left half done, and does it once", async () => {
    const { app, ended } = scriptApp()
    const done = Promise.withResolvers<undefined>()
    const order: string[] = []
    const finish = async (): Promise<void> => {
      order.push("begun")
      await done.promise
      order.push("done")
    }
    endWhenDone(app, finish, 60_000)
    app.quit()
    app.quit()
    expect(order).toEqual(["begun"])
    done.resolve(undefined)
    await ended
    expect(order).toEqual(["begun", "done"])
  })

  test.each([
    ["fails", () => Promise.reject(new Error("no network"))],
    ["never comes back", () => new Promise<never>(() => undefined)],
  ])("is not kept up by what %s", async (_, finish) => {
    const { app, ended, asked } = scriptApp()
    endWhenDone(app, finish, 20)
    app.quit()
    await ended
    expect(asked()).toBe(2)
  })
})
