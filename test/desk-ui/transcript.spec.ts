import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, type CDPSession, type Page } from "@playwright/test"
import { madeCalls, showState, understandAs } from "./fake-door.ts"
import { GALLERY } from "./gallery.ts"
import { activeOption, focusedElement, headings, startListening, takeMessages, type Heard } from "./listen.ts"
import { test } from "./open-desk.ts"
import type { Language } from "./people.ts"
import { STEPS, type Step } from "./transcript-steps.ts"
import { AROUND, roleWord, stateWords } from "./transcript-words.ts"

const DOCUMENTS = join(import.meta.dirname, "../../docs")
const MOST_TABS = 20

/** The window that is listened to. */
interface Walk {
  readonly page: Page
  readonly session: CDPSession
  readonly language: Language
}

for (const language of ["nl", "en"] as const) {
  test(`a consult by keyboard says what docs/transcript.${language}.md says`, async ({ openDesk }) => {
    const first = pictureNamed("sign-in").state(language)
    const page = await openDesk(first, { width: 1280, height: 800 })
    const walk: Walk = { page, session: await page.context().newCDPSession(page), language }
    await startListening(page)
    const sections: string[] = []
    for (const [index, step] of STEPS.entries())
      sections.push(`## ${String(index + 1)}. ${step.title[language]}`, await takeStep(walk, step))
    await compare(language, sections)
  })
}

/** Written with UPDATE_TRANSCRIPT=1, and otherwise the same as what was written then. */
async function compare(language: Language, sections: readonly string[]): Promise<void> {
  const path = join(DOCUMENTS, `transcript.${language}.md`)
  const text = `${[`# ${AROUND.title[language]}`, AROUND.lead[language].join("\n"), ...sections].join("\n\n")}\n`
  if (process.env["UPDATE_TRANSCRIPT"] === "1") await writeFile(path, text)
  expect(text).toBe(await readFile(path, "utf8"))
}

/** Does a step, and tells what was heard of it. */
async function takeStep(walk: Walk, step: Step): Promise<string> {
  const { page, language } = walk
  const before = await titleOf(page)
  const callsBefore = (await madeCalls(page)).length
  if (step.picture !== undefined) await understandAs(page, { is: "nothing" })
  if (step.picture !== undefined) await showState(page, pictureNamed(step.picture).state(language))
  if (step.understood !== undefined) await understandAs(page, understoodOf(step.understood))
  const pressed = await pressKeys(page, step)
  await settle(page)
  const calls = (await madeCalls(page)).slice(callsBefore).map(({ name }) => name)
  expect(calls, step.title.en).toEqual(step.calls ?? [])
  const lines = [...pressed.map((keys) => told(walk, "keys", keys)), ...(await heardNow(walk))]
  if ((await titleOf(page)) !== before || step === STEPS[0]) lines.push(...(await newScreen(walk)))
  if (step.looksAround === true) lines.push(...(await lookAround(walk)))
  return ["```text", ...lines, "```"].join("\n")
}

async function pressKeys(page: Page, { typed, pressed = [] }: Step): Promise<readonly string[]> {
  if (typed !== undefined) await page.keyboard.type(typed)
  await settle(page)
  for (const key of pressed) await page.keyboard.press(key)
  return [...(typed === undefined ? [] : [typed]), ...pressed]
}

/** What was said unasked, and what has the focus. */
async function heardNow(walk: Walk): Promise<readonly string[]> {
  const messages = await takeMessages(walk.page)
  const focused = await focusedElement(walk.session)
  const option = await activeOption(walk.session)
  return [
    ...messages.map(({ text, isAlert }) => told(walk, isAlert ? "alert" : "said", text)),
    ...(focused === undefined ? [] : [told(walk, "focus", inWords(focused, walk.language))]),
    ...(option === undefined ? [] : [told(walk, "option", inWords(option, walk.language))]),
  ]
}

async function newScreen(walk: Walk): Promise<readonly string[]> {
  const middle = await walk.page.getByRole("main").ariaSnapshot()
  const current = await walk.page.locator("main [aria-current]").allInnerTexts()
  return [
    ...current.map((text) => told(walk, "current", text.replace(/\s+/g, " ").trim())),
    told(walk, "headings", (await headings(walk.page)).join(" | ")),
    told(walk, "read", ""),
    ...middle.split("\n").map((line) => `  ${line}`),
  ]
}

/** Passes everything in the middle with Tab, and goes back with Shift+Tab to the field, or to the one primary action. */
async function lookAround(walk: Walk): Promise<readonly string[]> {
  const { page, session, language } = walk
  const lines: string[] = []
  for (let tab = 0; tab < MOST_TABS; tab++) {
    await page.keyboard.press("Tab")
    if (!(await isFocused(page, "main *"))) break
    const focused = await focusedElement(session)
    if (focused !== undefined) lines.push(told(walk, "tab", inWords(focused, language)))
  }
  const wayOn = (await page.locator("main input").count()) > 0 ? "main input" : "main [data-primary]"
  for (let tab = 0; tab < MOST_TABS && !(await isFocused(page, wayOn)); tab++)
    await page.keyboard.press("Shift+Tab")
  expect(await isFocused(page, wayOn)).toBe(true)
  return lines
}

async function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)
}

async function titleOf(page: Page): Promise<string> {
  return page.getByRole("heading", { level: 1 }).innerText()
}

/** Until what was typed has been understood and drawn. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

function told({ language }: Walk, what: Exclude<keyof typeof AROUND, "lead">, text: string): string {
  return `${AROUND[what][language]}: ${text}`.trim()
}

function inWords({ role, name, description, value, states }: Heard, language: Language): string {
  const known = states.map((state) => stateWords(state, language))
  const parts = [roleWord(role, language), ...known, `“${name}”`]
  const after = [value, description].filter((text) => text !== "")
  return [parts.join(" "), ...after].join(", ")
}

function understoodOf(name: string): unknown {
  if (name === "six-digits") return { is: "digits", digits: "407192", shown: "407192", missing: 4 }
  return pictureNamed(name).typed?.understood
}

function pictureNamed(name: string) {
  const picture = GALLERY[name]
  if (picture === undefined) throw new Error(`there is no picture named ${name}`)
  return picture
}
