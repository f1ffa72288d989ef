import type { ReactNode } from "react"

/** The white border that readers need (ISO/IEC 18004: four modules). */
const QUIET = 4

/** A QR code drawn from its rows of "#" and ".". */
export function QrPicture({
  rows,
  name,
}: {
  readonly rows: readonly string[]
  readonly name: string
}): ReactNode {
  const size = rows.length + 2 * QUIET
  const dark = rows.flatMap((row, y) =>
    Array.from(row).flatMap((module, x) =>
      module === "#" ? `M${String(x + QUIET)} ${String(y + QUIET)}h1v1h-1z` : [],
    ),
  )
  return (
    <svg
      className="qr"
      role="img"
      aria-label={name}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className="light" />
      <path d={dark.join("")} className="dark" />
    </svg>
  )
}
