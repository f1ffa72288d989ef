import { createRoot } from "react-dom/client"
import { App } from "./app/app.tsx"
import { SafetyNet } from "./app/safety-net.tsx"

const place = document.getElementById("desk")
if (place !== null) {
  createRoot(place).render(
    <SafetyNet>
      <App door={window.desk} />
    </SafetyNet>,
  )
}
