import { generateKeyPairSync } from "node:crypto"
import Provider, {
  interactionPolicy,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
} from "oidc-provider"
import { base64UrlOf } from "../../src-protocol/bytes.ts"
import { SECOND } from "../../src-protocol/instant.ts"
import { pageWordsIn } from "./text/words.ts"
import { faultLine } from "../http/log.ts"
import { languageOf } from "./http/language.ts"
import { plainPage } from "./pages/flow-pages.ts"
import type { Representation } from "./representation.ts"
import type { Client } from "./representation-config.ts"

/** The one resource that tokens are for. Its scopes are the request's: MedMij names them as they come. */
export const RESOURCE = "urn:vrijgave:representation"
/** The parameter by which the library knows a transaction; it comes from us alone (`http/authorize.ts`). */
export const TRANSACTION_PARAMETER = "transaction"
export const FLOW_PATH = "/request/"
const COOKIE_KEY_BYTES = 32

/** The OAuth 2.0 part: codes, tokens, PKCE, `iss` (RFC 9207), redirects. What MedMij adds stands before it. */
export function createOauthProvider(server: Representation, issuer: string): Provider {
  const provider = new Provider(issuer, configurationOf(server, issuer))
  // The gate has put the issuer's host and scheme in the place of whatever the request said.
  provider.proxy = true
  const end = (ctx: KoaContextWithOIDC) => {
    const id = transactionIn(ctx)
    if (id !== undefined) server.transactions.end(id)
  }
  provider.on("authorization.success", end)
  provider.on("authorization.error", end)
  provider.on("server_error", (_, error) => {
    server.log(faultLine("representation library", error))
  })
  return provider
}

function configurationOf(server: Representation, issuer: string): Configuration {
  const { config, memory, crypto } = server
  const { codeSeconds, tokenSeconds, transactionMilliseconds } = config.settings
  const transactionSeconds = Math.ceil(transactionMilliseconds / SECOND)
  const cookie = {
    httpOnly: true,
    sameSite: "lax",
    secure: issuer.startsWith("https:"),
    signed: true,
    overwrite: true,
  } as const
  return {
    adapter: (model) => memory.adapterFor(model),
    clients: config.clients.map(metadataOf),
    clientDefaults: { grant_types: ["authorization_code"], response_types: ["code"] },
    // Drawn at each start: an interaction of before a restart is over.
    cookies: { keys: [base64UrlOf(crypto.randomBytes(COOKIE_KEY_BYTES))], long: cookie, short: cookie },
    jwks: { keys: [unusedSigningKey()] },
    responseTypes: ["code"],
    scopes: [],
    claims: {},
    extraParams: [TRANSACTION_PARAMETER],
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => config.settings.requireProofKey },
    routes: { authorization: "/auth", token: "/token" },
    interactions: { policy: policyOf(server), url: (_, { uid }) => `${FLOW_PATH}${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: (ctx) => grantOf(ctx),
    expiresWithSession: () => false,
    renderError: (ctx, _, error) => {
      // The library refuses nothing that the gate lets through, but for what is over.
      if (error.name !== "SessionNotFound") server.log(faultLine("representation library", error))
      ctx.type = "html"
      const language = languageOf(ctx.req)
      ctx.body = plainPage(language, pageWordsIn(language).lost)
    },
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: tokenSeconds + codeSeconds,
      Interaction: transactionSeconds,
      Session: transactionSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx) => ({
          scope: scopeIn(ctx),
          audience: RESOURCE,
          accessTokenFormat: "opaque",
          accessTokenTTL: tokenSeconds,
        }),
      },
    },
  }
}

/** The library wants a key to sign ID tokens with, of which this server gives none. */
function unusedSigningKey(): object {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" })
}

function metadataOf({ id, displayName, redirectUris, loopback }: Client): ClientMetadata {
  return {
    client_id: id,
    client_name: displayName,
    redirect_uris: [...redirectUris],
    // Of no use, but checked against the keys.
    id_token_signed_response_alg: "ES256",
    application_type: loopback ? "native" : "web",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }
}

/**
 * The library's own policy asks nothing of a browser whose session was granted something before, whatever the birth date
 * of the next request. Ours has one check, which passes once, for the very transaction whose comparison was good.
 */
function policyOf({ transactions }: Representation): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.clear()
  const check = new interactionPolicy.Check("transaction", "this transaction must be checked", (ctx) => {
    const id = transactionIn(ctx)
    return id === undefined || ctx.oidc.result === undefined || !transactions.spendConsent(id)
  })
  policy.add(new interactionPolicy.Prompt({ name: "transaction", requestable: false }, check))
  return policy
}

function transactionIn(ctx: KoaContextWithOIDC): string | undefined {
  const id = ctx.oidc.params?.[TRANSACTION_PARAMETER]
  return typeof id === "string" ? id : undefined
}

async function grantOf(ctx: KoaContextWithOIDC) {
  const grantId = ctx.oidc.result?.consent?.grantId
  return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId)
}

/** At the authorization endpoint the request's scope, at the token endpoint the code's. */
function scopeIn(ctx: KoaContextWithOIDC): string {
  const requested = ctx.oidc.params?.["scope"]
  if (typeof requested === "string") return requested
  return ctx.oidc.entities.AuthorizationCode?.scope ?? ""
}
