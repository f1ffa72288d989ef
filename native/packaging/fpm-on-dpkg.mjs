#!/usr/bin/env node
import { execFileSync } from "node:child_process"
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"

// As much of fpm as electron-builder asks of it for a .deb, on dpkg-deb: for a machine where fpm cannot be downloaded
// (CUSTOM_FPM_PATH names this file). What it does not know, it refuses.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: "string", short: "s" },
    t: { type: "string", short: "t" },
    d: { type: "string", short: "d", multiple: true, default: [] },
    force: { type: "boolean" },
    "deb-recommends": { type: "string", multiple: true, default: [] },
    "deb-compression": { type: "string", default: "xz" },
    "deb-priority": { type: "string", default: "optional" },
    architecture: { type: "string" },
    "after-install": { type: "string" },
    "after-remove": { type: "string" },
    description: { type: "string" },
    version: { type: "string" },
    package: { type: "string" },
    name: { type: "string" },
    maintainer: { type: "string" },
    vendor: { type: "string" },
    url: { type: "string" },
    license: { type: "string" },
  },
})
if (values.s !== "dir" || values.t !== "deb") throw new Error("Only -s dir -t deb is known here.")

const staging = mkdtempSync(join(tmpdir(), "vrijgave-deb-"))
try {
  for (const mapping of positionals) place(mapping)
  writeControl()
  script("postinst", values["after-install"])
  script("postrm", values["after-remove"])
  chmodSync(staging, 0o755)
  const compression = `-Z${values["deb-compression"]}`
  execFileSync("dpkg-deb", ["--root-owner-group", compression, "--build", staging, needed("package")], {
    stdio: "inherit",
  })
} finally {
  rmSync(staging, { recursive: true, force: true })
}

/** @param {string} mapping `from=to`; a `from` that ends in a slash stands for what is in that folder */
function place(mapping) {
  const [from = "", to = ""] = mapping.split("=")
  const target = join(staging, to)
  const isFolder = statSync(from).isDirectory()
  mkdirSync(isFolder ? target : dirname(target), { recursive: true })
  cpSync(from, target, { recursive: true, verbatimSymlinks: true })
}

function writeControl() {
  const fields = [
    ["Package", needed("name")],
    ["Version", needed("version")],
    ["Architecture", needed("architecture")],
    ["Maintainer", needed("maintainer")],
    ["Priority", values["deb-priority"]],
    ["Homepage", needed("url")],
    ["Depends", values.d.join(", ")],
    ["Recommends", values["deb-recommends"].join(", ")],
    ["Description", needed("description")],
  ]
  const control = fields.filter(([, value]) => value !== "").map(([field, value]) => `${field}: ${value}\n`)
  mkdirSync(join(staging, "DEBIAN"), { recursive: true })
  writeFileSync(join(staging, "DEBIAN", "control"), control.join(""))
}

/**
 * @param {string} name
 * @param {string | undefined} path
 */
function script(name, path) {
  if (path === undefined) return
  const target = join(staging, "DEBIAN", name)
  cpSync(path, target)
  chmodSync(target, 0o755)
}

/** @param {"package" | "name" | "version" | "architecture" | "maintainer" | "url" | "description"} option */
function needed(option) {
  const value = values[option]
  if (value === undefined) throw new Error(`--${option} is missing.`)
  return value
}
