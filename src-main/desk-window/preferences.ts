import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { z } from "zod"
import { DESK_LANGUAGES } from "../../src-preload/desk-state.ts"

/** What the clinician may choose. */
export interface Chosen {
  readonly language: (typeof DESK_LANGUAGES)[number]
  readonly idleMinutes: number
  readonly appearance: "system" | "light" | "dark"
}

/** Where the choices are kept. */
export interface Preferences {
  readonly chosen: Chosen
  /** Never throws: a choice that cannot be kept holds until the program ends. */
  choose(changes: Partial<Chosen>): Promise<void>
}

const ChosenFile = z.object({
  language: z.enum(DESK_LANGUAGES).optional(),
  idleMinutes: z.int().min(1).max(60).optional(),
  appearance: z.enum(["system", "light", "dark"]).optional(),
})

/** Choices in a file of the person's own; what a policy fixed cannot be chosen, and what is unreadable was not chosen. */
export async function openPreferences(
  path: string,
  configured: Chosen,
  managed: readonly string[],
): Promise<Preferences> {
  let chosen: Chosen = { ...configured, ...withoutManaged(await readChosen(path), managed) }
  return {
    get chosen() {
      return chosen
    },
    async choose(changes) {
      chosen = { ...chosen, ...withoutManaged(changes, managed) }
      await keep(path, chosen)
    },
  }
}

async function readChosen(path: string): Promise<Partial<Chosen>> {
  try {
    return given(ChosenFile.parse(JSON.parse(await readFile(path, "utf8"))))
  } catch {
    return {}
  }
}

async function keep(path: string, chosen: Chosen): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, JSON.stringify(chosen), { mode: 0o600 })
  } catch {
    return
  }
}

function withoutManaged(changes: Partial<Chosen>, managed: readonly string[]): Partial<Chosen> {
  return given(Object.fromEntries(Object.entries(changes).filter(([name]) => !managed.includes(name))))
}

function given({ language, idleMinutes, appearance }: z.infer<typeof ChosenFile>): Partial<Chosen> {
  return {
    ...(language === undefined ? {} : { language }),
    ...(idleMinutes === undefined ? {} : { idleMinutes }),
    ...(appearance === undefined ? {} : { appearance }),
  }
}
