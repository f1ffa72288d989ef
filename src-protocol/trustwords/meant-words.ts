import { editDistance } from "./edit-distance.ts"
import { foldedWords, typedDistance } from "./find-word.ts"
import type { TypedWord } from "./fold-word.ts"
import { soundOf } from "./sound.ts"
import type { WordList } from "./word-list.ts"

/** A word of the list that may have been meant; the lower the cost, the likelier. */
export interface MeantWord {
  readonly index: number
  readonly cost: number
  readonly why: "sound" | "spelling"
}

const SPELLING_DISTANCE = 2
const SOUND_DISTANCE = 1

const sounds = new WeakMap<WordList, readonly string[]>()

function soundsOf(list: WordList): readonly string[] {
  const known = sounds.get(list)
  if (known !== undefined) return known
  const made = list.words.map((word) => soundOf(list.language, word))
  sounds.set(list, made)
  return made
}

/**
 * The words of a list that somebody may have meant who typed `word`: of the same or nearly the same sound in that
 * language, or two letters away at most; the likeliest first. The word itself is among them where the list has it.
 */
export function meantWords(list: WordList, word: TypedWord): readonly MeantWord[] {
  const heard = soundOf(list.language, word.folded)
  const listSounds = soundsOf(list)
  const meant: MeantWord[] = []
  for (const [index, other] of foldedWords(list).entries()) {
    const spelling = typedDistance(word.folded, other, SPELLING_DISTANCE)
    const sound = editDistance(heard, listSounds[index] ?? "", SOUND_DISTANCE)
    if (spelling === undefined && sound === undefined) continue
    const byEar = (sound ?? Number.POSITIVE_INFINITY) + 0.5
    const byEye = spelling ?? Number.POSITIVE_INFINITY
    meant.push(byEar < byEye ? { index, cost: byEar, why: "sound" } : { index, cost: byEye, why: "spelling" })
  }
  return meant.toSorted((a, b) => a.cost - b.cost || a.index - b.index)
}
