import { correction, generate } from "lean-qr"

/**
 * The QR picture of a text as rows of `#` (dark) and `.` (light), without the white edge of four modules that whoever
 * draws it must leave around it (ISO/IEC 18004 §5.3.8).
 */
export function qrPicture(text: string): readonly string[] {
  const picture = generate(text, { minCorrectionLevel: correction.M })
  const places = Array.from({ length: picture.size }, (_, place) => place)
  return places.map((y) => places.map((x) => (picture.get(x, y) ? "#" : ".")).join(""))
}
