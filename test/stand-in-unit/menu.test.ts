import { describe, expect, test } from "vitest"
import { Menu } from "../../native/electron-on-chromium/machine/menu.ts"

const none = { control: false, shift: false, alt: false, meta: false }

function menuWith(accelerator: string, enabled = true) {
  return Menu.buildFromTemplate([
    { label: "File", submenu: [{ id: "item", label: "Item", accelerator, enabled }] },
  ])
}

describe("an item of the menu answers", () => {
  test.each([
    ["CmdOrCtrl+L", { ...none, control: true, key: "l" }],
    ["Ctrl+Shift+N", { ...none, control: true, shift: true, key: "N" }],
    ["F5", { ...none, key: "F5" }],
    ["Alt+Left", { ...none, alt: true, key: "Left" }],
  ])("to %s", (accelerator, press) => {
    expect(menuWith(accelerator).itemOf(press)?.id).toBe("item")
  })

  test.each([
    ["with a modifier too many", { ...none, control: true, alt: true, key: "l" }],
    ["with one too few", { ...none, key: "l" }],
    ["to another key", { ...none, control: true, key: "k" }],
  ])("but not %s", (_, press) => {
    expect(menuWith("Ctrl+L").itemOf(press)).toBeUndefined()
  })

  test("not when it is disabled", () => {
    expect(menuWith("Ctrl+L", false).itemOf({ ...none, control: true, key: "l" })).toBeUndefined()
  })

  test("once, with its window", () => {
    const windows: unknown[] = []
    const menu = Menu.buildFromTemplate([
      { id: "item", label: "Item", click: (_, window) => windows.push(window) },
    ])
    menu.getMenuItemById("item")?.click("the window")
    expect(windows).toEqual(["the window"])
  })
})
