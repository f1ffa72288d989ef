import type * as Electron from "electron"
import { EventEmitter } from "node:events"

type Options = Electron.MenuItemConstructorOptions

/** A key press as a menu needs it. */
interface Press {
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
}

export class MenuItem {
  readonly id: string
  readonly accelerator: string | undefined
  readonly role: string | undefined
  readonly type: string
  readonly submenu: Menu | undefined
  readonly #click: ((item: MenuItem, window: unknown, event: object) => void) | undefined
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean

  constructor(options: Options) {
    this.id = options.id ?? ""
    this.label = options.label ?? options.role ?? ""
    this.accelerator = options.accelerator
    this.role = options.role
    this.type = options.type ?? "normal"
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined
    // The handler is typed for Electron's own classes, and gets ours, which have what the surface promises.
    this.#click = options.click as ((item: MenuItem, window: unknown, event: object) => void) | undefined
  }

  click(window?: unknown): void {
    this.#click?.(this, window, {})
  }
}

/** Electron's Menu without a picture: its items, and the keys that they answer to. */
export class Menu extends EventEmitter {
  static #application: Menu | null = null
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly (Options | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item)
  }
  popup(): void {
    // There is no menu to be seen; tests click its items.
  }
  closePopup(): void {
    // See popup.
  }
  getMenuItemById(id: string): MenuItem | null {
    return this.#all().find((item) => item.id === id) ?? null
  }

  /** The first item that can be chosen by a key. */
  itemOf(press: Press): MenuItem | undefined {
    const wanted = keysOf(press)
    return this.#all().find(
      ({ accelerator, enabled }) =>
        accelerator !== undefined && enabled && keysOfText(accelerator) === wanted,
    )
  }

  #all(): MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu === undefined ? [] : item.submenu.#all())])
  }
}

/** Runs the item of the application's menu that answers to a key, if one does. */
export function clickMenu(press: Press, window: object): void {
  Menu.getApplicationMenu()?.itemOf(press)?.click(window)
}

function keysOf({ control, shift, alt, meta, key }: Press): string {
  return [control, shift, alt, meta, key.toLowerCase()].join()
}

function keysOfText(accelerator: string): string {
  const names = accelerator.toLowerCase().split("+")
  const has = (...wanted: readonly string[]) => wanted.some((name) => names.slice(0, -1).includes(name))
  return keysOf({
    control: has("ctrl", "control", "cmdorctrl", "commandorcontrol"),
    shift: has("shift"),
    alt: has("alt", "option", "altgr"),
    meta: has("meta", "super", "cmd", "command"),
    key: names.at(-1) ?? "",
  })
}
