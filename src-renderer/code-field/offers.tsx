import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { SecondaryButton } from "../parts/buttons.tsx"
import type { Offer } from "./understanding.ts"

interface Props {
  readonly offers: readonly Offer[]
  readonly onTake: (offer: Offer) => void
}

/** What it may have been. Each is a question for the patient; none is ever taken by itself. */
export function Offers({ offers, onTake }: Props): ReactNode {
  const { texts } = useDesk()
  if (offers.length === 0) return undefined
  return (
    <div className="choices">
      <p>{texts.code.didYouMean}</p>
      <div className="actions">
        {offers.map((offer) => (
          <SecondaryButton
            key={offer.text}
            onPress={() => {
              onTake(offer)
            }}
          >
            <OfferText offer={offer} />
          </SecondaryButton>
        ))}
      </div>
    </div>
  )
}

/** The whole code, with what would change in it marked. */
function OfferText({ offer }: { readonly offer: Offer }): ReactNode {
  const { state, texts } = useDesk()
  const { shown, instead, language, why } = offer
  const inLanguage =
    why === "language" && language !== undefined ? languageName(language, state.language) : undefined
  const [before, ...after] = instead === undefined ? [shown] : shown.split(instead)
  return (
    <span lang={language}>
      {instead === undefined || after.length === 0 ? (
        shown
      ) : (
        <>
          {before}
          <mark>{instead}</mark>
          {after.join(instead)}
        </>
      )}
      {inLanguage !== undefined && ` (${texts.code.inLanguage(inLanguage)})`}
    </span>
  )
}

function languageName(language: string, window: string): string {
  return new Intl.DisplayNames(window, { type: "language" }).of(language) ?? language
}
