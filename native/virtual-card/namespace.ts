import { execFileSync } from "node:child_process"
import { copyFileSync, existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import type { LinkSpeed } from "./control-messages.ts"

const USB_DRIVERS = "/usr/lib/pcsc/drivers"

/**
 * Furnishes the private mount and network namespace that this process was started in: `run` becomes its /run, so that
 * pcscd's socket, whose path is compiled in, lies in the owner's directory; the drivers of real readers are hidden;
 * loopback is up. Answers where the driver of the virtual reader is now. Throws what mount or ip says.
 */
export function furnishNamespace(directory: string, run: string, driver: string): string {
  const [copy, empty] = [join(directory, "libifdvpcd.so"), join(directory, "no-drivers")]
  copyFileSync(driver, copy)
  mkdirSync(empty, { recursive: true })
  mkdirSync(run, { recursive: true })
  if (existsSync(USB_DRIVERS)) execute("mount", "--bind", empty, USB_DRIVERS)
  execute("mount", "--bind", run, "/run")
  execute("ip", "link", "set", "lo", "up")
  return copy
}

/**
 * Debian's vpcd writes length and body apart, and waits for the first to be acknowledged before the second (Nagle): the
 * peer's acknowledgement comes 41 ms later, unless its route says at once.
 */
export function setLinkSpeed(speed: LinkSpeed): void {
  const quickack = speed === "fast" ? ["quickack", "1"] : []
  for (const target of ["127.0.0.0/8", "127.0.0.1"]) {
    const route = `local ${target} dev lo proto kernel scope host src 127.0.0.1 table local`
    execute("ip", "route", "replace", ...route.split(" "), ...quickack)
  }
}

function execute(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"], env: withSystemPrograms() })
}

/** `ip` and `mount` are in directories that an ordinary user's PATH may lack. */
export function withSystemPrograms(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin` }
}
