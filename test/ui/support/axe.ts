import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"

/** WCAG 2.2 AA, as far as a program can tell. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

/** Nothing that a program can find stands in the way of who reads with ears, hands or large letters. */
export async function expectNoAxeFindings(page: Page): Promise<void> {
  // Electron has no page of its own to look at frames from, which the usual way needs.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(RULES).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
