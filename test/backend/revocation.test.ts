import { createServer, type Server } from "node:http"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import type { CrlSource } from "../../src-backend/revocation/crl-source.ts"
import { refreshCrls as refreshFromSources } from "../../src-backend/revocation/refresh-crls.ts"
import { HOUR, MINUTE } from "../../src-protocol/instant.ts"
import { issuerKeyIdOf, readCrl } from "../../src-protocol/crl.ts"
import { readPem } from "../../src-protocol/pem.ts"
import { buildCrl } from "../../src-testkit/pki/crl.ts"
import { refreshCrls } from "../../src-testkit/pki/refresh-crls.ts"
import { readCrls, type TestPki } from "../../src-testkit/pki/test-pki.ts"
import { castOfFile, inWorld } from "./support/cast.ts"
import { ask, problemOf, type World } from "./support/world.ts"

const cast = castOfFile()

async function zorgverlenerList(pki: TestPki, number: number, thisUpdate: number): Promise<Uint8Array> {
  const content = { number, thisUpdate, entries: [], expiredCertificatesSince: thisUpdate }
  return buildCrl(content, pki.authorities.zorgverlener)
}

function keyIdOf(der: Uint8Array): string {
  return issuerKeyIdOf(readCrl(der)) ?? ""
}

function serve(world: World, der: Uint8Array): ReturnType<typeof ask> {
  return ask(world, { method: "GET", path: `/v1/crls/${keyIdOf(der)}` })
}

/** Reads these sources as the timer does, with what the configuration has replaced. */
async function refreshFrom(world: World, ...crlSources: readonly CrlSource[]): Promise<void> {
  await refreshFromSources({ ...world.backend, config: { ...world.backend.config, crlSources } })
}

function outcomesIn(world: World): readonly string[] {
  return world.log.flatMap((line) => (line.is === "revocation-list" ? [line.outcome] : []))
}

test("the list of each authority is served byte for byte, cacheable, under its key identifier", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const lists = await readCrls(pki)
    expect(lists.length).toBeGreaterThan(2)
    for (const list of lists) {
      const { status, bytes, headers } = await serve(world, list)
      expect(status).toBe(200)
      expect(bytes).toEqual(list)
      expect(headers).toMatchObject({
        "content-type": "application/pkix-crl",
        "cache-control": "public, max-age=3600",
      })
      const path = `/v1/crls/${keyIdOf(list)}`
      const again = await ask(world, {
        method: "GET",
        path,
        headers: { "if-none-match": String(headers.etag) },
      })
      expect([again.status, again.bytes.length]).toEqual([304, 0])
    }
  })
})

test.each(["0000", "", "..%2f..%2fetc", "G".repeat(40)])(
  "there is no list for the key identifier %j",
  async (keyId) => {
    await inWorld(cast.get().pki, {}, async (world) => {
      const answer = await ask(world, { method: "GET", path: `/v1/crls/${keyId}` })
      expect(problemOf(answer)).toEqual({ status: 404, code: "not-found" })
    })
  },
)

test("a newer list replaces the one that is kept; an older one never does, not after a restart either", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [low, high] = [
      await zorgverlenerList(pki, 1_000_000, world.now()),
      await zorgverlenerList(pki, 1_000_001, world.now()),
    ]
    expect(await world.backend.crls.offer(high)).toBe("taken")
    expect(await world.backend.crls.offer(high)).toBe("unchanged")
    expect(await world.backend.crls.offer(low)).toBe("older")
    const later = await world.restart()
    expect((await serve(later, high)).bytes).toEqual(high)
    expect(await later.backend.crls.offer(low)).toBe("older")
    expect(later.backend.crls.revocation(later.now()).lowestNumbers?.get(keyIdOf(high))).toBe(1_000_001n)
    await later.close()
  })
})

test("of two lists with one number the later one counts", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const [early, late] = [
      await zorgverlenerList(pki, 1_000_000, world.now() - MINUTE),
      await zorgverlenerList(pki, 1_000_000, world.now()),
    ]
    expect(await world.backend.crls.offer(early)).toBe("taken")
    expect(await world.backend.crls.offer(late)).toBe("taken")
    expect(await world.backend.crls.offer(early)).toBe("older")
  })
})

test("lists that are unreadable, altered or a look-alike's are not taken", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    const good = await zorgverlenerList(pki, 1_000_000, world.now())
    const altered = good.map((byte, i) => (i === good.length - 1 ? byte ^ 1 : byte))
    expect(await world.backend.crls.offer(altered)).toBe("not-of-our-authorities")
    expect(await world.backend.crls.offer(new Uint8Array([0x30, 0x00]))).toBe("unreadable")
    expect(await world.backend.crls.offer(new Uint8Array([...good, 0]))).toBe("unreadable")
    for (const list of readPem(
      "X509 CRL",
      await readFile(join(pki.directory, "rogue", "crls.pem"), "utf8"),
    )) {
      expect(await world.backend.crls.offer(list)).toBe("not-of-our-authorities")
    }
  })
})

test("sources are files and addresses; one that fails is logged and stops no other", async () => {
  const { pki } = cast.get()
  const directory = await mkdtemp(join(tmpdir(), "vrijgave-crl-"))
  const list = await zorgverlenerList(pki, 2_000_000, Date.now() - MINUTE)
  const server = createServer((request, response) => {
    if (request.url === "/crl") return response.end(list)
    if (request.url === "/moved") return response.writeHead(302, { location: "/crl" }).end()
    return response.writeHead(500).end()
  })
  try {
    const origin = await listening(server)
    await writeFile(join(directory, "no-list.pem"), "nothing")
    await inWorld(pki, { withoutCrls: true }, async (world) => {
      await refreshFrom(
        world,
        { file: join(directory, "absent.pem") },
        { file: join(directory, "no-list.pem") },
        { url: `${origin}/broken` },
        { url: `${origin}/moved` },
        { url: `${origin}/crl` },
      )
      expect(outcomesIn(world)).toEqual([...Array<string>(4).fill("source-failed"), "taken"])
      expect((await serve(world, list)).bytes).toEqual(list)
    })
  } finally {
    server.close()
    await rm(directory, { recursive: true })
  }
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // Sound: a TCP server that listens has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

test("before each reading the hook runs, and when it fails the sources are read all the same", async () => {
  const { pki } = cast.get()
  let runs = 0
  const beforeCrlRefresh = async (): Promise<void> => {
    runs++
    await refreshCrls(pki, Date.now() - MINUTE)
    if (runs > 1) throw new Error("no key")
  }
  await inWorld(pki, { withoutCrls: true, parts: { beforeCrlRefresh } }, async (world) => {
    await refreshFromSources(world.backend)
    await refreshFromSources(world.backend)
    expect(runs).toBe(2)
    expect(outcomesIn(world).every((outcome) => outcome === "taken")).toBe(true)
    expect(world.log.filter((line) => line.is === "fault")).toMatchObject([{ where: "before-crl-refresh" }])
  })
})

test("readiness and metrics tell when lists have run out", async () => {
  const { pki } = cast.get()
  await inWorld(pki, {}, async (world) => {
    expect((await world.operator.inject("/readyz")).statusCode).toBe(200)
    expect((await world.operator.inject("/metrics")).payload).toContain("vrijgave_revocation_lists_stale 0")
    world.advance(49 * HOUR)
    const answer = await world.operator.inject("/readyz")
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ ready: false })
    expect((await world.operator.inject("/metrics")).payload).toMatch(/vrijgave_revocation_lists_stale [1-9]/)
    expect((await world.operator.inject("/healthz")).statusCode).toBe(200)
  })
})
