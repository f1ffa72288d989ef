import { runQuietly } from "./run.mjs"

/**
 * Runs npm: the one that started us where npm says which, else the one on the PATH.
 * @param {readonly string[]} args
 * @param {Record<string, string>} [environment]
 */
export function npm(args, environment = {}) {
  const script = process.env["npm_execpath"]
  // Only errors: under Node 20 npm warns of every package that wants the Node 24 which we are about to fetch.
  const quiet = { npm_config_loglevel: "error", npm_config_progress: "false", ...environment }
  if (script?.endsWith("npm-cli.js") === true) {
    return runQuietly(process.env["npm_node_execpath"] ?? process.execPath, [script, ...args], quiet)
  }
  // npm on Windows is a command file, which only a command interpreter can run; our arguments are all constants.
  if (process.platform === "win32") return runQuietly("cmd", ["/d", "/s", "/c", "npm", ...args], quiet)
  return runQuietly("npm", args, quiet)
}
