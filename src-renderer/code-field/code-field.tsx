import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
  type ReactNode,
} from "react"
import { useDesk } from "../app/desk-context.ts"
import { codeMessage, spokenMessage } from "./code-message.ts"
import { completionId, Completions } from "./completions.tsx"
import { groupDigits, overwriteDigit, type Typed } from "./group-digits.ts"
import { Offers } from "./offers.tsx"
import type { Completion, HandOverInput, WordSoFar } from "./understanding.ts"
import { WordChips } from "./word-chips.tsx"

interface Props {
  readonly text: string
  readonly input: HandOverInput | undefined
  readonly isBusy: boolean
  /** What is said in the room below the field, before anything of ours. */
  readonly children?: ReactNode
  readonly onText: (text: string) => void
  /** A scanner that ends with Tab instead of Enter means the same. */
  readonly onScanned: () => void
}

const SCANNED = /vr[iy]jgave\W*\d/i

/** One field for the code in any form: digits or words, typed, pasted or scanned. */
export function CodeField(props: Props): ReactNode {
  const { texts } = useDesk()
  const { text, input, isBusy, onText } = props
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const placeCaret = useCaret(field, text)
  const take = (next: string) => {
    placeCaret({ text: next, caret: next.length })
    onText(next)
    field.current?.focus()
  }
  const completions = useCompletions(input, take, props)
  useSpoken(input)
  const message = isBusy ? texts.code.searching : codeMessage(input, texts)
  return (
    <div className="code-field">
      <label htmlFor={id}>{texts.code.field}</label>
      <input
        id={id}
        ref={field}
        type="text"
        role="combobox"
        data-form={/\p{L}/u.test(text) ? "words" : "digits"}
        value={text}
        readOnly={isBusy}
        placeholder={texts.code.example}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={2_000}
        aria-autocomplete="list"
        aria-expanded={completions.list.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={
          completions.active === undefined ? undefined : completionId(`${id}-list`, completions.active)
        }
        aria-describedby={`${id}-message`}
        aria-invalid={input?.is === "problem"}
        onChange={(event) => {
          onText(placeCaret(typedIn(event)).text)
        }}
        onKeyDown={completions.onKeyDown}
      />
      <p id={`${id}-message`} className={input?.is === "problem" ? "hint is-bad" : "hint"}>
        {message}
      </p>
      <div className="understood">
        {props.children}
        {completions.list.length > 0 && (
          <Completions
            id={`${id}-list`}
            completions={completions.list}
            active={completions.active}
            onTake={completions.take}
          />
        )}
        <Help input={input} text={text} onTake={take} />
      </div>
    </div>
  )
}

/** What was understood, and what it may have been. */
function Help({
  input,
  text,
  onTake,
}: {
  readonly input: HandOverInput | undefined
  readonly text: string
  readonly onTake: (text: string) => void
}): ReactNode {
  const words = wordsOf(input)
  return (
    <>
      {words.length > 0 && (
        <WordChips
          words={words}
          isDoubtful={input?.is === "problem"}
          onReplace={(position, word) => {
            onTake(words.map((known, index) => (index === position ? word : known.typed)).join(" "))
          }}
        />
      )}
      {input?.is === "digits" && text.replace(/\D/g, "") !== input.digits && (
        <p className="shown">{input.shown}</p>
      )}
      {input?.is === "code" && input.shown !== text && <p className="shown">{input.shown}</p>}
      {input?.is === "problem" && (
        <Offers
          offers={input.offers}
          onTake={(offer) => {
            onTake(offer.text)
          }}
        />
      )}
    </>
  )
}

function wordsOf(input: HandOverInput | undefined): readonly WordSoFar[] {
  return input?.is === "words" || input?.is === "problem" ? input.words : []
}

function typedIn(event: ChangeEvent<HTMLInputElement>): Typed {
  const { value, selectionStart } = event.target
  const typed = { text: value, caret: selectionStart ?? value.length }
  const { nativeEvent } = event
  const isOneKey = nativeEvent instanceof InputEvent && nativeEvent.inputType === "insertText"
  return groupDigits(isOneKey ? overwriteDigit(typed) : typed)
}

/** A text that we set by ourselves would throw the caret to its end. */
function useCaret(
  field: { readonly current: HTMLInputElement | null },
  text: string,
): (typed: Typed) => Typed {
  const wanted = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (wanted.current !== undefined) field.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = undefined
  }, [field, text])
  useEffect(() => {
    field.current?.focus()
  }, [field])
  return (typed) => {
    wanted.current = typed.caret
    return typed
  }
}

function useSpoken(input: HandOverInput | undefined): void {
  const { texts, announce } = useDesk()
  const spoken = spokenMessage(input, texts)
  useEffect(() => {
    if (spoken !== undefined) announce(spoken)
  }, [spoken, announce])
}

interface Completing {
  readonly list: readonly Completion[]
  readonly active: number | undefined
  readonly take: (completion: Completion) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}

/** The list below the field, and the keys that move through it. */
function useCompletions(
  input: HandOverInput | undefined,
  take: (text: string) => void,
  { text, onScanned }: Props,
): Completing {
  const [active, setActive] = useState<number>()
  const [closedFor, setClosedFor] = useState<string>()
  useEffect(() => {
    setActive(undefined)
  }, [text])
  const list = input?.is === "words" && closedFor !== text ? input.completions : []
  const chosen = active === undefined ? undefined : list[active]
  const move = (by: number) => {
    setActive(((active ?? (by > 0 ? -1 : list.length)) + by + list.length) % list.length)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const done = keyAction(event.key)
    if (done === undefined) return
    event.preventDefault()
    event.stopPropagation()
    done()
  }
  const keyAction = (key: string): (() => void) | undefined => {
    if (key === "Tab" && SCANNED.test(text)) return onScanned
    if (list.length === 0) return undefined
    if (key === "ArrowDown")
      return () => {
        move(1)
      }
    if (key === "ArrowUp")
      return () => {
        move(-1)
      }
    if (key === "Escape")
      return () => {
        setClosedFor(text)
      }
    if (key === "Enter" && chosen !== undefined)
      return () => {
        take(chosen.text)
      }
    return undefined
  }
  return {
    list,
    active,
    take: (completion) => {
      take(completion.text)
    },
    onKeyDown,
  }
}
