import { expect, test } from "vitest"
import { InFlight } from "../../src-main/desk-window/in-flight.ts"
import type { StateEvent } from "../../src-protocol/api.ts"

test("of the consults that went well the newest thirty stay on the list, and every one that did not", async () => {
  let id = 0
  const inFlight = new InFlight({
    desk: {
      async *watch({ reference }): AsyncGenerator<StateEvent, void, undefined> {
        await Promise.resolve()
        yield reference === "000000" ? { state: "withdrawn" } : { state: "confirmed" }
      },
    },
    clock: () => 0,
    newId: () => String(id++),
    onChange: () => undefined,
  })
  for (let consult = 0; consult < 40; consult++) {
    inFlight.add({ reference: String(consult).padStart(6, "0"), statusToken: "" })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const shown = inFlight.all.map(({ id: one }) => Number(one))
  // Newest first: the fortieth, which was not confirmed yet when it was added, and the thirty before it.
  expect(shown).toEqual([...Array.from({ length: 31 }, (_, index) => 39 - index), 0])
})
