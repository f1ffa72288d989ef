import { useId, type ReactNode } from "react"
import type { DeskLanguage, SettingsView } from "../../src-preload/desk-state.ts"
import { useDesk } from "../app/desk-context.ts"
import { PrimaryButton } from "../parts/buttons.tsx"
import { Question } from "../parts/question.tsx"

/** Each language by its own name: who cannot read the window finds it all the same. */
const LANGUAGES: Readonly<Record<DeskLanguage, string>> = { nl: "Nederlands", en: "English" }
const LANGUAGE_CHOICES = ["nl", "en"] as const
const APPEARANCES = ["system", "light", "dark"] as const
const IDLE_MINUTES = [1, 2, 5, 10, 15, 30, 60]

/** What can be chosen; each choice holds at once. */
export function SettingsPage(): ReactNode {
  const { state, texts, openPage } = useDesk()
  return (
    <Question title={texts.settings.title}>
      <div className="panel settings">
        <Language />
        <Idle />
        <Appearance />
        <p className="hint numbers">{`${texts.settings.version} ${state.version}`}</p>
      </div>
      <div className="actions">
        <PrimaryButton
          onPress={() => {
            openPage(undefined)
          }}
        >
          {texts.settings.close}
        </PrimaryButton>
      </div>
    </Question>
  )
}

function Language(): ReactNode {
  const { state, texts, door, act } = useDesk()
  return (
    <Choice
      name={texts.settings.language}
      setting="language"
      current={state.language}
      choices={LANGUAGE_CHOICES.map((value) => ({ value, text: LANGUAGES[value], language: value }))}
      onChoose={(language) => {
        act(door.chooseSettings({ language }))
      }}
    />
  )
}

function Idle(): ReactNode {
  const { state, texts, door, act } = useDesk()
  const { idleMinutes } = state.settings
  const minutes = [...new Set([...IDLE_MINUTES, idleMinutes])].sort((a, b) => a - b)
  return (
    <Choice
      name={texts.settings.idle}
      setting="idleMinutes"
      current={String(idleMinutes)}
      choices={minutes.map((count) => ({ value: String(count), text: texts.settings.minutes(count) }))}
      onChoose={(chosen) => {
        act(door.chooseSettings({ idleMinutes: Number(chosen) }))
      }}
    />
  )
}

function Appearance(): ReactNode {
  const { state, texts, door, act } = useDesk()
  return (
    <Choice
      name={texts.settings.appearance}
      setting="appearance"
      current={state.settings.appearance}
      choices={APPEARANCES.map((value) => ({ value, text: texts.settings.appearances[value] }))}
      onChoose={(appearance) => {
        act(door.chooseSettings({ appearance }))
      }}
    />
  )
}

interface ChoiceProps<Value extends string> {
  readonly name: string
  readonly setting: keyof SettingsView | "language"
  readonly current: Value
  readonly choices: readonly { readonly value: Value; readonly text: string; readonly language?: string }[]
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends string>(props: ChoiceProps<Value>): ReactNode {
  const { state, texts } = useDesk()
  const { name, setting, current, choices, onChoose } = props
  const id = useId()
  const isManaged = state.settings.managed.includes(setting)
  return (
    <p className="setting">
      <label htmlFor={id}>{name}</label>
      <select
        id={id}
        value={current}
        disabled={isManaged}
        onChange={(event) => {
          const chosen = choices.find(({ value }) => value === event.target.value)
          if (chosen !== undefined) onChoose(chosen.value)
        }}
      >
        {choices.map(({ value, text, language }) => (
          <option key={value} value={value} lang={language}>
            {text}
          </option>
        ))}
      </select>
      {isManaged && <span className="hint">{texts.settings.managed}</span>}
    </p>
  )
}
