import type { ReactNode } from "react"
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components"
import type { CardView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { dateText } from "../app/times.ts"

interface Props {
  readonly cards: readonly CardView[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** The cards that are in the readers now. One is no choice and only shown; of several none is chosen beforehand. */
export function CardChoice({ cards, chosen, onChoose }: Props): ReactNode {
  const { texts } = useDesk()
  const [only] = cards
  if (cards.length === 1 && only !== undefined) {
    return (
      <div className="card-row is-single">
        <CardWords card={only} />
      </div>
    )
  }
  return (
    <RadioGroup className="card-choice" value={chosen ?? ""} onChange={onChoose}>
      <Label>{texts.signIn.choose}</Label>
      {cards.map((card) => (
        <RadioField key={card.id} value={card.id}>
          <RadioButton className="card-row">
            <span className="radio" aria-hidden="true" />
            <CardWords card={card} />
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  )
}

function CardWords({ card }: { readonly card: CardView }): ReactNode {
  const { state, texts } = useDesk()
  const { holder } = card
  if (holder === undefined) {
    return (
      <span className="card-words">
        <strong>{card.label}</strong>
        <span>{card.problem === undefined ? texts.signIn.reading : card.problem.title}</span>
      </span>
    )
  }
  const place = holder.organisation === undefined ? "" : ` · ${holder.organisation}`
  const validity = texts.signIn.validUntil(dateText(holder.validUntil, state.language))
  return (
    <span className="card-words">
      <strong>{holder.name}</strong>
      <span>{`${holder.profession}${place}`}</span>
      <span className="numbers">
        {`${texts.side.card(holder.cardNumber)} · ${texts.signIn.uziNumber(holder.uziNumber)} · ${validity}`}
      </span>
      <span>{card.reader}</span>
    </span>
  )
}
