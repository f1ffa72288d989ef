import type { Page } from "@playwright/test"

/** What is wrong with how the page lies: text cut off, or something beside the edge. In words, so that a failure can be read. */
export async function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 40)}`
    const isForEyes = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && element.closest(".for-ears") === null
    const root = document.documentElement
    const sideways = root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : []
    const areColumns = root.clientWidth > 860
    const whole = areColumns && root.scrollHeight > root.clientHeight ? ["the window scrolls as a whole"] : []
    const elements = [...document.body.querySelectorAll("*")].filter(isForEyes)
    const clipped = elements
      // One pixel wide: for ears only.
      .filter((element) => element.clientWidth > 1 && getComputedStyle(element).display !== "inline")
      .filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 1 ||
          (!["auto", "scroll"].includes(getComputedStyle(element).overflowY) &&
            element.scrollHeight > element.clientHeight + 4),
      )
      .map((element) => `clipped: ${nameOf(element)}`)
    const outside = elements
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        return width > 0 && (left < -1 || right > root.clientWidth + 1)
      })
      .map((element) => `beside the edge: ${nameOf(element)}`)
    return [...sideways, ...whole, ...clipped, ...outside]
  })
}

/** Whether the one primary action can be seen without scrolling; true where a screen has none. */
export async function isPrimaryInSight(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const primary = document.querySelector("main [data-primary]")
    return primary === null || primary.getBoundingClientRect().bottom <= innerHeight
  })
}

/** Where the parts lie that every state shares: the same in each, or the window jumps. */
export async function sharedPlaces(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [".side", ".steps", ".middle", "h1", ".patient"].map((selector) => {
      const place = document.querySelector(selector)?.getBoundingClientRect()
      return `${selector} ${String(Math.round(place?.left ?? -1))} ${String(Math.round(place?.top ?? -1))}`
    }),
  )
}
