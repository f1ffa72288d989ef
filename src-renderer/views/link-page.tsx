import type { ReactNode } from "react"
import type { LinkName } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton, SecondaryButton } from "../parts/buttons.tsx"
import { ProblemDetails } from "../parts/problem-details.tsx"
import { Question } from "../parts/question.tsx"

/** One link of the line explained: what it is for, how it stands, and what to do where it is broken. */
export function LinkPage({ name }: { readonly name: LinkName }): ReactNode {
  const { state, texts, door, act, openPage } = useDesk()
  const link = state.line.find((one) => one.name === name)
  const problem = link?.problem
  const words = texts.linkPage[name]
  const standing = link?.status === "ok" ? words.ok : texts.side.linkStatus[link?.status ?? "unknown"]
  const title = problem?.title ?? texts.linkPage.title(texts.side.links[name])
  return (
    <Question title={title} lead={problem?.sentence ?? standing}>
      <p className="note">{words.what}</p>
      {problem !== undefined && <ProblemDetails problem={problem} />}
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            openPage(undefined)
          }}
        >
          {texts.problem.close}
        </PrimaryButton>
        <SecondaryButton
          onPress={() => {
            act(door.checkLine())
          }}
        >
          {texts.problem.check}
        </SecondaryButton>
      </div>
    </Question>
  )
}
