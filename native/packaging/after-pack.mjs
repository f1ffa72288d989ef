import { join } from "node:path"
import { checkElectronBinary } from "./check-electron-binary.ts"

/** @import { AfterPackContext } from "electron-builder" */

/** As electron-builder.yml names the program on Linux. */
const LINUX_PROGRAM = "vrijgave-desk"

/**
 * Called by electron-builder for each platform, after the application was copied beside Electron and before installers
 * are made of it. Throws where the program is not one: a release with the stand-in in it never leaves this machine.
 * `VRIJGAVE_PACKING=rehearsal` lets one through, into a folder whose name says so.
 * @param {AfterPackContext} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const program = programIn(appOutDir, electronPlatformName, packager.appInfo.productFilename)
  if (process.env["VRIJGAVE_PACKING"] === "rehearsal") refuseReleaseFolder(appOutDir)
  else await checkElectronBinary(program, electronPlatformName)
}

/** @param {string} folder */
function refuseReleaseFolder(folder) {
  if (!folder.includes("rehearsal"))
    throw new Error(
      "A rehearsal goes into a folder of that name: --config.directories.output=release-rehearsal.",
    )
}

/**
 * @param {string} folder
 * @param {string} platform
 * @param {string} product
 */
function programIn(folder, platform, product) {
  if (platform === "darwin") return join(folder, `${product}.app`, "Contents", "MacOS", product)
  return join(folder, platform === "win32" ? `${product}.exe` : LINUX_PROGRAM)
}
