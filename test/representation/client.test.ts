import * as oauth from "oauth4webapi"
import * as openid from "openid-client"
import { describe, expect, test } from "vitest"
import type { Page } from "./support/browser.ts"
import { CLIENT, OTHER_CLIENT, REDIRECT, SCOPE, walk } from "./support/flow.ts"
import { openWorld, type World } from "./support/world.ts"

/** Clients that nobody here wrote: they check `iss`, `state` and the proof key by themselves. */
const INSECURE = { [oauth.allowInsecureRequests]: true }
const client: oauth.Client = { client_id: CLIENT }

interface Flow {
  readonly server: oauth.AuthorizationServer
  readonly verifier: string
  readonly state: string
  readonly page: Page
}

async function flow(world: World, birthDate = "19700901"): Promise<Flow> {
  const issuer = new URL(world.issuer)
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...INSECURE })
  const server = await oauth.processDiscoveryResponse(issuer, discovered)
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()]
  const address = new URL(server.authorization_endpoint ?? "")
  const parameters = {
    ...{ response_type: "code", client_id: CLIENT, redirect_uri: REDIRECT, scope: SCOPE, state },
    ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
    MedMij_geboortedatum: birthDate,
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return {
    server,
    verifier,
    state,
    page: await walk(world.browser(), `${address.pathname}${address.search}`),
  }
}

const proofWorld = () => openWorld({ settings: { requireProofKey: true } })

describe("oauth4webapi", () => {
  test("completes the flow with PKCE, state and iss, and gets a token", async () => {
    const { server, verifier, state, page } = await flow(await proofWorld())
    const parameters = oauth.validateAuthResponse(server, client, page.away ?? new URL("x:"), state)
    const answer = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), parameters, REDIRECT, verifier, INSECURE] as const),
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer)
    expect(tokens).toMatchObject({ token_type: "bearer", scope: SCOPE })
    expect(tokens.id_token).toBeUndefined()
  })

  test("is told of a refusal by access_denied", async () => {
    const { server, state, page } = await flow(await proofWorld(), "19700902")
    expect(() => oauth.validateAuthResponse(server, client, page.away ?? new URL("x:"), state)).toThrow(
      oauth.AuthorizationResponseError,
    )
  })

  test.each([
    ["the iss of another server (mix-up)", "iss", "https://evil.example"],
    ["no iss", "iss", undefined],
    ["another state", "state", "other"],
    ["no state", "state", undefined],
  ])("refuses an answer with %s", async (_, name, value) => {
    const { server, state, page } = await flow(await proofWorld())
    const away = new URL(page.away ?? "x:")
    if (value === undefined) away.searchParams.delete(name)
    else away.searchParams.set(name, value)
    expect(() => oauth.validateAuthResponse(server, client, away, state)).toThrow(
      oauth.OperationProcessingError,
    )
  })
})

describe("openid-client", () => {
  test("completes the flow by discovery alone", async () => {
    const world = await proofWorld()
    const configuration = await openid.discovery(
      new URL(world.issuer),
      OTHER_CLIENT,
      undefined,
      openid.None(),
      {
        algorithm: "oauth2",
        execute: [openid.allowInsecureRequests],
      },
    )
    const [pkceCodeVerifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()]
    const address = openid.buildAuthorizationUrl(configuration, {
      ...{
        redirect_uri: "https://pgo.example/cb",
        scope: SCOPE,
        state: expectedState,
        MedMij_geboortedatum: "19700901",
      },
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
    })
    const { away } = await walk(world.browser(), `${address.pathname}${address.search}`)
    const tokens = await openid.authorizationCodeGrant(configuration, away ?? new URL("x:"), {
      ...{ pkceCodeVerifier, expectedState },
    })
    expect(tokens.expires_in).toBe(900)
  })
})
