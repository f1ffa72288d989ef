import { useEffect, useId, useRef, useState, type ReactNode, type RefObject, type SubmitEvent } from "react"
import type { PinView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton } from "./buttons.tsx"
import { FinalTry } from "./final-try.tsx"

/** What the card gets: bytes that are wiped as soon as the door has them; none where the reader has keys of its own. */
export interface EnteredPin {
  readonly pin?: Uint8Array
  readonly lastTryConfirmed?: boolean
}

interface Props {
  readonly pin: PinView
  readonly label: string
  readonly submit: string
  readonly submitOnPad: string
  /** False where a choice stands before it, whose arrows must not lead away. */
  readonly takesFocus?: boolean
  readonly onEntered: (entered: EnteredPin) => void
  /** What else can be done here. */
  readonly children?: ReactNode
}

/** Asks for the PIN in the way that this card and reader need: typed here, typed there, or first "are you sure?". */
export function PinForm(props: Props): ReactNode {
  const { texts } = useDesk()
  const { pin } = props
  const [isSure, setSure] = useState(false)
  if (pin.state === "locked") {
    return (
      <div className="pin">
        <p className="note is-bad">{texts.pin.locked}</p>
        <div className="actions">{props.children}</div>
      </div>
    )
  }
  if (pin.state === "final-try" && !isSure) {
    return (
      <FinalTry
        onSure={() => {
          setSure(true)
        }}
      >
        {props.children}
      </FinalTry>
    )
  }
  const confirmed = pin.state === "final-try" ? { lastTryConfirmed: true } : {}
  return pin.pinPad ? (
    <OnThePad {...props} confirmed={confirmed} />
  ) : (
    <TypedHere {...props} confirmed={confirmed} />
  )
}

type ConfirmedProps = Props & { readonly confirmed: EnteredPin }

function OnThePad({ submitOnPad, onEntered, children, confirmed }: ConfirmedProps): ReactNode {
  const { texts } = useDesk()
  return (
    <div className="pin">
      <p>{texts.pin.pad}</p>
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            onEntered(confirmed)
          }}
        >
          {submitOnPad}
        </PrimaryButton>
        {children}
      </div>
    </div>
  )
}

function TypedHere({
  pin,
  label,
  submit,
  onEntered,
  children,
  confirmed,
  takesFocus = true,
}: ConfirmedProps): ReactNode {
  const { texts, announce } = useDesk()
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const [isWrongLength, setWrongLength] = useState(false)
  useFocusAtFirst(field, takesFocus)
  const lengths = texts.pin.length(pin.shortest, pin.longest)
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const entered = takePin(field.current, pin)
    setWrongLength(entered === undefined)
    if (entered === undefined) {
      announce(lengths)
      field.current?.focus()
      return
    }
    onEntered({ ...confirmed, pin: entered })
    entered.fill(0)
  }
  return (
    <form className="pin" onSubmit={onSubmit} autoComplete="off">
      <label htmlFor={id}>{label}</label>
      <div className="actions">
        <input
          id={id}
          ref={field}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={pin.longest}
          aria-describedby={`${id}-hint`}
          aria-invalid={isWrongLength}
        />
        <PrimaryButton submits>{submit}</PrimaryButton>
        {children}
      </div>
      <p className={isWrongLength ? "hint is-bad" : "hint"} id={`${id}-hint`}>
        {isWrongLength ? lengths : hintOf(pin, texts.pin)}
      </p>
    </form>
  )
}

function useFocusAtFirst(field: RefObject<HTMLInputElement | null>, takesFocus: boolean): void {
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [field, takesFocus])
}

/** Takes the PIN out of the field, which is empty afterwards; a length that the card cannot have costs no try. */
function takePin(field: HTMLInputElement | null, pin: PinView): Uint8Array | undefined {
  if (field === null) return undefined
  const bytes = new TextEncoder().encode(field.value)
  field.value = ""
  if (bytes.length >= pin.shortest && bytes.length <= pin.longest) return bytes
  bytes.fill(0)
  return undefined
}

function hintOf(
  { triesLeft, state }: PinView,
  words: { triesLeft(count: number): string; readonly low: string; readonly hint: string },
): string {
  const warning = state === "low" ? [words.low] : []
  const tries = triesLeft === undefined ? [] : [words.triesLeft(triesLeft)]
  return [...warning, ...tries, words.hint].join(" ")
}
