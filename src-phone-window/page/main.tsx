import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import type { PhoneDoor } from "../contract.ts"
import { PhoneScreen } from "./phone-screen.tsx"

declare global {
  interface Window {
    readonly phone: PhoneDoor
  }
}

const place = document.getElementById("phone")
if (place === null) throw new Error("index.html has no place for the phone")
createRoot(place).render(
  <StrictMode>
    <PhoneScreen phone={window.phone} />
  </StrictMode>,
)
