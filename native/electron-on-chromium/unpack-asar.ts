import { createHash } from "node:crypto"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join, relative } from "node:path"

/** What the header of an archive says of a file, a link or a folder. */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly link?: string
  readonly unpacked?: boolean
  readonly executable?: boolean
  readonly offset?: string
  readonly size?: number
  readonly integrity?: { readonly algorithm: string; readonly hash: string }
}

interface Archive {
  readonly file: string
  readonly bytes: Buffer
  /** Where the bodies of the files begin. */
  readonly bodies: number
  readonly folder: string
}

/**
 * Unpacks an app.asar, since plain Node cannot load from inside one, and answers the folder; once for each content.
 * Throws for a file whose hash is not the one in the header.
 */
export function unpackAsar(file: string, into: string): string {
  const bytes = readFileSync(file)
  const folder = join(into, createHash("sha256").update(bytes).digest("hex").slice(0, 16))
  const done = join(folder, ".unpacked")
  if (existsSync(done)) return folder
  rmSync(folder, { recursive: true, force: true })
  // Two pickles of Chromium: the length of the header at 4, and within it the length of its JSON at 12.
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString("utf8")
  const archive = { file, bytes, bodies: 8 + bytes.readUInt32LE(4), folder }
  // Written by electron-builder; every file's own hash is checked below.
  unpack(archive, JSON.parse(header) as Entry, folder)
  writeFileSync(done, "")
  return folder
}

function unpack(archive: Archive, entry: Entry, path: string): void {
  if (entry.files !== undefined) {
    mkdirSync(path, { recursive: true })
    for (const [name, child] of Object.entries(entry.files)) unpack(archive, child, join(path, name))
  } else if (entry.link !== undefined) symlinkSync(join(archive.folder, entry.link), path)
  else if (entry.unpacked === true)
    copyFileSync(join(`${archive.file}.unpacked`, relative(archive.folder, path)), path)
  else writeFileSync(path, bodyOf(archive, entry, path), { mode: entry.executable === true ? 0o755 : 0o644 })
}

function bodyOf(
  { bytes, bodies }: Archive,
  { offset = "0", size = 0, integrity }: Entry,
  path: string,
): Buffer {
  const begin = bodies + Number(offset)
  const body = bytes.subarray(begin, begin + size)
  if (integrity !== undefined && createHash("sha256").update(body).digest("hex") !== integrity.hash)
    throw new Error(`The archive has another ${path} than its header says`)
  return body
}
