import type { CDPSession, Page } from "@playwright/test"

/** What the browser hands a screen reader about one element. */
export interface Heard {
  readonly role: string
  readonly name: string
  readonly description: string
  readonly value: string
  /** "level 1", "invalid", "expanded": what is said besides. */
  readonly states: readonly string[]
}

/** A message that is said unasked: at once where it is an alert, and otherwise when the voice has finished. */
export interface LiveMessage {
  readonly text: string
  readonly isAlert: boolean
}

const TOLD = ["level", "invalid", "expanded", "checked", "disabled", "readonly"]
/** How the browser says that a property is not so. */
const IS_NOT = ["", "false", "undefined"]

/** Writes down from now on what live regions say. What they hold already was said before. */
export async function startListening(page: Page): Promise<void> {
  await page.evaluate(() => {
    const messages: LiveMessage[] = []
    const said = new WeakMap<Element, string>()
    const listen = () => {
      for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
        // As it is seen, so that two paragraphs stay two.
        const shown = region instanceof HTMLElement ? region.innerText.trim() : ""
        const text = shown.replace(/\s*\n\s*/g, " | ")
        if (text === (said.get(region) ?? "")) continue
        said.set(region, text)
        if (text !== "") messages.push({ text, isAlert: region.role === "alert" })
      }
    }
    listen()
    const observer = new MutationObserver(listen)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { takeMessages: () => messages.splice(0) })
  })
}

/** What was said since the last time this was asked. */
export async function takeMessages(page: Page): Promise<readonly LiveMessage[]> {
  return page.evaluate(() => {
    // Put there by `startListening`.
    const listening = window as unknown as { takeMessages: () => LiveMessage[] }
    return listening.takeMessages()
  })
}

/** What has the focus, or the option that it points to; undefined where nothing has it. */
export async function focusedElement(session: CDPSession): Promise<Heard | undefined> {
  return heardOf(session, "document.activeElement === document.body ? null : document.activeElement")
}

/** The option of a list that the field with the focus points to. */
export async function activeOption(session: CDPSession): Promise<Heard | undefined> {
  return heardOf(
    session,
    'document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")',
  )
}

async function heardOf(session: CDPSession, expression: string): Promise<Heard | undefined> {
  const { result } = await session.send("Runtime.evaluate", { expression })
  if (result.objectId === undefined) return undefined
  const { nodes } = await session.send("Accessibility.getPartialAXTree", {
    objectId: result.objectId,
    fetchRelatives: false,
  })
  const [node] = nodes
  if (node === undefined) return undefined
  const isTypedIn = (node.properties ?? []).some(({ name }) => name === "editable")
  const states = (node.properties ?? [])
    .map(({ name, value }) => ({ name, value: textOf(value) }))
    .filter(({ name, value }) => TOLD.includes(name) && !IS_NOT.includes(value))
    .map(({ name, value }) => (value === "true" ? name : `${name} ${value}`))
  const [role, name, description, value] = [node.role, node.name, node.description, node.value].map(textOf)
  // A list that drops down and a field that suggests have one role; only in the latter can be typed.
  const kind = role === "combobox" && !isTypedIn ? "list" : (role ?? "")
  return { role: kind, name: name ?? "", description: description ?? "", value: value ?? "", states }
}

function textOf(value: { readonly value?: unknown } | undefined): string {
  const inner = value?.value
  return typeof inner === "string" || typeof inner === "number" || typeof inner === "boolean"
    ? String(inner)
    : ""
}

/** The headings of the window in order, with their levels. */
export async function headings(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("h1, h2, h3")]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => `${heading.tagName.slice(1)} ${heading.textContent}`),
  )
}
