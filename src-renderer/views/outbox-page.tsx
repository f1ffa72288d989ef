import { useState, type ReactNode } from "react"
import type { OutboxEntryView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { timeText } from "../app/times.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { ProblemNote } from "../parts/problem-note.tsx"
import { Question } from "../parts/question.tsx"

/** Signed packages that could not be sent yet: whose they are, and what can be done. */
export function OutboxPage(): ReactNode {
  const { state, texts, door, act } = useDesk()
  const { waiting, damaged, kept } = state.outbox
  return (
    <Question title={texts.outbox.title} lead={waiting.length === 0 ? texts.outbox.empty : texts.outbox.lead}>
      {kept === "memory" && <p className="note is-warning">{texts.outbox.memory}</p>}
      {damaged > 0 && <p className="note is-bad">{texts.outbox.damaged(damaged)}</p>}
      <div className="actions">
        <PrimaryButton
          disabled={!waiting.some(({ isOwn }) => isOwn)}
          onPress={() => {
            act(door.sendOutbox())
          }}
        >
          {texts.outbox.send}
        </PrimaryButton>
        <CloseButton />
      </div>
      {waiting.length > 0 && (
        <ul className="panel outbox">
          {waiting.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Question>
  )
}

function CloseButton(): ReactNode {
  const { texts, openPage } = useDesk()
  return (
    <SecondaryButton
      onPress={() => {
        openPage(undefined)
      }}
    >
      {texts.problem.close}
    </SecondaryButton>
  )
}

function Entry({ entry }: { readonly entry: OutboxEntryView }): ReactNode {
  const { state, texts } = useDesk()
  const { outbox } = texts
  const whose = entry.isOwn ? outbox.own : outbox.foreign
  return (
    <li>
      <p className="numbers">{`${outbox.written(timeText(entry.writtenAt, state.language))} · ${whose}`}</p>
      {entry.problem !== undefined && <ProblemNote problem={entry.problem} calm />}
      <Discard id={entry.id} />
    </li>
  )
}

/** Asked twice: what is thrown away here cannot be had back. */
function Discard({ id }: { readonly id: string }): ReactNode {
  const { texts, door, act } = useDesk()
  const [isAsked, setAsked] = useState(false)
  const ask = (asked: boolean) => () => {
    setAsked(asked)
  }
  if (!isAsked) return <SecondaryButton onPress={ask(true)}>{texts.outbox.discard}</SecondaryButton>
  return (
    <div role="alert">
      <p>{texts.outbox.discardSure}</p>
      <div className="actions">
        <SecondaryButton onPress={ask(false)}>{texts.outbox.keep}</SecondaryButton>
        <SecondaryButton
          onPress={() => {
            act(door.discardOutboxEntry({ id }))
          }}
        >
          {texts.outbox.discardYes}
        </SecondaryButton>
      </div>
    </div>
  )
}
