import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { softhsmMissing } from "./find-softhsm-module.ts"
import { SofthsmError } from "./softhsm-error.ts"
import { softhsmConfigurationPath } from "./softhsm-home.ts"

const run = promisify(execFile)

export interface TokenInitialisation {
  /** A private SoftHSM home, see `writeSofthsmConfiguration`. */
  readonly directory: string
  /** 32 bytes of UTF-8 at most (PKCS #11). */
  readonly label: string
  readonly soPin: string
  readonly pin: string
}

/**
 * Makes an empty token with softhsm2-util. The PINs pass through the argument list of that child: they must be of a
 * test token. SOFTHSM2_CONF is set for that child only.
 * Throws `softhsm-missing` where the tool is absent, `utility-failed` with its own words where it fails.
 */
export async function initialiseToken(token: TokenInitialisation): Promise<void> {
  const { directory, label, soPin, pin } = token
  const options = ["--init-token", "--free", "--label", label, "--so-pin", soPin, "--pin", pin]
  await runUtility(directory, options, [soPin, pin])
}

/** Removes a token and all that is on it, for good. Throws as `initialiseToken` does. */
export async function deleteToken(token: {
  readonly directory: string
  readonly label: string
}): Promise<void> {
  await runUtility(token.directory, ["--delete-token", "--token", token.label], [])
}

async function runUtility(
  directory: string,
  options: readonly string[],
  secrets: readonly string[],
): Promise<void> {
  const env = { ...process.env, SOFTHSM2_CONF: softhsmConfigurationPath(directory) }
  try {
    await run("softhsm2-util", options, { env, timeout: 30_000 })
  } catch (cause) {
    throw asSofthsmError(cause, secrets)
  }
}

function asSofthsmError(cause: unknown, secrets: readonly string[]): SofthsmError {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
    return softhsmMissing(process.platform, cause)
  }
  const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause)
  const words = secrets.reduce((text, secret) => text.replaceAll(secret, "…"), said)
  // No cause: an error of child_process holds the whole command line, PINs included.
  return new SofthsmError("utility-failed", `softhsm2-util failed: ${words}`)
}
