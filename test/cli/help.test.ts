import { expect, test } from "vitest"
import { vrijgave } from "../support/scripted-terminal.ts"

const COMMANDS = [
  "demo",
  "pki init",
  "pki refresh",
  "pki revoke",
  "card create",
  "card list",
  "card insert",
  "card remove",
  "card status",
  "card fault",
  "card service",
  "reader",
  "backend",
  "representation",
  "dossier add",
  "dossier list",
  "dossier correct",
  "phone register",
  "phone show",
  "phone wait",
  "phone publish",
  "phone withdraw",
  "sign",
  "verify",
  "certificate",
  "words encode",
  "words decode",
  "doctor",
]

test.each(COMMANDS)("the help of %s says what it does and gives an example", async (name) => {
  const { exitCode, printed, told } = await vrijgave([...name.split(" "), "--help"])
  expect(exitCode).toBe(0)
  expect(told).toBe("")
  expect(printed).toContain(`Usage: vrijgave ${name}`)
  expect(printed).toMatch(new RegExp(`For example:\\n {2}vrijgave ${name}`))
})

test("the help of vrijgave itself names every command", async () => {
  const { exitCode, printed } = await vrijgave(["--help"])
  expect(exitCode).toBe(0)
  for (const name of COMMANDS) expect(printed).toContain(`  ${name.split(" ")[0] ?? ""} `)
})

test("a command that does not exist is a usage error that names it", async () => {
  const { exitCode, told } = await vrijgave(["publish"])
  expect(exitCode).toBe(2)
  expect(told).toContain("unknown command 'publish'")
})

test("no command at all is a usage error that shows the help", async () => {
  const { exitCode, told } = await vrijgave([])
  expect(exitCode).toBe(2)
  expect(told).toContain("Usage: vrijgave")
})

test("an option that does not exist is a usage error that names it", async () => {
  const { exitCode, told } = await vrijgave(["verify", "x.p7m", "--rot", "root.pem"])
  expect(exitCode).toBe(2)
  expect(told).toContain("unknown option '--rot'")
})

test("an option that is required and missing is a usage error that names it", async () => {
  const { exitCode, told } = await vrijgave(["pki", "init"])
  expect(exitCode).toBe(2)
  expect(told).toContain("required option '--dir <directory>' not specified")
})

test("a PIN cannot be given as an argument", async () => {
  const { exitCode, told } = await vrijgave([
    "sign",
    "--backend",
    "http://127.0.0.1:1",
    "--token",
    "A",
    "--code",
    "1234567890",
    "--pin",
    "123456",
  ])
  expect(exitCode).toBe(2)
  expect(told).toContain("unknown option '--pin'")
})
