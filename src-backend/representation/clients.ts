import type { Client, RepresentationConfig } from "./representation-config.ts"

/** The client of this id. */
export function clientOf({ clients }: RepresentationConfig, id: string): Client | undefined {
  return clients.find((client) => client.id === id)
}

/**
 * Whether a client may be answered at this address: exactly one of those that it registered, character by character
 * (RFC 9700 section 2.1). For a test client on this machine the port is free (RFC 8252 section 7.3).
 */
export function allowsRedirect(client: Client, redirectUri: string): boolean {
  if (client.redirectUris.includes(redirectUri)) return true
  const plain = client.loopback ? withoutLoopbackPort(redirectUri) : undefined
  return plain !== undefined && client.redirectUris.some((known) => withoutLoopbackPort(known) === plain)
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, path] = /^http:\/\/127\.0\.0\.1(?::[0-9]{1,5})?(\/[^#]*)$/.exec(uri) ?? []
  return URL.canParse(uri) ? path : undefined
}
