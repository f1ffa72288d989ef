import { useId, type ReactNode } from "react"
import { useDesk } from "../app/desk-context.ts"

/** In which language the patient's phone shows the words. A native list: each screen reader and each hand knows it. */
export function ReadBackLanguage({ current }: { readonly current: string }): ReactNode {
  const { state, texts, door, act } = useDesk()
  const id = useId()
  const { readBackLanguages } = state.settings
  if (readBackLanguages.length < 2) return undefined
  return (
    <p className="setting">
      <label htmlFor={id}>{texts.comparing.language}</label>
      <select
        id={id}
        value={current}
        onChange={(event) => {
          act(door.chooseReadBackLanguage({ language: event.target.value }))
        }}
      >
        {readBackLanguages.map(({ language, name, reviewed }) => (
          <option key={language} value={language} lang={language}>
            {reviewed ? name : `${name} (${texts.comparing.unreviewed})`}
          </option>
        ))}
      </select>
    </p>
  )
}
