/** A message box, as plain words and choices. */
export interface Box {
  readonly heading: string
  readonly text: string
  readonly buttons: readonly string[]
  readonly defaultId: number
  readonly cancelId: number
  readonly checkboxLabel: string
  readonly checkboxChecked: boolean
}

export interface BoxAnswer {
  readonly response: number
  readonly checkboxChecked: boolean
}

/** Shows a message box in the page and answers what was chosen. Whole in itself: it runs in a world of its own. */
export function drawBox(box: Box): Promise<BoxAnswer> {
  const host = document.createElement("div")
  const root = host.attachShadow({ mode: "closed" })
  const dialog = document.createElement("dialog")
  dialog.style.cssText =
    "font:14px system-ui;border:1px solid #888;border-radius:8px;padding:16px;min-width:320px;color:#111;background:#fff"
  const heading = document.createElement("h3")
  heading.textContent = box.heading
  heading.style.margin = "0 0 8px"
  const text = document.createElement("p")
  text.textContent = box.text
  text.style.whiteSpace = "pre-line"
  const checkbox = document.createElement("input")
  checkbox.type = "checkbox"
  checkbox.checked = box.checkboxChecked
  const label = document.createElement("label")
  label.append(checkbox, box.checkboxLabel)
  const row = document.createElement("div")
  row.style.cssText = "display:flex;gap:8px;justify-content:flex-end;margin-top:12px"
  dialog.append(heading, text, ...(box.checkboxLabel === "" ? [] : [label]), row)
  root.append(dialog)

  return new Promise((resolve) => {
    const choose = (response: number) => {
      host.remove()
      resolve({ response, checkboxChecked: checkbox.checked })
    }
    box.buttons.forEach((name, index) => {
      const button = document.createElement("button")
      button.textContent = name
      button.autofocus = index === box.defaultId
      button.addEventListener("click", () => {
        choose(index)
      })
      row.append(button)
    })
    dialog.addEventListener("cancel", () => {
      choose(box.cancelId)
    })
    document.documentElement.append(host)
    dialog.showModal()
  })
}
