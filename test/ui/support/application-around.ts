import { mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"

const ROOT = join(import.meta.dirname, "../../..")

/**
 * A folder that Electron takes for an application: the same bundles as the product's, behind `before`, a module that runs
 * first in the main process. Answers its path.
 */
export async function applicationAround(folder: string, before: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const product = z.object({ name: z.string(), version: z.string() })
  const { name, version } = product.parse(JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")))
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name, version, type: "module", main: "main.mjs" }),
  )
  await symlink(join(ROOT, "out"), join(folder, "out"))
  await writeFile(join(folder, "before.mjs"), before)
  await writeFile(join(folder, "main.mjs"), 'import "./before.mjs"\nimport "./out/main/main.js"\n')
  return folder
}
