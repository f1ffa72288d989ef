import { describe, expect, test } from "vitest"
import { PinState } from "../../native/virtual-card/pin-state.ts"

const [RIGHT, WRONG, PUK, NEW] = [padded("123456"), padded("654321"), padded("87654321"), padded("11223344")]

function padded(secret: string): Uint8Array {
  return Buffer.from(secret.padEnd(8, "\xff"), "latin1")
}

function both(first: Uint8Array, second: Uint8Array): Uint8Array {
  return Buffer.concat([first, second])
}

function newState(): PinState {
  return new PinState("123456", "87654321")
}

function blockedState(): PinState {
  const state = newState()
  for (let i = 0; i < 3; i += 1) state.verify(WRONG)
  return state
}

describe("a PIN has three tries", () => {
  test("the wrong one counts down 2, 1, 0, and then even the right one is refused", () => {
    const state = newState()
    expect([state.verify(WRONG), state.verify(WRONG), state.verify(WRONG)]).toEqual([0x63c2, 0x63c1, 0x63c0])
    expect(state.verify(RIGHT)).toBe(0x6983)
    expect(state.ask()).toBe(0x6983)
    expect(state.counters).toEqual({ pinTries: 0, pukTries: 3, pinVerified: false })
  })

  test("the right one sets the counter back", () => {
    const state = newState()
    state.verify(WRONG)
    expect(state.ask()).toBe(0x63c2)
    expect(state.verify(RIGHT)).toBe(0x9000)
    expect(state.ask()).toBe(0x9000)
    state.forget()
    expect(state.ask()).toBe(0x63c3)
  })

  test("a wrong one takes back what the right one gave", () => {
    const state = newState()
    state.verify(RIGHT)
    state.verify(WRONG)
    expect(state.isVerified).toBe(false)
  })

  test.each([
    ["five digits", padded("12345")],
    ["letters", padded("abcdef")],
    ["no filling", Buffer.from("123456")],
    ["nine bytes", Buffer.from("123456789")],
    ["a digit after the filling", Buffer.from("123456\xff1", "latin1")],
    ["zeroes as filling", Buffer.from("123456\0\0", "latin1")],
  ])("one with %s is refused without being counted", (_, candidate) => {
    const state = newState()
    expect(state.verify(candidate)).toBe(0x6a80)
    expect(state.counters.pinTries).toBe(3)
  })
})

describe("a PIN is changed with the old one", () => {
  test("the new one counts from then on, and is verified", () => {
    const state = newState()
    expect(state.changePin(both(RIGHT, NEW))).toBe(0x9000)
    expect(state.isVerified).toBe(true)
    expect([state.verify(RIGHT), state.verify(NEW)]).toEqual([0x63c2, 0x9000])
  })

  test("a wrong old one costs a try", () => {
    const state = newState()
    expect(state.changePin(both(WRONG, NEW))).toBe(0x63c2)
    expect(state.verify(RIGHT)).toBe(0x9000)
  })

  test.each([
    ["a new one of five digits", both(RIGHT, padded("12345"))],
    ["no new one", RIGHT],
    ["nothing", new Uint8Array()],
  ])("with %s it is refused without a try", (_, data) => {
    const state = newState()
    expect(state.changePin(data)).toBe(0x6a80)
    expect(state.counters.pinTries).toBe(3)
  })

  test("not on a card that is blocked", () => {
    expect(blockedState().changePin(both(RIGHT, NEW))).toBe(0x6983)
  })
})

describe("a PUK gives a blocked card a new PIN", () => {
  test("which is not verified by that", () => {
    const state = blockedState()
    expect(state.unblock(both(PUK, NEW))).toBe(0x9000)
    expect(state.counters).toEqual({ pinTries: 3, pukTries: 3, pinVerified: false })
    expect([state.verify(RIGHT), state.verify(NEW)]).toEqual([0x63c2, 0x9000])
  })

  test("three wrong ones, and the card is dead for good", () => {
    const state = blockedState()
    const wrong = both(RIGHT, NEW)
    expect([state.unblock(wrong), state.unblock(wrong), state.unblock(wrong)]).toEqual([
      0x63c2, 0x63c1, 0x63c0,
    ])
    expect(state.unblock(both(PUK, NEW))).toBe(0x6983)
    expect(state.counters).toEqual({ pinTries: 0, pukTries: 0, pinVerified: false })
  })

  test("it can be changed itself", () => {
    const state = newState()
    expect(state.changePuk(both(PUK, NEW))).toBe(0x9000)
    expect([state.unblock(both(PUK, RIGHT)), state.unblock(both(NEW, RIGHT))]).toEqual([0x63c2, 0x9000])
  })

  test("a malformed new PIN costs no try of the PUK", () => {
    const state = newState()
    expect(state.unblock(both(PUK, padded("12345")))).toBe(0x6a80)
    expect(state.counters.pukTries).toBe(3)
  })
})

test.each([
  ["12345", "87654321"],
  ["123456789", "87654321"],
  ["12345a", "87654321"],
  ["123456", "8765"],
])("no card is made with PIN %s and PUK %s", (pin, puk) => {
  expect(() => new PinState(pin, puk)).toThrow(RangeError)
})
