import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "../parts/buttons.tsx"
import type { WordSoFar } from "./understanding.ts"

interface Props {
  readonly words: readonly WordSoFar[]
  /** Each may exist, but together they are no code: no tick is set. */
  readonly isDoubtful: boolean
  /** A nearer word is taken in the place of the one typed. */
  readonly onReplace: (position: number, word: string) => void
}

const MARKS: Readonly<Record<WordSoFar["is"], string>> = { known: "✓", beginning: "…", unknown: "?" }

/** The words as they were understood, whole; below them, for a word that is on no list, its neighbours. */
export function WordChips({ words, isDoubtful, onReplace }: Props): ReactNode {
  return (
    <>
      <ol className={isDoubtful ? "word-chips is-doubtful" : "word-chips"}>
        {words.map((word, index) => (
          <li
            key={`${String(index)} ${word.typed}`}
            className={`is-${word.is}`}
            lang={word.is === "known" ? word.language : undefined}
          >
            {word.is === "known" ? word.word : word.typed}
            {!(isDoubtful && word.is === "known") && <span aria-hidden="true">{MARKS[word.is]}</span>}
          </li>
        ))}
      </ol>
      {words.map((word, index) =>
        word.is === "unknown" ? (
          <Nearest
            key={`${String(index)} ${word.typed}`}
            typed={word.typed}
            nearest={word.nearest}
            onTake={(taken) => {
              onReplace(index, taken)
            }}
          />
        ) : undefined,
      )}
    </>
  )
}

interface NearestProps {
  readonly typed: string
  readonly nearest: readonly string[]
  readonly onTake: (word: string) => void
}

function Nearest({ typed, nearest, onTake }: NearestProps): ReactNode {
  const { texts } = useDesk()
  return (
    <div className="choices">
      <p>
        {texts.code.unknownWord(typed)} {nearest.length > 0 && texts.code.didYouMean}
      </p>
      <div className="actions">
        {nearest.map((word) => (
          <SecondaryButton
            key={word}
            onPress={() => {
              onTake(word)
            }}
          >
            {word}
          </SecondaryButton>
        ))}
      </div>
    </div>
  )
}
