/** A way to get a code into the field: which keys are pressed for it, and by whom. */
export interface EntryWay {
  readonly name: string
  readonly how: string
  /** In their order; a single character is typed, "ArrowDown" and "Enter" are pressed. */
  readonly keys: readonly string[]
  /** How many of them a person presses. */
  readonly presses: number
  /** From the first key until the code was looked up, without a person's pauses, when it was measured last. */
  readonly machineMilliseconds: number
}

/** The code of the examples, and its Dutch words. */
export const ENTERED = { digits: "407192-8356", words: "eeuwig inkom bouillon brem", language: "nl" } as const
/** An assumption, not a measurement: somebody who types with two fingers while listening. */
export const PRESSES_A_SECOND = 2

const CHOOSE = ["ArrowDown", "Enter"]
const SCANNED = "VRIJGAVE 4071928356"

/** Held against the running window by test/ui/keystrokes.spec.ts. */
export const ENTRY_WAYS: readonly EntryWay[] = [
  {
    name: "ten digits",
    how: "the digits and Enter; the hyphen comes by itself",
    keys: [...typed("4071928356"), "Enter"],
    presses: 11,
    machineMilliseconds: 503,
  },
  {
    name: "four words, whole",
    how: "every letter, three spaces and Enter",
    keys: [...typed(ENTERED.words), "Enter"],
    presses: 27,
    machineMilliseconds: 817,
  },
  {
    name: "four words with completion",
    how: "first letters until the word stands first in the list, arrow down, Enter; Enter once more at the end",
    keys: [
      ...typed("eeu"),
      ...CHOOSE,
      ...typed("inko"),
      ...CHOOSE,
      ...typed("bou"),
      ...CHOOSE,
      ...typed("brem"),
      "Enter",
    ],
    presses: 21,
    machineMilliseconds: 689,
  },
  {
    name: "four-letter abbreviations",
    how: "the first four letters of each word, three spaces and Enter",
    keys: [...typed("eeuw inko boui brem"), "Enter"],
    presses: 20,
    machineMilliseconds: 605,
  },
  {
    name: "scanner",
    how: `none: the scanner types \`${SCANNED}\` and Enter itself`,
    keys: [...typed(SCANNED), "Enter"],
    presses: 0,
    machineMilliseconds: 644,
  },
]

/** Its keys, one a character. */
function typed(text: string): readonly string[] {
  return Array.from(text)
}

/** The rows of docs/handover.md. */
export function keystrokeTable(): readonly string[] {
  const rows = ENTRY_WAYS.map(({ name, how, presses, machineMilliseconds }) => {
    const seconds = presses === 0 ? "–" : `${(presses / PRESSES_A_SECOND).toFixed(1)} s`
    const machine = `${(machineMilliseconds / 1_000).toFixed(1)} s`
    return `| ${name} | ${how} | ${String(presses)} | ${seconds} | ${machine} |`
  })
  return [
    "| way | what is pressed | key presses | a person's time (assumed) | the machine's own time (measured) |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ]
}
