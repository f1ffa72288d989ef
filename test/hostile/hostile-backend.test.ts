import { beforeAll, expect, test } from "vitest"
import type { Desk } from "../../src-main/consult/desk.ts"
import { nodeCrypto } from "../../src-crypto/node-crypto.ts"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { readBackWords } from "../../src-protocol/read-back.ts"
import { englishWords } from "../../src-protocol/trustwords/english.ts"
import type { PhoneView } from "../../src-phone/phone-view.ts"
import { castOfFile } from "../backend/support/cast.ts"
import { openDeskWorld, type DeskWorld } from "../desk/support/desk-world.ts"
import { forwardTo, openHostileServer, type HostileServer } from "../desk/support/hostile-server.ts"
import { scriptCard, SOFT_PIN, SOFT_SERIAL } from "../desk/support/soft-card-host.ts"
import { codeShown, signFor, testPhone, type TestPhone } from "../phone/support/phones.ts"

const cast = castOfFile()
let server: HostileServer
let world: DeskWorld
beforeAll(async () => {
  server = await openHostileServer()
  world = await openDeskWorld({}, server.origin)
})

const PIN = () => new TextEncoder().encode(SOFT_PIN)

/** What the hostile backend answers instead of the honest one behind it; `undefined` passes the call on. */
type Lie = (call: string, body: Buffer) => Promise<{ status: number; json: object } | undefined>

function lie(what: Lie): void {
  server.behave(async (request, response, body) => {
    const told = await what(`${request.method ?? ""} ${request.url ?? ""}`, body)
    if (told === undefined) return forwardTo(() => world.backend.origin)(request, response, body)
    const type = "application/json"
    response.writeHead(told.status, { "content-type": type }).end(JSON.stringify(told.json))
  })
}

async function honest(call: string, token: string): Promise<Record<string, unknown>> {
  const answer = await fetch(new URL(call, world.backend.origin), { headers: { authorization: token } })
  const json: unknown = await answer.json()
  return Object.fromEntries(Object.entries(json ?? {}))
}

async function signedIn(): Promise<Desk> {
  const desk = world.desk(scriptCard(cast.get().doctor).host, { origin: server.origin })
  await desk.signIn(SOFT_SERIAL, PIN())
  return desk
}

async function registered(): Promise<TestPhone & { readonly view: PhoneView }> {
  const made = await testPhone(server.origin, world.pki.trust)
  return { ...made, view: await made.phone.register() }
}

/** From now on the desk is shown `hash` for whatever it looks up, and its package goes straight to the phone. */
function swap(hash: string): { readonly package: () => Uint8Array | undefined } {
  let kept: Buffer | undefined
  server.behave(async (request, response, body) => {
    const [method, url = ""] = [request.method, request.url]
    const json = (status: number, content: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content))
    if (method === "GET" && /^\/v1\/disclosures\/\d{6}$/.test(url)) {
      const found = await honest(url, request.headers.authorization ?? "")
      return void json(200, { ...found, hash })
    }
    if (method === "PUT") {
      kept = body
      return void json(201, { state: "authorised", statusToken: "A".repeat(43) })
    }
    if (method === "GET" && url.includes("/authorisation") && kept !== undefined)
      return void json(200, { authorisation: base64UrlOf(kept) })
    return forwardTo(() => world.backend.origin)(request, response, body)
  })
  return { package: () => kept }
}

test("a backend that shows the desk another's hash is found out by the read-back words, before the PIN", async () => {
  lie(() => Promise.resolve(undefined))
  const [patient, attacker] = [await registered(), await world.register()]
  const desk = await signedIn()
  swap(attacker.hash)
  await desk.lookUp(codeShown(patient.view))
  const shown = await desk.readBackWords(englishWords)
  expect(shown).not.toEqual(patient.view.code?.readBackWords)
  expect(shown).toEqual(await readBackWords(nodeCrypto, attacker.hash, codeShown(patient.view), englishWords))
  await desk.reviewSigner()
  expect(() => {
    desk.confirm({ readBack: false, consent: true })
  }).toThrow("READ_BACK_DIFFERS")
})

test("where nobody compared the words, the phone refuses the package and keeps its keys, and the attacker cannot publish by it", async () => {
  lie(() => Promise.resolve(undefined))
  const [patient, attacker] = [await registered(), await world.register()]
  const { seed } = await patient.state()
  const desk = await signedIn()
  const swapped = swap(attacker.hash)
  await desk.lookUp(codeShown(patient.view))
  await desk.reviewSigner()
  desk.confirm({ readBack: true, consent: true })
  const { verdict } = await desk.sign(PIN())
  expect(verdict.hash).toBe(attacker.hash)
  await desk.post()
  expect(swapped.package()).toBeDefined()

  const view = await patient.phone.wait()
  expect(view).toMatchObject({ situation: "registered-after-mismatch" })
  expect(await patient.state()).toMatchObject({ seed, disclosure: { mismatch: { reason: "hash-mismatch" } } })
  // What was signed has the patient's ten digits: no data of the attacker's can have been bound to them.
  expect(verdict.reference).not.toBe(attacker.code.reference)
})

test("a backend that hands the phone another patient's package, or one for its hash under other digits, is refused", async () => {
  lie(() => Promise.resolve(undefined))
  const [patient, other] = [await registered(), await registered()]
  const { doctor } = cast.get()
  const code = codeShown(patient.view)
  const changed = { ...code, confirmation: code.confirmation === "0000" ? "0001" : "0000" }
  const lies = [
    ["hash-mismatch", await signFor(other.view, doctor.signature)],
    ["confirmation-mismatch", await signFor(patient.view, doctor.signature, { code: changed })],
  ] as const
  for (const [reason, authorisation] of lies) {
    lie((call) =>
      Promise.resolve(
        call.includes("/authorisation")
          ? { status: 200, json: { authorisation: base64UrlOf(authorisation) } }
          : undefined,
      ),
    )
    await patient.phone.wait()
    const { disclosure } = await patient.state()
    expect(disclosure).toMatchObject({ step: "registered", mismatch: { reason } })
  }
})
