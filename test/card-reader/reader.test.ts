import { execFile, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { promisify } from "node:util"
import { afterEach, describe, expect, test } from "vitest"
import { z } from "zod"
import {
  startPrivateReader,
  startPrivateReaderIfPossible,
  type PrivateReader,
} from "../../native/virtual-card/private-reader.ts"
import { makeChip, openReader, PIN, pkcs11Tool, readerOf, runTool } from "./support/open-reader.ts"

const found = await openReader()
const reader = () => readerOf(found)

afterEach(async () => {
  if ("missing" in found) return
  await Promise.all([0, 1].map((slot) => reader().setFaults([], slot)))
  await Promise.all([0, 1].map((slot) => reader().remove(slot)))
})

async function listedReaders(of: PrivateReader): Promise<string> {
  return (await runTool(of, "opensc-tool", ["-l"])).output
}

/** Ports in the state LISTEN on this machine, in hexadecimal. */
async function listeningPorts(): Promise<readonly string[]> {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8")))
  const rows = tables.flatMap((table) => table.trim().split("\n").slice(1))
  return rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/)
    return state === "0A" ? [local.split(":")[1] ?? ""] : []
  })
}

const Announcement = z.object({ pid: z.int(), directory: z.string() })

/** The processes below one, and itself. */
async function familyOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "")
  const children = text.trim() === "" ? [] : text.trim().split(" ").map(Number)
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()]
}

async function waitUntilGone(pids: readonly number[]): Promise<readonly number[]> {
  for (let i = 0; i < 100; i += 1) {
    if (pids.every((pid) => !existsSync(`/proc/${pid}`))) return []
    await pause(50)
  }
  return pids.filter((pid) => existsSync(`/proc/${pid}`))
}

describe.skipIf("missing" in found)("a private reader", () => {
  test("has two slots, and a card in one of them is in that one", async () => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image, 1)
    expect(await listedReaders(reader())).toMatch(/0 +No +Virtual PCD 00 00\n1 +Yes +Virtual PCD 00 01/)
  })

  test("holds two different cards at once", async () => {
    const [first, second] = [await makeChip("arts-p256", "Anna Een"), await makeChip("arts", "Bea Twee")]
    await reader().insert(first.image, 0)
    await reader().insert(second.image, 1)
    const listed = await pkcs11Tool(reader(), "--list-slots")
    expect(listed).toMatch(/Anna Een[^]*Bea Twee/)
    expect(listed).toContain(first.tokenSerialNumber)
    expect(listed).toContain(second.tokenSerialNumber)
  })

  test("does not take one card twice, nor a second one in the same slot", async () => {
    const [first, second] = [await makeChip("arts-p256", "Cas Een"), await makeChip("arts-p256", "Dirk Twee")]
    await reader().insert(first.image, 0)
    await expect(reader().insert(first.image, 1)).rejects.toMatchObject({ code: "refused" })
    await expect(reader().insert(second.image, 0)).rejects.toMatchObject({ code: "refused" })
    await expect(reader().insert(second.image, 2)).rejects.toMatchObject({ code: "refused" })
  })

  test("listens nowhere on this machine's network", async () => {
    const ports = await listeningPorts()
    expect(ports).not.toContain("8C7B")
    expect(ports).not.toContain("8C7C")
  })

  test("is another one than that of the next test run, which sees none of its cards", async () => {
    const other = await startPrivateReader()
    try {
      await reader().insert((await makeChip("arts-p256")).image)
      expect(await listedReaders(reader())).toMatch(/0 +Yes/)
      expect(await listedReaders(other)).toMatch(/0 +No/)
    } finally {
      await other.stop()
    }
  })
})

describe.skipIf("missing" in found)("pcscd can go and come back", () => {
  test("stopped and started: the card is still in", async () => {
    await reader().insert((await makeChip("arts-p256")).image)
    await reader().pcscd("stop")
    expect((await runTool(reader(), "opensc-tool", ["-l"])).output).toContain("No smart card readers found")
    await reader().pcscd("start")
    await seenAgain()
    expect(await listedReaders(reader())).toMatch(/0 +Yes/)
  })

  test("killed and started, though it left its socket behind", async () => {
    await reader().insert((await makeChip("arts-p256")).image)
    await reader().pcscd("kill")
    await reader().pcscd("start")
    await seenAgain()
    expect(
      await pkcs11Tool(reader(), "--login", "--pin", PIN, "--list-objects", "--type", "privkey"),
    ).toContain("SIGN key")
  })

  test("without its reader, as if that were unplugged, and with it again", async () => {
    await reader().pcscd("restart", 0)
    expect(await listedReaders(reader())).toContain("No smart card readers found")
    await reader().pcscd("restart", 1)
    expect(await listedReaders(reader())).toContain("Virtual PCD 00 00")
  })

  test("a card that is put in meanwhile is not seen, and is when it is back", async () => {
    await reader().pcscd("stop")
    expect(await reader().insert((await makeChip("arts-p256")).image)).toMatchObject({ seen: false })
    await reader().pcscd("start")
    await seenAgain()
  })

  async function seenAgain(): Promise<void> {
    while (!(await reader().status()).seen) await pause(20)
  }
})

describe.skipIf("missing" in found)("a card can fail in the middle", () => {
  const SIGN = ["--login", "--pin", PIN, "--sign", "--id", "01", "--mechanism", "ECDSA-SHA256"]
  const sign = async () => {
    const files = ["--input-file", import.meta.filename, "--output-file", "/dev/null"]
    return await runTool(reader(), "pkcs11-tool", ["--module", reader().openscModule, ...SIGN, ...files])
  }

  test.each([
    ["pulled out within the signature", { is: "removal", afterMilliseconds: 30 }],
    ["a loss of power", { is: "power-loss" }],
    ["6F00", { is: "status", status: 0x6f00 }],
    ["a reset", { is: "reset" }],
    ["an answer cut short", { is: "truncation", bytes: 20 }],
    ["garbage", { is: "garbage" }],
  ] as const)("%s: no signature, and the next one is good", async (_, then) => {
    const chip = await makeChip("arts-p256")
    await reader().insert(chip.image)
    // Always: OpenSC asks once more by itself where the first answer is an error.
    await reader().setFaults([{ when: { ins: 0x87 }, then, times: "always" }])
    expect((await sign()).exitCode).not.toBe(0)
    await reader().setFaults([])
    await reader().remove()
    await reader().insert(chip.image)
    expect(await sign()).toMatchObject({ exitCode: 0 })
  })

  test("a single 6F00 OpenSC gets over by itself: it asks the card once more", async () => {
    await reader().insert((await makeChip("arts-p256")).image)
    await reader().log({ clear: true })
    await reader().setFaults([{ when: { ins: 0x87 }, then: { is: "status", status: 0x6f00 } }])
    expect((await sign()).exitCode).toBe(0)
    const uses = (await reader().log()).filter(({ command }) => command.startsWith("0087"))
    expect(uses.map(({ answer }) => answer.slice(-4))).toEqual(["6f00", "9000"])
  })

  test("silence holds the program until the card is pulled out", async () => {
    await reader().insert((await makeChip("arts-p256")).image)
    await reader().setFaults([{ when: { ins: 0x87 }, then: { is: "silence" } }])
    const signing = sign()
    while (!(await reader().status()).faultsSpent) await pause(20)
    await reader().remove()
    expect((await signing).exitCode).not.toBe(0)
    expect(await listedReaders(reader())).toContain("Virtual PCD 00 00")
  })

  test.each([1, 5, 12, 25])(
    "a loss of power at command %i of the reading: no wrong certificate, and all the next time",
    async (index) => {
      const chip = await makeChip("arts-p256", "Eva Stroom")
      await reader().insert(chip.image)
      const whole = await listCertificates()
      expect(whole).toHaveLength(3)
      await reader().setFaults([{ when: { index }, then: { is: "power-loss" } }])
      // OpenSC may show a card without certificates then, and call that a success.
      for (const name of await listCertificates()) expect(whole).toContain(name)
      expect((await reader().status()).faultsSpent).toBe(true)
      while (!(await reader().status()).seen) await pause(20)
      expect(await listCertificates()).toEqual(whole)
    },
  )

  async function listCertificates(): Promise<readonly string[]> {
    const { output } = await runTool(reader(), "pkcs15-tool", ["--list-certificates"])
    return output.match(/^\tEncoded serial .*$/gm) ?? []
  }
})

describe.skipIf("missing" in found)("the link is fast or slow", () => {
  /** How long a conversation took and how many commands it had. */
  async function conversation(): Promise<{ readonly milliseconds: number; readonly commands: number }> {
    await reader().log({ clear: true })
    const begin = performance.now()
    await pkcs11Tool(reader(), "--list-slots")
    return { milliseconds: performance.now() - begin, commands: (await reader().status()).apdus }
  }

  test("a slow one waits at nearly every message, a delay at every command", async () => {
    await reader().insert((await makeChip("arts-p256")).image)
    await reader().setLink("slow")
    const slow = await conversation()
    await reader().setLink("fast", 15)
    const delayed = await conversation()
    await reader().setLink("fast")
    expect(slow.commands).toBeGreaterThan(20)
    // 41 ms a message; the kernel forgoes some of the waits at the beginning of a connection.
    expect(slow.milliseconds).toBeGreaterThan(20 * slow.commands)
    expect(delayed.milliseconds).toBeGreaterThan(15 * delayed.commands)
  })
})

describe.skipIf("missing" in found)("nothing is left of a reader", () => {
  test("that was stopped, also twice", async () => {
    const other = await startPrivateReader()
    const family = await familyOf(other.pid)
    expect(family.length).toBeGreaterThanOrEqual(3)
    await other.stop()
    await other.stop()
    expect(await waitUntilGone(family)).toEqual([])
    expect(existsSync(other.directory)).toBe(false)
  })

  test.each(["SIGKILL", "SIGTERM"] as const)("whose owner was ended by %s", async (signal) => {
    const owner = spawn(process.execPath, [join(import.meta.dirname, "support/reader-owner.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const line = await new Promise<string>((resolve) => {
      owner.stdout.once("data", (bytes) => {
        resolve(String(bytes))
      })
    })
    const { pid, directory } = Announcement.parse(JSON.parse(line))
    const family = await familyOf(pid)
    expect(family.length).toBeGreaterThanOrEqual(3)
    owner.kill(signal)
    expect(await waitUntilGone(family)).toEqual([])
    expect(existsSync(directory)).toBe(false)
  })

  test("whose first process was killed: its pcscd goes too, and the next question says so", async () => {
    const other = await startPrivateReader()
    try {
      const family = await familyOf(other.pid)
      process.kill(other.pid, "SIGKILL")
      expect(await waitUntilGone(family.slice(1))).toEqual([])
      await expect(other.status()).rejects.toMatchObject({ code: "reader-gone" })
    } finally {
      await other.stop()
    }
    expect(existsSync(other.directory)).toBe(false)
  })
})

describe.skipIf("missing" in found)("a reader may or may not be had:", () => {
  const owner = join(import.meta.dirname, "support/reader-or-reason.ts")

  test("an ordinary user has one", async () => {
    const asUser = ["--user", "--map-user=1000", "--map-group=1000", process.execPath, owner]
    expect(await execute("unshare", asUser)).toBe("there is one")
  })

  test("where the machine refuses namespaces there is none, and the reason says so", async () => {
    const refusing = `echo 0 > /proc/sys/user/max_net_namespaces && exec ${process.execPath} ${owner}`
    const run = await execute("unshare", ["--user", "--map-root-user", "sh", "-c", refusing])
    expect(run).toMatch(/^private namespaces are not to be had here: unshare/)
  })

  test("what cannot be mounted is such a reason too", async () => {
    const files = { pcscd: "/bin/false", driver: "/nowhere", openscModule: "", programs: "", libraryPath: "" }
    const outcome = await startPrivateReaderIfPossible({ files })
    expect("missing" in outcome && outcome.missing).toContain("cannot be furnished")
  })

  test("a pcscd that ends at once is an error, and no reason to do without", async () => {
    const files = {
      pcscd: "/bin/false",
      driver: "/bin/false",
      openscModule: "",
      programs: "",
      libraryPath: "",
    }
    await expect(startPrivateReader({ files })).rejects.toMatchObject({ code: "pcscd-failed" })
  })

  async function execute(program: string, args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, args)
    return stdout
  }
})
