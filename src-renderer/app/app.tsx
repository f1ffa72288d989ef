import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react"
import { I18nProvider } from "react-aria-components"
import type { DeskDoor } from "../../src-preload/contract.ts"
import type { DeskState } from "../../src-preload/desk-state.ts"
import { useLesson } from "../practise/use-lesson.ts"
import { TEXTS } from "../text/texts.ts"
import { announcementOf } from "./announcement.ts"
import { problemOf, screenOf } from "./consult-step.ts"
import { DeskContext, type Desk } from "./desk-context.ts"
import type { DeskFeed } from "./desk-feed.ts"
import type { Page } from "./page.ts"
import { Shell } from "./shell.tsx"
import { useAnnouncer } from "./use-announcer.tsx"
import { useAct } from "./use-act.ts"
import { useAnswersElsewhere } from "./use-answers-elsewhere.ts"

/** The whole window: a picture of the desk's state, and nothing before the first one has come. */
export function App({ door, feed }: { readonly door: DeskDoor; readonly feed: DeskFeed }): ReactNode {
  const state = useSyncExternalStore(feed.subscribe, feed.newest)
  return state === undefined ? undefined : <Window door={door} state={state} />
}

function Window({ door, state }: { readonly door: DeskDoor; readonly state: DeskState }): ReactNode {
  const texts = TEXTS[state.language]
  const [page, openPage] = useState<Page>()
  const { announce, region } = useAnnouncer(announcementOf(state, texts))
  useAnswersElsewhere(state.inFlight, texts, announce)
  const { act, trouble } = useAct(screenOf(state.consult), problemOf(state.consult))
  const lesson = useLesson(state)
  const { noteWay } = lesson
  useDocument(state)
  const desk = useMemo<Desk>(
    () => ({ state, texts, door, openPage, act, noteWay, announce }),
    [state, texts, door, act, noteWay, announce],
  )
  return (
    <I18nProvider locale={state.language}>
      <DeskContext value={desk}>
        <Shell page={page} trouble={trouble} lesson={lesson} />
        {region}
      </DeskContext>
    </I18nProvider>
  )
}

/** What stands on the document itself: the language for speech, the colours for the look. */
function useDocument({ language, settings }: DeskState): void {
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dataset["appearance"] = settings.appearance
  }, [language, settings.appearance])
}
