import { feed } from "./app/first-question.ts"
import { createRoot } from "react-dom/client"
import { App } from "./app/app.tsx"
import { SafetyNet } from "./app/safety-net.tsx"

const place = document.getElementById("desk")
if (place !== null) {
  // There is nothing to draw before the first state: it is drawn once, and whole.
  void feed.begun.then(() => {
    createRoot(place).render(
      <SafetyNet>
        <App door={window.desk} feed={feed} />
      </SafetyNet>,
    )
  })
}
