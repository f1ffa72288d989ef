import { readdir, readFile } from "node:fs/promises"

/** The processes below one, by the name that the kernel knows them by. */
export async function descendants(
  pid: number,
): Promise<readonly { readonly pid: number; readonly name: string }[]> {
  const tasks = await readdir(`/proc/${String(pid)}/task`).catch(() => [])
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${String(pid)}/task/${task}/children`, "utf8").catch(() => "")),
  )
  const children = lists.flatMap((list) =>
    list
      .split(" ")
      .filter((text) => text !== "")
      .map(Number),
  )
  const below = await Promise.all(
    children.map(async (child) => {
      const name = (await readFile(`/proc/${String(child)}/comm`, "utf8").catch(() => "")).trim()
      return [{ pid: child, name }, ...(await descendants(child))]
    }),
  )
  return below.flat()
}

/** The processes that this one started with an entry of that name. */
export async function entriesRunning(entry: string): Promise<readonly number[]> {
  const all = await descendants(process.pid)
  const lines = await Promise.all(
    all.map(({ pid }) => readFile(`/proc/${String(pid)}/cmdline`, "utf8").catch(() => "")),
  )
  return all.flatMap(({ pid }, i) => (lines[i]?.includes(entry) === true ? [pid] : []))
}

/** How many files, sockets and pipes a process has open. */
export async function openHandles(pid: number): Promise<number> {
  return (await readdir(`/proc/${String(pid)}/fd`)).length
}
