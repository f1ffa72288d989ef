import { expect, type Page } from "@playwright/test"
import type { DeskProblem } from "../../../src-main/desk-problem.ts"
import { textOf } from "../../../src-main/text/problem-words.ts"

type Named = Pick<DeskProblem, "code" | "reason">

/** The problem has taken the page: its title with the focus, its sentence, what to do now, and nothing said twice. */
export async function expectProblemPage(window: Page, problem: Named): Promise<void> {
  const { title, sentence, steps } = textOf(problem, "en")
  expect(steps.length).toBeGreaterThan(0)
  await expect(window.locator(`[data-screen=problem-${problem.code}]`)).toBeVisible({ timeout: 20_000 })
  const heading = window.getByRole("heading", { level: 1 })
  await expect(heading).toHaveText(title)
  await expect(heading).toBeFocused()
  await expect(window.locator(".question > .lead")).toHaveText(sentence)
  await expect(window.locator(".problem-details li")).toHaveText([...steps])
  await expect(window.getByText(title, { exact: true })).toHaveCount(1)
}

/** The problem stands beside the field: title, sentence and what to do now, once. */
export async function expectProblemNote(window: Page, problem: Named): Promise<void> {
  const { title, sentence, steps } = textOf(problem, "en")
  const note = window.getByRole("main").getByRole("alert")
  await expect(note).toHaveCount(1, { timeout: 20_000 })
  await expect(note).toContainText(title)
  await expect(note).toContainText(sentence)
  for (const step of steps) await expect(note).toContainText(step)
}
