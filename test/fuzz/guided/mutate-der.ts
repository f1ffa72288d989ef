import { readDerTree, writeDerTree, type DerTree } from "./der-tree.ts"
import { MAX_INPUT_BYTES, mutateBytes, type Material } from "./mutate-bytes.ts"
import type { Random } from "./random.ts"

/** An element, and the row in which it stands. */
interface Place {
  readonly row: DerTree[]
  readonly index: number
  readonly element: DerTree
}

const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31]
const CONTEXT_TAGS = [0x80, 0x81, 0x82, 0x86, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4]

type Mutation = (place: Place, random: Random, material: Material) => void

const MUTATIONS: readonly Mutation[] = [
  ({ element }, random) => {
    element.tag = random.pick(random.chance(60) ? TAGS : CONTEXT_TAGS) ?? element.tag
  },
  ({ element }, random) => {
    element.tag ^= random.pick([0x20, 0x40, 0x80, 0x1f, 0x01]) ?? 0x20
  },
  ({ row, index }) => {
    row.splice(index, 1)
  },
  ({ row, index, element }, random) => {
    const copies = random.chance(90) ? 1 : 1 + random.below(70)
    row.splice(index, 0, ...Array.from({ length: copies }, () => structuredClone(element)))
  },
  ({ row, index, element }, random) => {
    const with_ = random.below(row.length)
    row[index] = row[with_] ?? element
    row[with_] = element
  },
  (place, random, { other }) => {
    const taken = random.pick(placesIn(readDerTree(other()) ?? []))
    if (taken !== undefined) place.row[place.index] = taken.element
  },
  (place, random, { other }) => {
    const taken = random.pick(placesIn(readDerTree(other()) ?? []))
    if (taken !== undefined) place.row.splice(place.index, 0, taken.element)
  },
  ({ element }, random, material) => {
    element.content = mutateBytes(element.content, random, material)
    element.children = undefined
  },
  ({ element }, random, { tokens }) => {
    element.content = random.pick(tokens) ?? element.content
    element.children = undefined
  },
  ({ element }, random) => {
    element.content = random.bytes(random.below(random.chance(80) ? 24 : 600))
    element.children = undefined
  },
  ({ element }, random) => {
    element.length = random.pick(["too-long", "indefinite", "wrong"] as const) ?? "minimal"
  },
  ({ row, index, element }, random) => {
    const deep = random.chance(90) ? 1 : random.below(200)
    row[index] = Array.from({ length: deep }).reduce<DerTree>((inner) => wrapped(inner, random), element)
  },
  ({ row, index, element }) => {
    row.splice(index, 1, ...(element.children ?? []))
  },
]

/**
 * DER with one change to its tree: another tag, an element too many or too few, one taken from elsewhere, a length in a
 * form that DER does not have. All lengths above the change fit again. `undefined` where `bytes` are no DER.
 */
export function mutateDer(bytes: Uint8Array, random: Random, material: Material): Uint8Array | undefined {
  const tree = readDerTree(bytes)
  const place = tree === undefined ? undefined : random.pick(placesIn(tree))
  if (tree === undefined || place === undefined) return undefined
  const mutation = random.pick(MUTATIONS)
  mutation?.(place, random, material)
  return writeDerTree(tree).slice(0, MAX_INPUT_BYTES)
}

function wrapped(inner: DerTree, random: Random): DerTree {
  const tag = random.pick([0x30, 0x31, 0xa0, 0x04]) ?? 0x30
  return { tag, prefix: new Uint8Array(0), children: [inner], content: new Uint8Array(0), length: "minimal" }
}

function placesIn(row: DerTree[]): readonly Place[] {
  return row.flatMap((element, index) => [
    { row, index, element },
    ...(element.children === undefined ? [] : placesIn(element.children)),
  ])
}
