import { useEffect, useMemo, type ReactNode } from "react"
import type { ProblemView } from "../../src-preload/desk-state.ts"
import { ProblemNote } from "../parts/problem-note.tsx"
import { PatientPanel } from "../patient/patient-panel.tsx"
import { useFolded } from "../patient/use-folded.ts"
import { LessonCard } from "../practise/lesson-card.tsx"
import type { Lesson } from "../practise/use-lesson.ts"
import { PracticeBanner } from "../side/practice-banner.tsx"
import { SidePanel } from "../side/side-panel.tsx"
import { ConsultScreen } from "../views/consult-screen.tsx"
import { PageScreen } from "../views/page-screen.tsx"
import { mayStartNext, screenOf, stepOf } from "./consult-step.ts"
import { useDesk } from "./desk-context.ts"
import { useKeys, type KeyActions } from "./keys.ts"
import type { Page } from "./page.ts"
import { StepBar } from "./step-bar.tsx"

interface Props {
  readonly page: Page | undefined
  /** What could not be done just now. */
  readonly trouble: ProblemView | undefined
  readonly lesson: Lesson
}

/** The three columns that every state shares: who signs, the one question, and what the patient sees. */
export function Shell({ page, trouble, lesson }: Props): ReactNode {
  const { state } = useDesk()
  const [folded, setFolded] = useFolded()
  useKeys(useKeyActions(page, folded, setFolded))
  useClosePage(screenOf(state.consult))
  return (
    <div className="desk" data-environment={state.environment} data-folded={folded}>
      <PracticeBanner />
      <SidePanel onPractise={lesson.start} />
      <main className="middle">
        <LessonCard lesson={lesson} />
        <StepBar current={stepOf(state.consult)} />
        {trouble !== undefined && <ProblemNote problem={trouble} />}
        {page === undefined ? <ConsultScreen /> : <PageScreen page={page} />}
      </main>
      <PatientPanel folded={folded} onFold={setFolded} />
    </div>
  )
}

/** What happens to the consult is more important than a page that lies over it. */
function useClosePage(screen: string): void {
  const { openPage } = useDesk()
  useEffect(() => {
    openPage(undefined)
  }, [screen, openPage])
}

function useKeyActions(
  page: Page | undefined,
  folded: boolean,
  setFolded: (folded: boolean) => void,
): KeyActions {
  const { door, act, state, openPage } = useDesk()
  const { consult, session } = state
  return useMemo(
    () => ({
      back: () => {
        if (page === undefined) act(door.goBack())
        else openPage(undefined)
      },
      newConsult: () => {
        openPage(undefined)
        if (mayStartNext(consult)) act(door.startNext())
      },
      lock: () => {
        if (session !== undefined) act(door.signOut())
      },
      settings: () => {
        openPage(page?.is === "settings" ? undefined : { is: "settings" })
      },
      foldHelp: () => {
        setFolded(!folded)
      },
    }),
    [page, folded, setFolded, door, act, consult, session, openPage],
  )
}
