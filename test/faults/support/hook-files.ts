import promises, { type FileHandle } from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { devNull } from "node:os"
import { basename } from "node:path"
import { boundary } from "./boundary.ts"
import { wrapMethod } from "./wrap-method.ts"

/** Opened for what is done with it, or made. */
const WITH_LABEL = /^(w|a|r\+)/
const MAKES = /^(w|a)/

/** What a file is called in a fault point: without what differs from run to run. */
function labelOf(path: unknown): string {
  return basename(String(path))
    .replace(/\.[0-9]+-[0-9a-f]{8}\.new$/, ".new")
    .replace(/[0-9a-f]{64}/, "(package)")
    .replace(/\.[0-9]+\.writing$/, ".writing")
}

const labels = new WeakMap<object, string>()

/** A promise of the file system is refused by rejecting, never by throwing. */
async function pass(...of: Parameters<typeof boundary.pass>): Promise<unknown> {
  return await boundary.pass(...of)
}

async function openLabelled(args: readonly unknown[], run: () => unknown): Promise<unknown> {
  const [path, flags = "r"] = args
  const label = WITH_LABEL.test(String(flags)) ? labelOf(path) : "folder"
  const handle = MAKES.test(String(flags)) ? await pass(`open ${label}`, run, { disk: "takes" }) : await run()
  if (typeof handle === "object" && handle !== null) labels.set(handle, label)
  return handle
}

/** Makes every write of node:fs/promises in this process pass the boundary. */
export async function hookFiles(): Promise<void> {
  const probe: FileHandle = await promises.open(devNull)
  const handles: unknown = Object.getPrototypeOf(probe)
  await probe.close()
  if (typeof handles !== "object" || handles === null) throw new TypeError("file handles have no prototype")
  for (const method of ["writeFile", "write", "sync"]) {
    wrapMethod(handles, method, (self, _, run) => {
      const label = typeof self === "object" && self !== null ? labels.get(self) : undefined
      return pass(`${method} ${label ?? "file"}`, run, { disk: "takes" })
    })
  }
  wrapMethod(promises, "open", (_, args, run) => openLabelled(args, run))
  wrapMethod(promises, "rename", (_, [, to], run) => pass(`rename to ${labelOf(to)}`, run, { disk: "takes" }))
  wrapMethod(promises, "rm", (_, [path], run) => pass(`remove ${labelOf(path)}`, run, { disk: "frees" }))
  wrapMethod(promises, "mkdir", (_, __, run) => pass("make folder", run, { disk: "takes" }))
  syncBuiltinESMExports()
}
