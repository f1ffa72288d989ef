import { request } from "node:http"
import { buffer } from "node:stream/consumers"
import { expect, test } from "vitest"
import { HOUR } from "../../src-protocol/instant.ts"
import { authorised, publish, registered, sendReceipt, signIn, withdraw } from "../backend/support/actors.ts"
import { castOfFile, inWorld } from "../backend/support/cast.ts"
import type { World } from "../backend/support/world.ts"

const cast = castOfFile()

interface Asked {
  readonly method: string
  readonly path: string
  readonly bearer: string
  readonly json?: string
}

/** All that a stranger sees of an answer on the wire, in its order, but the value of `Date`. */
async function onTheWire(origin: string, { method, path, bearer, json }: Asked): Promise<object> {
  const headers = {
    authorization: `Bearer ${bearer}`,
    ...(json === undefined ? {} : { "content-type": "application/json" }),
  }
  const answer = await new Promise<object>((resolve, reject) => {
    const asking = request(new URL(path, origin), { method, headers, agent: false }, (response) => {
      const { statusCode, statusMessage, rawHeaders, rawTrailers, httpVersion } = response
      buffer(response).then((body) => {
        const shown = rawHeaders.map((text, i) => (rawHeaders[i - 1]?.toLowerCase() === "date" ? "…" : text))
        resolve({ httpVersion, statusCode, statusMessage, shown, rawTrailers, body: body.toString("latin1") })
      }, reject)
    })
    asking.on("error", reject)
    asking.end(json)
  })
  return answer
}

/** References with all kinds of pasts, none of which is the stranger's to know. */
async function pasts(world: World): Promise<ReadonlyMap<string, string>> {
  const { colleague } = cast.get()
  const session = await signIn(world, colleague)
  const expired = await registered(world)
  world.advance(4 * HOUR)
  await world.freshCrls()
  const withdrawn = await registered(world)
  await withdraw(world, withdrawn)
  const refused = await authorised(world, colleague, session)
  await sendReceipt(world, refused.phone, { accepted: false, reason: "bad-signature" })
  const waiting = await authorised(world, colleague, session)
  const confirmed = await authorised(world, colleague, session)
  await sendReceipt(world, confirmed.phone, { accepted: true })
  const used = await authorised(world, colleague, session)
  await sendReceipt(world, used.phone, { accepted: true })
  await publish(world, used.phone.opaque, used.authorisation)
  return new Map([
    ["unknown", "000000"],
    ["expired", expired.code.reference],
    ["withdrawn", withdrawn.code.reference],
    ["refused", refused.phone.code.reference],
    ["another's, authorised", waiting.phone.code.reference],
    ["another's, confirmed", confirmed.phone.code.reference],
    ["another's, used", used.phone.code.reference],
  ])
}

const STRANGERS_KEY = "A".repeat(43)
const CALLS: readonly (readonly [string, (reference: string, session: string) => Asked])[] = [
  ["find", (reference, bearer) => ({ method: "GET", path: `/v1/disclosures/${reference}`, bearer })],
  [
    "pick-up",
    (reference) => ({
      ...{ method: "GET", path: `/v1/disclosures/${reference}/authorisation`, bearer: STRANGERS_KEY },
    }),
  ],
  [
    "receipt",
    (reference) => ({
      ...{ method: "POST", path: `/v1/disclosures/${reference}/receipt`, bearer: STRANGERS_KEY },
      json: JSON.stringify({ accepted: true }),
    }),
  ],
  [
    "withdraw",
    (reference) => ({ method: "DELETE", path: `/v1/disclosures/${reference}`, bearer: STRANGERS_KEY }),
  ],
  [
    "events",
    (reference) => ({ method: "GET", path: `/v1/disclosures/${reference}/events`, bearer: STRANGERS_KEY }),
  ],
]

test("unknown, expired, used and others' references get the same answer on the wire, but for the clock", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const references = await pasts(world)
    const session = await signIn(world, doctor)
    const origin = await world.app.listen({ host: "127.0.0.1", port: 0 })
    for (const [call, asked] of CALLS) {
      const answers = new Map<string, object>()
      for (const [past, reference] of references)
        answers.set(`${call} ${past}`, await onTheWire(origin, asked(reference, session)))
      const [unknown] = answers.values()
      expect(unknown).toMatchObject({ statusCode: 404 })
      expect([...answers]).toEqual([...answers.keys()].map((name) => [name, unknown]))
    }
  })
})

test("with the right key of what is over, each call answers as for what never was", async () => {
  const { pki, doctor } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const gone = await authorised(world, doctor, await signIn(world, doctor))
    world.advance(72 * HOUR + 24 * HOUR)
    await world.freshCrls()
    const session = await signIn(world, doctor)
    const origin = await world.app.listen({ host: "127.0.0.1", port: 0 })
    for (const [call, asked] of CALLS) {
      const right = { find: session, events: gone.statusToken }[call] ?? gone.phone.pickupKey
      const { reference } = gone.phone.code
      const over = await onTheWire(origin, { ...asked(reference, session), bearer: right })
      const never = await onTheWire(origin, asked("000000", session))
      expect([call, over]).toEqual([call, never])
    }
  })
})
