import { beforeAll, describe, expect, test } from "vitest"
import { BackendClient } from "../../src-main/backend/backend-client.ts"
import { readServerSentEvents, type ServerSentEvent } from "../../src-main/backend/server-sent-events.ts"
import { problemType } from "../../src-protocol/problems.ts"
import {
  answerProblem,
  answerWith,
  openHostileServer,
  type Behaviour,
  type HostileServer,
} from "./support/hostile-server.ts"

const TOKEN = "A".repeat(43)
const JSON_TYPE = { "content-type": "application/json" }
const FOUND = JSON.stringify({
  hash: "ab".repeat(32),
  registeredAt: "2026-11-22T10:00:00.000Z",
  expiresAt: "2026-11-22T14:00:00.000Z",
  state: "registered",
  represented: false,
})

let server: HostileServer
let client: BackendClient

beforeAll(async () => {
  server = await openHostileServer()
  client = new BackendClient({ origin: server.origin, clock: () => Date.now(), timeoutMilliseconds: 500 })
})

function find(behaviour: Behaviour): ReturnType<BackendClient["find"]> {
  server.behave(behaviour)
  return client.find(TOKEN, "123456")
}

describe("an answer of the backend", () => {
  test("is parsed, and the difference of the clocks read off its date", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    const { disclosure, clockDifferenceMilliseconds } = await find(
      answerWith(200, { ...JSON_TYPE, date }, FOUND),
    )
    expect(disclosure.state).toBe("registered")
    expect(Math.round((clockDifferenceMilliseconds ?? 0) / 60_000)).toBe(60)
    expect(server.asked.at(-1)).toBe("GET /v1/disclosures/123456")
  })

  test.each([
    ["is no JSON", answerWith(200, JSON_TYPE, "<html>welcome to our Wi-Fi</html>")],
    ["is JSON under another name", answerWith(200, { "content-type": "text/html" }, FOUND)],
    ["lacks a field", answerWith(200, JSON_TYPE, FOUND.replace(/"hash":"[^"]*",/, ""))],
    ["has a field too many", answerWith(200, JSON_TYPE, FOUND.replace("{", '{"more":1,'))],
    ["has a hash of another form", answerWith(200, JSON_TYPE, FOUND.replace("abab", "ABAB"))],
    ["is empty", answerWith(200, JSON_TYPE)],
    ["has a status of success that the call does not have", answerWith(202, JSON_TYPE, FOUND)],
    ["is no UTF-8", answerWith(200, JSON_TYPE, Buffer.from([0x22, 0xff, 0x22]))],
  ])("that %s is not believed", async (_, behaviour) => {
    await expect(find(behaviour)).rejects.toMatchObject({ code: "malformed-answer", retriable: true })
  })

  test("that never ends is cut off", async () => {
    const endless = find((_, response) => {
      response.writeHead(200, JSON_TYPE)
      const more = (): void => {
        if (!response.destroyed) response.write(" ".repeat(65_536), more)
      }
      more()
    })
    await expect(endless).rejects.toMatchObject({ code: "answer-too-large" })
  })

  test("that trickles in for ever is given up, as is one that never comes", async () => {
    const trickle: Behaviour = (_, response) => {
      response.writeHead(200, JSON_TYPE)
      const timer = setInterval(() => response.write(" "), 50)
      response.on("close", () => {
        clearInterval(timer)
      })
    }
    await expect(find(trickle)).rejects.toMatchObject({ code: "timed-out", retriable: true })
    await expect(find(() => undefined)).rejects.toMatchObject({ code: "timed-out", retriable: true })
  })

  test("that points elsewhere is not followed, so that no token travels", async () => {
    const elsewhere = await openHostileServer()
    for (const status of [301, 302, 303, 307, 308]) {
      await expect(find(answerWith(status, { location: elsewhere.origin }))).rejects.toMatchObject({
        code: "redirected",
        status,
      })
    }
    expect(elsewhere.asked).toEqual([])
  })

  test("that breaks off is a failure of the network", async () => {
    const broken: Behaviour = (_, response) => {
      response.writeHead(200, { ...JSON_TYPE, "content-length": "1000" })
      response.write("{")
      response.destroy()
    }
    await expect(find(broken)).rejects.toMatchObject({ code: "unreachable", retriable: true })
  })

  test("that does not come because nobody listens is a failure of the network", async () => {
    const nobody = new BackendClient({ origin: "http://127.0.0.1:1", clock: () => Date.now() })
    await expect(nobody.challenge()).rejects.toMatchObject({ code: "unreachable", retriable: true })
  })
})

describe("a problem", () => {
  test("of ours keeps its code, reason, state and waiting time", async () => {
    const type = problemType("too-many-requests")
    await expect(find(answerProblem(429, type, {}, { "retry-after": "17" }))).rejects.toMatchObject({
      code: "too-many-requests",
      retriable: true,
      retryAfterSeconds: 17,
    })
    await expect(
      find(answerProblem(422, problemType("refused"), { reason: "certificate-revoked" })),
    ).rejects.toMatchObject({ code: "refused", reason: "certificate-revoked", retriable: false })
    await expect(find(answerProblem(410, problemType("gone"), { state: "withdrawn" }))).rejects.toMatchObject(
      {
        code: "gone",
        state: "withdrawn",
      },
    )
  })

  test.each([
    ["a 404 of a proxy", answerWith(404, { "content-type": "text/html" }, "not found")],
    ["a 404 of another's problem type", answerProblem(404, "about:blank")],
    ["a problem whose status is not the answer's", answerProblem(404, problemType("gone"), { status: 410 })],
    [
      "a problem under another media type",
      answerWith(404, JSON_TYPE, JSON.stringify({ type: problemType("not-found"), title: "", status: 404 })),
    ],
    ["a reason that is not in the list", answerProblem(422, problemType("refused"), { reason: "because" })],
    ["a 503 of a load balancer", answerWith(503, { "retry-after": "5" }, "try later")],
  ])("that is %s is nobody's last word", async (_, behaviour) => {
    await expect(find(behaviour)).rejects.toMatchObject({ code: "unexpected-answer", retriable: true })
  })

  test("never carries the network's text or our token in its message", async () => {
    const failure = await find(answerWith(500, {}, "secret of the network")).catch((error: unknown) => error)
    expect(String(failure)).not.toContain("secret")
    expect(JSON.stringify(failure)).not.toContain(TOKEN)
  })

  test("without a usable waiting time has none, and an absurd one is bounded", async () => {
    const wait = async (value: string): Promise<unknown> => {
      const failure: unknown = await find(answerWith(503, { "retry-after": value })).catch(
        (error: unknown) => error,
      )
      return failure instanceof Error && "retryAfterSeconds" in failure
        ? failure.retryAfterSeconds
        : "none at all"
    }
    expect(await wait("soon")).toBeUndefined()
    expect(await wait("-5")).toBeUndefined()
    expect(await wait("999999999")).toBe(3_600)
  })
})

describe("events", () => {
  const STREAM = { "content-type": "text/event-stream" }

  function stream(...parts: readonly string[]): Behaviour {
    return (_, response) => {
      response.writeHead(200, STREAM)
      for (const part of parts) response.write(part)
      response.end()
    }
  }

  async function follow(...behaviours: readonly Behaviour[]): Promise<string[]> {
    const left = [...behaviours]
    server.behave((request, response, body) => (left.shift() ?? behaviours.at(-1))?.(request, response, body))
    const states: string[] = []
    for await (const { state } of client.follow(TOKEN, "123456")) states.push(state)
    return states
  }

  test("are read across pieces, comments and line ends of every kind", async () => {
    const states = await follow(
      stream(
        ":\n\n",
        'event: state\r\ndata: {"state":"autho',
        'rised"}\r\n\r\n',
        ": beat\n\n",
        'event: state\ndata: {"state":"confirmed"}\n\n',
      ),
    )
    expect(states).toEqual(["authorised", "confirmed"])
  })

  test("go on after the stream broke, the server was away, or a proxy spoke", async () => {
    const states = await follow(
      stream('event: state\ndata: {"state":"authorised"}\n\n'),
      answerWith(502, {}, "bad gateway"),
      (_, response) => void response.destroy(),
      stream('event: state\ndata: {"state":"withdrawn"}\n\n'),
    )
    expect(states).toEqual(["authorised", "withdrawn"])
  })

  test("end for good where the backend knows nothing any more", async () => {
    await expect(follow(answerProblem(404, problemType("not-found")))).rejects.toMatchObject({
      code: "not-found",
    })
  })

  test("end quietly when whoever follows has seen enough", async () => {
    server.behave((_, response) => {
      response.writeHead(200, STREAM)
      response.write('event: state\ndata: {"state":"authorised"}\n\n')
    })
    const enough = new AbortController()
    const states: string[] = []
    for await (const { state } of client.follow(TOKEN, "123456", enough.signal)) {
      states.push(state)
      enough.abort()
    }
    expect(states).toEqual(["authorised"])
  })

  test("of other names and unknown fields are passed over", async () => {
    const states = await follow(
      stream(
        'event: news\ndata: {"state":"refused"}\n\n',
        'id: 7\nretry: 1\nevent: state\ndata: {"state":"expired"}\n\n',
      ),
    )
    expect(states).toEqual(["expired"])
  })

  test("may have no end that fills the memory", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield await Promise.resolve(new TextEncoder().encode(`data: ${"x".repeat(1_000)}`))
    }
    const read = async (): Promise<ServerSentEvent[]> => {
      const events: ServerSentEvent[] = []
      for await (const event of readServerSentEvents(endless())) events.push(event)
      return events
    }
    await expect(read()).rejects.toMatchObject({ code: "answer-too-large" })
  })
})
