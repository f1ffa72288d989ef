import type { ReactNode } from "react"
import { screenOf } from "../app/consult-step.ts"
import { useDesk } from "../app/desk-context.ts"
import { CodeScreen } from "./code-screen.tsx"
import { ComparingScreen } from "./comparing-screen.tsx"
import { ConsentScreen } from "./consent-screen.tsx"
import { DoneScreen } from "./done-screen.tsx"
import { FollowingScreen } from "./following-screen.tsx"
import { ProblemScreen } from "./problem-screen.tsx"
import { SignInScreen } from "./sign-in-screen.tsx"
import { SignScreen } from "./sign-screen.tsx"
import { SigningInScreen } from "./signing-in-screen.tsx"
import { WorkingScreen } from "./working-screen.tsx"

/** The one question of now. A new screen is a new element, so that its focus and its fields begin afresh. */
export function ConsultScreen(): ReactNode {
  const { state } = useDesk()
  const screen = screenOf(state.consult)
  return (
    <div className="screen" key={screen} data-screen={screen}>
      <Screen />
    </div>
  )
}

function Screen(): ReactNode {
  const { consult } = useDesk().state
  switch (consult.is) {
    case "signed-out":
      return <SignInScreen consult={consult} />
    case "signing-in":
      return <SigningInScreen consult={consult} />
    case "ready":
    case "looking-up":
      return <CodeScreen consult={consult} />
    case "comparing":
      return <ComparingScreen consult={consult} />
    case "reviewing":
      return <ConsentScreen consult={consult} />
    case "entering-pin":
      return <SignScreen consult={consult} />
    case "signing":
    case "judging":
    case "posting":
      return <WorkingScreen consult={consult} />
    case "following":
      return <FollowingScreen consult={consult} />
    case "done":
      return <DoneScreen consult={consult} />
    case "problem":
      return <ProblemScreen consult={consult} />
  }
}
