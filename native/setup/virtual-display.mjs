import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SetupError } from "./progress.mjs"
import { savePicture } from "./x-picture.mjs"

/**
 * A display: the user's own, or one that nobody sees.
 * @typedef {object} Display
 * @property {boolean} isVirtual
 * @property {string} folder where a virtual one keeps its screen; else nothing
 * @property {Record<string, string>} environment for whoever shows a window on it
 * @property {(file: string) => void} screenshot saves what is on a virtual display as PNG; does nothing on a real one
 * @property {() => Promise<void>} close
 */

/** Wide enough for the desk and the patient's phone beside it. */
const SIZE = "1720x900"

/**
 * The display of this machine; on a Linux without one an Xvfb of our own, under a number that it picks itself and
 * without a port. Throws `SetupError` where Xvfb does not start.
 * @returns {Promise<Display>}
 */
export async function openDisplay() {
  const given = process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? ""
  if (process.platform === "linux" && given === "") return openVirtualDisplay()
  return {
    isVirtual: false,
    folder: "",
    environment: {},
    screenshot: () => undefined,
    close: () => Promise.resolve(),
  }
}

/** @returns {Promise<Display>} */
async function openVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), "vrijgave-display-"))
  const args = ["-displayfd", "3", "-screen", "0", `${SIZE}x24`, "-nolisten", "tcp", "-fbdir", folder]
  const child = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] })
  const ended = new Promise((resolve) => {
    child.once("exit", resolve)
    child.once("error", resolve)
  })
  const number = await numberOf(child, ended)
  return {
    isVirtual: true,
    folder,
    environment: { DISPLAY: `:${number}`, ELECTRON_STANDIN_SCREEN: SIZE },
    screenshot: (file) => {
      savePicture(join(folder, "Xvfb_screen0"), file)
    },
    close: async () => {
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<unknown>} ended
 * @returns {Promise<number>}
 */
function numberOf(child, ended) {
  return new Promise((resolve, reject) => {
    let text = ""
    child.stdio[3]?.on("data", (/** @type {Buffer} */ part) => {
      text += part.toString("utf8")
      // The number is complete with the end of its line.
      if (text.includes("\n")) resolve(Number(text))
    })
    void ended.then(() => {
      reject(
        new SetupError("Xvfb does not start, so there is no display for a window. Try: Xvfb -displayfd 1"),
      )
    })
  })
}
