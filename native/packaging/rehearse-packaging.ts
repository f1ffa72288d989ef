import { execFile } from "node:child_process"
import { chmod, copyFile, mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)
const BUILDER = "node_modules/electron-builder/cli.js"

/** What electron-builder expects beside the program in an unpacked Electron, and handles by name. */
const BESIDE_ELECTRON = [
  "LICENSE",
  "LICENSES.chromium.html",
  "version",
  "chrome-sandbox",
  "chrome_crashpad_handler",
  "libffmpeg.so",
  "icudtl.dat",
  "resources.pak",
  "v8_context_snapshot.bin",
  "locales/en-US.pak",
  "locales/nl.pak",
]

export interface Rehearsal {
  /** The unpacked application. */
  readonly application: string
  /** The package for Debian and Ubuntu. */
  readonly deb: string
}

/**
 * Packs the bundles of `project` for Linux as a release would, but around `program` in Electron's place: every step of
 * packing that needs no download. What comes out is in `folder`, which must be new, and is never a release.
 * Throws with the builder's own output.
 */
export async function rehearsePackaging(
  project: string,
  program: string,
  folder: string,
  electronVersion: string,
): Promise<Rehearsal> {
  const output = join(folder, "release-rehearsal")
  const electron = await pretendElectron(join(folder, "electron"), program)
  const settings = [
    `-c.electronDist=${electron}`,
    `-c.electronVersion=${electronVersion}`,
    `-c.directories.output=${output}`,
    "-c.artifactName=rehearsal.${ext}",
  ]
  const environment = {
    ...process.env,
    VRIJGAVE_PACKING: "rehearsal",
    CUSTOM_FPM_PATH: join(import.meta.dirname, "fpm-on-dpkg.mjs"),
  }
  await run(
    process.execPath,
    [join(project, BUILDER), "--projectDir", project, "--linux", "deb", ...settings],
    {
      cwd: project,
      env: environment,
    },
  )
  return { application: join(output, "linux-unpacked"), deb: join(output, "rehearsal.deb") }
}

async function pretendElectron(folder: string, program: string): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  for (const name of ["locales", "resources"]) await mkdir(join(folder, name), { recursive: true })
  for (const name of BESIDE_ELECTRON) await writeFile(join(folder, name), "")
  await copyFile(program, join(folder, "electron"))
  await chmod(join(folder, "electron"), 0o755)
  return folder
}
