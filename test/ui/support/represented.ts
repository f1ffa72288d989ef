import { join } from "node:path"
import { withStore } from "../../../src-cli/representation/dossier-options.ts"
import { obtainRepresentationToken } from "../../../src-phone/representation/obtain-token.ts"
import type { Correction } from "../../../src-backend/representation/store/dossier-records.ts"
import { openBrowser } from "../../representation/support/browser.ts"
import { walk } from "../../representation/support/flow.ts"
import { test as base } from "./desk-test.ts"
import { passHolderOf, startWorld, type World } from "./world.ts"

export const RIGHT_DATE = "19700901"
/** Two of the provider's dossiers; Anna may represent both persons. */
export const DOSSIERS = { mother: "D-17", father: "D-18" } as const
export type Represented = keyof typeof DOSSIERS

/** A world with the authorization server, which knows two people and their daughter Anna. */
export const representedTest = base.extend<object, { world: World }>({
  world: [
    async ({}, use) => {
      const world = await startWorld({ representation: true })
      for (const person of ["mother", "father"] as const) await addDossier(world, person)
      await use(world)
      await world.stop()
    },
    { scope: "worker", timeout: 120_000 },
  ],
})

/** The phone's way through the authorization server, with a person at its pages; throws PhoneError where it is refused. */
export async function tokenFor(
  { backend }: World,
  represented: Represented,
  birthDate: string,
): Promise<string> {
  const server = backend.representationIssuer ?? ""
  return obtainRepresentationToken({
    ...{ server, clientId: "phone.example", redirectUri: "http://127.0.0.1/callback" },
    ...{ service: "eenofanderezorgaanbieder~48", birthDate },
    visit: async (address) => {
      const { away } = await walk(openBrowser(server), address.href, { represented })
      if (away === undefined) throw new Error("the walk ended on a page")
      return away
    },
  })
}

/** Who corrected which dossier when, as the provider's administrator sees it. */
export function correctionsOf(world: World): Promise<readonly Correction[]> {
  const { subscriberNumber } = passHolderOf(world.card)
  return withStore(join(world.directory, "backend"), (store) =>
    store.transaction(({ dossiers }) => dossiers.corrections(subscriberNumber)),
  )
}

async function addDossier(world: World, person: Represented): Promise<void> {
  const { subscriberNumber } = passHolderOf(world.card)
  const dossier = { reference: DOSSIERS[person], subject: person, birthDate: RIGHT_DATE }
  await withStore(join(world.directory, "backend"), (store) =>
    store.transaction(({ dossiers }) =>
      dossiers.add(subscriberNumber, { ...dossier, representatives: ["anna"], services: ["48"] }),
    ),
  )
}
