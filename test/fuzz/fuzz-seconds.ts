/** How long this folder tries in all: `VRIJGAVE_FUZZ_SECONDS`, 20 unless set. Two files run side by side. */
const ALL_SECONDS = Number(process.env["VRIJGAVE_FUZZ_SECONDS"] ?? "20")

/** The guided fuzzer has one of the two cores for itself, while the other files take turns on the other. */
export const GUIDED_SHARE = 0.7
export const UNGUIDED_SHARE = 0.3

export function secondsOf(share: number): number {
  return ALL_SECONDS * share
}
