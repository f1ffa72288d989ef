import { base64UrlOf } from "../../../../src-protocol/bytes.ts"
import { softCard } from "../../../../src-testkit/cards/soft-signer.ts"
import {
  askNonce,
  authorise,
  authorised,
  drawDisclosure,
  registered,
  signIn,
  webEidToken,
} from "../../../backend/support/actors.ts"
import { openWorld, type World } from "../../../backend/support/world.ts"
import type { Target } from "../target.ts"
import { mustHold, type FuzzWorld } from "./fuzz-world.ts"

const ENDLESS = 1_000_000_000
const SETTINGS = {
  registrationsPerIpv4PerHour: ENDLESS,
  callsPerAddressPerMinute: ENDLESS,
  lookUpsPerClinicianPerHour: ENDLESS,
  attemptsPerClinicianPerHour: ENDLESS,
  authorisationsPerClinicianPerDay: ENDLESS,
  longestWaitSeconds: 0,
}
const VOCABULARY = [
  "src-protocol/api.ts",
  "src-protocol/reasons.ts",
  "src-backend/http/",
  "src-backend/app.ts",
]

interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  readonly url: string
  readonly type?: string
  readonly bearer?: string
}

/** A backend of its own that is sent any body, path and header: it answers, and never that the fault is its own. */
export async function httpTargets({ pki }: FuzzWorld): Promise<readonly Target[]> {
  const world = await openWorld(pki, { settings: SETTINGS })
  const card = await softCard({
    pki,
    profile: "arts",
    name: "Jannie Tester",
    at: Date.now(),
    keyKind: "p-256",
  })
  const session = await signIn(world, card)
  const phone = await registered(world)
  const { hash, pickupHash } = await drawDisclosure(world)
  const authorisation = await authorise(world, card, phone)
  const token = await webEidToken(card.authentication, await askNonce(world))
  const at = `/v1/disclosures/${phone.code.reference}`
  const smime = "application/pkcs7-mime"
  const accepted = await authorised(world, card, session)
  const publication = {
    opaque: base64UrlOf(accepted.phone.opaque),
    authorisation: base64UrlOf(accepted.authorisation),
  }
  const received = (await authorised(world, card, session)).phone
  const receipt = `/v1/disclosures/${received.code.reference}/receipt`
  const targets = [
    body(world, "http-register", { method: "POST", url: "/v1/disclosures" }, [
      { reference: "000001", hash, pickupHash },
    ]),
    body(world, "http-receipt", { method: "POST", url: receipt, bearer: received.pickupKey }, [
      { accepted: true },
      { accepted: false, reason: "bad-signature" },
    ]),
    body(world, "http-publish", { method: "POST", url: "/v1/publications" }, [publication]),
    signInTarget(world, token),
    bytesTarget(
      world,
      "http-accept",
      { method: "PUT", url: `${at}/authorisation`, type: smime, bearer: session },
      authorisation,
    ),
    requestTarget(world, [session, phone.pickupKey], phone.code.reference),
  ]
  return targets.map((target, i) =>
    // The one backend closes with the last of them.
    i === targets.length - 1 ? { ...target, close: () => world.close() } : target,
  )
}

function body(world: World, name: string, call: Call, seeds: readonly object[]): Target {
  return {
    ...bytesTarget(world, name, call, new Uint8Array()),
    shape: "json",
    seeds: seeds.map((seed) => new TextEncoder().encode(JSON.stringify(seed))),
  }
}

function bytesTarget(world: World, name: string, call: Call, seed: Uint8Array): Target {
  return {
    name,
    shape: "smime",
    seeds: [seed],
    vocabulary: VOCABULARY,
    read: (input) => send(world, call, input),
    refuses: () => false,
  }
}

/** Each token comes with a nonce that was drawn for it: one that is used up would end the call before it is read. */
function signInTarget(world: World, token: Record<string, unknown>): Target {
  const call = { method: "POST", url: "/v1/sessions" } as const
  return {
    ...body(world, "http-sign-in", call, [token]),
    read: async (input) => {
      const text = `{"nonce":${JSON.stringify(await askNonce(world))},"token":${new TextDecoder().decode(input)}}`
      await send(world, call, new TextEncoder().encode(text))
    },
  }
}

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const

/** The first line is method, path and bearer, the second the media type; what follows is the body. */
function requestTarget(world: World, bearers: readonly string[], reference: string): Target {
  const seeds = [
    ...bearers.flatMap((bearer) => [
      `0 /v1/disclosures/${reference} ${bearer}\napplication/json\n`,
      `0 /v1/disclosures/${reference}/authorisation?wait=0 ${bearer}\n\n`,
      `3 /v1/sessions/current/ ${bearer}\n\n`,
    ]),
    "0 /v1/batches x\n\n",
    "0 /v1/batches/3 x\n\n",
    "0 /v1/crls/0011223344 x\n\n",
    "1 /v1/sessions/challenge x\napplication/json\n{}",
    '1 /v1/disclosures x\napplication/json; charset=utf-8\n{"reference":"000001"}',
  ]
  return {
    name: "http-request",
    shape: "bytes",
    seeds: seeds.map((seed) => new TextEncoder().encode(seed)),
    vocabulary: VOCABULARY,
    refuses: () => false,
    read: async (input) => {
      const text = Buffer.from(input).toString("latin1")
      const [line = "", type = "", ...rest] = text.split("\n")
      const [method = "", path = "", bearer = ""] = line.split(" ")
      const call = {
        method: METHODS[method.charCodeAt(0) & 3] ?? "GET",
        url: `/${path.replace(/[^\x21-\x7e]/g, "").replace(/^\/+/, "")}`,
        type: type.replace(/[^\x20-\x7e]/g, ""),
        bearer: bearer.replace(/[^\x21-\x7e]/g, ""),
      }
      // Streams of events end when the disclosure does, and sessions are not to end here.
      if (!/events|current$/.test(call.url)) await send(world, call, Buffer.from(rest.join("\n"), "latin1"))
    },
  }
}

async function send(world: World, call: Call, payload: Uint8Array): Promise<void> {
  const { method, url, type = "application/json", bearer } = call
  const response = await world.app.inject({
    method,
    url,
    headers: {
      ...(type === "" ? {} : { "content-type": type }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(payload.length === 0 ? {} : { payload: Buffer.from(payload) }),
  })
  const { statusCode } = response
  const isHonest = statusCode === 503 && response.payload.includes("urn:vrijgave:problem:revocation-unknown")
  mustHold(statusCode < 500 || isHonest, `an answer with status ${statusCode} to ${method}`)
}
