import { readdir, readFile } from "node:fs/promises"

/**
 * The programs, of those we may look into, that have the PC/SC library in memory, but this one and its relatives: one of
 * them may hold a card. Linux tells no more: which client of pcscd holds a card, pcscd alone knows. Elsewhere: none.
 */
export async function cardPrograms(platform: NodeJS.Platform = process.platform): Promise<readonly string[]> {
  if (platform !== "linux") return []
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry))
  const names = await Promise.all(pids.map((pid) => nameIfCardProgram(pid)))
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}

async function nameIfCardProgram(pid: string): Promise<string | undefined> {
  // A process of another person, or one that has just ended, shows nothing.
  const maps = await readFile(`/proc/${pid}/maps`, "utf8").catch(() => "")
  if (!maps.includes("/libpcsclite") || (await isRelative(pid))) return undefined
  const name = (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).trim()
  return name === "" || name === "pcscd" ? undefined : name
}

async function isRelative(pid: string): Promise<boolean> {
  const own = [String(process.pid), String(process.ppid)]
  if (own.includes(pid)) return true
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
  return own.includes(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? "")
}
