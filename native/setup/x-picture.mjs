import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { crc32, deflateSync } from "node:zlib"

/**
 * Saves the screen of an Xvfb, which it keeps in a file of X's window dump format, as PNG.
 * @param {string} dump
 * @param {string} file
 */
export function savePicture(dump, file) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, pngOf(readFileSync(dump)))
}

/**
 * The numbers of the header are 32 bits, big-endian (XWDFile.h): its length, then among others the width, the height,
 * the bits of a pixel, the bytes of a line and the number of colours between the header and the pixels.
 * @param {Buffer} dump
 */
function pngOf(dump) {
  /** @param {number} index */
  const field = (index) => dump.readUInt32BE(4 * index)
  const [headerLength, width, height, bits, lineLength, colours] = [0, 4, 5, 11, 12, 19].map(field)
  if (headerLength === undefined || width === undefined || height === undefined)
    throw new Error("no dump of X")
  if (bits !== 32 || lineLength === undefined || colours === undefined)
    throw new Error("not a screen of 24 bits")
  const COLOUR_LENGTH = 12
  const pixels = dump.subarray(headerLength + COLOUR_LENGTH * colours)
  const lines = Array.from({ length: height }, (_, y) => lineOf(pixels.subarray(y * lineLength), width))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits of a colour, red, green and blue (PNG, 11.2.1).
  header.set([8, 2], 8)
  const signature = Buffer.from("89504e470d0a1a0a", "hex")
  const data = chunk("IDAT", deflateSync(Buffer.concat(lines)))
  return Buffer.concat([signature, chunk("IHDR", header), data, chunk("IEND", Buffer.alloc(0))])
}

/**
 * A line of PNG: no filter, then red, green, blue; Xvfb keeps blue, green, red and a byte of nothing.
 * @param {Buffer} pixels
 * @param {number} width
 */
function lineOf(pixels, width) {
  const line = Buffer.alloc(1 + 3 * width)
  for (let x = 0; x < width; x += 1) {
    for (let colour = 0; colour < 3; colour += 1) line[1 + 3 * x + colour] = pixels[4 * x + 2 - colour] ?? 0
  }
  return line
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "ascii"), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}
