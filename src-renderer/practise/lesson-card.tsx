import type { ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"
import { QuietButton } from "../parts/buttons.tsx"
import { LESSON_LENGTH, type Lesson } from "./use-lesson.ts"

/** What to do in this consult of the lesson; above the steps, so that the consult itself looks as it always does. */
export function LessonCard({ lesson }: { readonly lesson: Lesson }): ReactNode {
  const { texts } = useDesk()
  const { done, stop } = lesson
  if (done === undefined) return undefined
  const task = texts.practise.tasks[done] ?? texts.practise.finished
  return (
    <section className="lesson" aria-label={texts.practise.title}>
      <p>
        <strong>{task.title}.</strong> {task.lead}
      </p>
      <p className="numbers">{texts.practise.progress(done, LESSON_LENGTH)}</p>
      <QuietButton onPress={stop}>{texts.practise.stop}</QuietButton>
    </section>
  )
}
