import { EventEmitter } from "node:events"
import { expect, test } from "vitest"
import { readSecretLine, type SecretInput } from "../../src-cli/read-secret-line.ts"

/** A keyboard that notes whether what is typed would be shown. */
class Keyboard extends EventEmitter implements SecretInput {
  readonly modes: boolean[] = []
  readonly resumed: boolean[] = []
  setRawMode(mode: boolean): void {
    this.modes.push(mode)
  }
  resume(): void {
    this.resumed.push(true)
  }
  pause(): void {
    this.resumed.push(false)
  }
  /** Answers the chunk as it is afterwards. */
  type(text: string): Uint8Array {
    const chunk = new TextEncoder().encode(text)
    this.emit("data", chunk)
    return chunk
  }
}

function begin(): { keyboard: Keyboard; written: string[]; line: Promise<string> } {
  const keyboard = new Keyboard()
  const written: string[] = []
  const line = readSecretLine("PIN: ", keyboard, (text) => written.push(text))
  return { keyboard, written, line: line.then((bytes) => new TextDecoder().decode(bytes)) }
}

test("what is typed up to Enter is answered, and shown nowhere", async () => {
  const { keyboard, written, line } = begin()
  keyboard.type("12")
  keyboard.type("3456\r")
  expect(await line).toBe("123456")
  expect(written).toEqual(["PIN: ", "\n"])
  expect(keyboard.modes).toEqual([true, false])
  expect(keyboard.resumed).toEqual([true, false])
})

test("backspace takes one character back, and none where there is none", async () => {
  const { keyboard, line } = begin()
  keyboard.type("\u007f12\b34\u007f5\n")
  expect(await line).toBe("135")
})

test("the bytes that came from the keyboard are wiped", async () => {
  const { keyboard, line } = begin()
  const first = keyboard.type("1234")
  const last = keyboard.type("56\rmore")
  await line
  expect([...first, ...last].every((byte) => byte === 0)).toBe(true)
})

test.each(["\u0003", "12\u0003", "\u0004"])("%j stops, and echo is on again", async (typed) => {
  const { keyboard, line } = begin()
  keyboard.type(typed)
  await expect(line).rejects.toMatchObject({ code: "failed", exitCode: 1 })
  expect(keyboard.modes).toEqual([true, false])
})
