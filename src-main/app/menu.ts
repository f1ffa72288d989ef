import type { MenuItemConstructorOptions } from "electron"
import type { DeskLanguage } from "../../src-preload/desk-state.ts"

/** What the menu can do besides what every window's menu does. */
export interface MenuActions {
  readonly lock: () => void
  readonly startNext: () => void
}

interface MenuWords {
  readonly desk: string
  readonly startNext: string
  readonly lock: string
  readonly quit: string
  readonly edit: string
  readonly undo: string
  readonly redo: string
  readonly cut: string
  readonly copy: string
  readonly paste: string
  readonly selectAll: string
  readonly view: string
  readonly larger: string
  readonly smaller: string
  readonly usualSize: string
  readonly wholeScreen: string
}

const WORDS: Readonly<Record<DeskLanguage, MenuWords>> = {
  nl: {
    desk: "Vrijgave",
    startNext: "Volgende patiënt",
    lock: "Vergrendelen",
    quit: "Afsluiten",
    edit: "Bewerken",
    undo: "Ongedaan maken",
    redo: "Opnieuw",
    cut: "Knippen",
    copy: "Kopiëren",
    paste: "Plakken",
    selectAll: "Alles selecteren",
    view: "Beeld",
    larger: "Groter",
    smaller: "Kleiner",
    usualSize: "Gewone grootte",
    wholeScreen: "Volledig scherm",
  },
  en: {
    desk: "Vrijgave",
    startNext: "Next patient",
    lock: "Lock",
    quit: "Quit",
    edit: "Edit",
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    selectAll: "Select all",
    view: "View",
    larger: "Larger",
    smaller: "Smaller",
    usualSize: "Usual size",
    wholeScreen: "Full screen",
  },
}

/** The whole menu, in the window's language. No developer tools, no reload: neither is of use to a clinician. */
export function menuTemplate(language: DeskLanguage, actions: MenuActions): MenuItemConstructorOptions[] {
  const words = WORDS[language]
  return [
    {
      label: words.desk,
      submenu: [
        { id: "start-next", label: words.startNext, accelerator: "CmdOrCtrl+N", click: actions.startNext },
        { id: "lock", label: words.lock, accelerator: "CmdOrCtrl+L", click: actions.lock },
        { type: "separator" },
        { id: "quit", label: words.quit, role: "quit", accelerator: "CmdOrCtrl+Q" },
      ],
    },
    { label: words.edit, submenu: editItems(words) },
    {
      label: words.view,
      submenu: [
        { label: words.larger, role: "zoomIn" },
        // The key that has a plus on it without Shift, too.
        { label: words.larger, role: "zoomIn", accelerator: "CmdOrCtrl+=", visible: false },
        { label: words.smaller, role: "zoomOut" },
        { label: words.usualSize, role: "resetZoom" },
        { type: "separator" },
        { label: words.wholeScreen, role: "togglefullscreen" },
      ],
    },
  ]
}

function editItems(words: MenuWords): MenuItemConstructorOptions[] {
  return [
    { label: words.undo, role: "undo" },
    { label: words.redo, role: "redo" },
    { type: "separator" },
    { label: words.cut, role: "cut" },
    { label: words.copy, role: "copy" },
    { label: words.paste, role: "paste" },
    { label: words.selectAll, role: "selectAll" },
  ]
}
