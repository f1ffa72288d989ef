import { useEffect, useState, type ReactNode } from "react"
import type { CodeView } from "../../src-phone/phone-view.ts"
import type { PhoneDoor, PhoneWindowState } from "../contract.ts"
import { QrPicture } from "./qr-picture.tsx"
import { PHONE_TEXTS, type PhoneTexts } from "./texts.ts"

/** What the patient holds: the code in every form, then who signed, then the one decision that is the patient's own. */
export function PhoneScreen({ phone }: { readonly phone: PhoneDoor }): ReactNode {
  const state = usePhoneState(phone)
  useEffect(() => {
    if (state === undefined) return
    document.documentElement.lang = state.language
    document.title = PHONE_TEXTS[state.language].windowTitle
  }, [state])
  if (state === undefined) return null
  const texts = PHONE_TEXTS[state.language]
  return (
    <>
      <Languages phone={phone} state={state} texts={texts} />
      <h1>{titleOf(state, texts)}</h1>
      {state.view.code !== undefined && <Code code={state.view.code} texts={texts} />}
      <div role="status" className="said">
        {state.view.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {state.problem !== undefined && <p className="problem">{state.problem}</p>}
      </div>
      <Actions phone={phone} state={state} texts={texts} />
    </>
  )
}

function usePhoneState(phone: PhoneDoor): PhoneWindowState | undefined {
  const [state, setState] = useState<PhoneWindowState>()
  useEffect(() => {
    const stop = phone.onState(setState)
    void phone.readState().then(setState)
    return stop
  }, [phone])
  return state
}

function titleOf({ view }: PhoneWindowState, { titles }: PhoneTexts): string {
  switch (view.step) {
    case "nothing":
    case "registering":
      return titles.start
    case "registered":
    case "received":
      return titles.code
    case "verified":
    case "publishing":
      return titles.signed
    case "done":
    case "refused":
    case "withdrawn":
    case "expired":
      return titles.over
  }
}

function Code({ code, texts }: { readonly code: CodeView; readonly texts: PhoneTexts }): ReactNode {
  const [reference, confirmation] = code.digits.split("-")
  return (
    <>
      <section className="card">
        <h2>{texts.readDigits}</h2>
        <p className="digits">
          <span>{reference}</span> <span>{confirmation}</span>
        </p>
        <h2>{texts.orWords}</h2>
        <p className="words" lang={code.wordLanguage} dir="auto">
          {code.trustwords.map((word, index) => (
            <span key={`${String(index)} ${word}`}>{word}</span>
          ))}
        </p>
        <h2>{texts.scan}</h2>
        <QrPicture rows={code.qr} name={code.scanText} />
      </section>
      <section className="card check">
        <h2>{texts.checkWords}</h2>
        <p className="words" lang={code.wordLanguage} dir="auto">
          {code.readBackWords.map((word, index) => (
            <span key={`${String(index)} ${word}`}>{word}</span>
          ))}
        </p>
      </section>
    </>
  )
}

interface Shown {
  readonly phone: PhoneDoor
  readonly state: PhoneWindowState
  readonly texts: PhoneTexts
}

function Actions({ phone, state: { view, activity }, texts }: Shown): ReactNode {
  const isBusy = activity !== undefined && activity !== "waiting"
  const isOver = ["nothing", "registering", "done", "refused", "withdrawn", "expired"].includes(view.step)
  return (
    <footer>
      <p className="activity">{activity === undefined ? "" : texts.busy[activity]}</p>
      {isOver && (
        <button className="primary" disabled={isBusy} onClick={() => void phone.register()}>
          {view.step === "nothing" || view.step === "registering" ? texts.share : texts.again}
        </button>
      )}
      {(view.step === "verified" || view.step === "publishing") && (
        <button className="primary" disabled={isBusy} onClick={() => void phone.publish()}>
          {texts.publish}
        </button>
      )}
      {view.mayWithdraw && (
        <button disabled={isBusy} onClick={() => void phone.withdraw()}>
          {texts.withdraw}
        </button>
      )}
    </footer>
  )
}

function Languages({ phone, state, texts }: Shown): ReactNode {
  return (
    <header>
      <label>
        {texts.language}
        <select
          value={state.language}
          onChange={(event) =>
            void phone.chooseLanguage({ language: event.target.value === "en" ? "en" : "nl" })
          }
        >
          <option value="nl">Nederlands</option>
          <option value="en">English</option>
        </select>
      </label>
      <label>
        {texts.wordLanguage}
        <select
          value={state.words.language}
          onChange={(event) => void phone.chooseWords({ language: event.target.value })}
        >
          {state.words.all.map(({ language, name }) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  )
}
