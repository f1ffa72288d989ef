import type { Instant } from "../instant.ts"

/**
 * The professions of the role codes (CPS 10.3, bijlage 3, tables 19, 25, 26, 27) and the article of the
 * *Wet op de beroepen in de individuele gezondheidszorg* (Wet BIG) they fall under, with the day since when.
 * Decisions rest on the code alone; the names are for people.
 */
export type Article = "3" | "34" | "36a" | "none"

export interface Profession {
  readonly dutch: string
  readonly english: string
  /** Article by day: the last one whose `from` has come counts. */
  readonly articles: readonly { readonly article: Article; readonly from: Instant }[]
}

/** Before the law of 1993 there was no article to fall under; every entry without a date of its own is older than UZI. */
const ALWAYS = Date.UTC(1997, 11, 1)

function under(article: Article, dutch: string, english: string, from = ALWAYS): Profession {
  return { dutch, english, articles: [{ article, from }] }
}

/** By the first two digits of the role code. */
export const PROFESSIONS: ReadonlyMap<string, Profession> = new Map<string, Profession>([
  ["01", under("3", "arts", "physician")],
  ["02", under("3", "tandarts", "dentist")],
  ["03", under("3", "verloskundige", "midwife")],
  ["04", under("3", "fysiotherapeut", "physiotherapist")],
  ["16", under("3", "psychotherapeut", "psychotherapist")],
  ["17", under("3", "apotheker", "pharmacist")],
  ["25", under("3", "gezondheidszorgpsycholoog", "health care psychologist")],
  ["30", under("3", "verpleegkundige", "nurse")],
  // Wet BIG article 3 since 1 January 2020 (CPS section 9.7).
  ["31", under("3", "orthopedagoog-generalist", "educational generalist", Date.UTC(2020, 0, 1))],
  // CPS 9.1 of 10 September 2018 added it to article 3; before, it was an experiment under article 36a.
  [
    "81",
    {
      dutch: "physician assistant",
      english: "physician assistant",
      articles: [
        { article: "36a", from: ALWAYS },
        { article: "3", from: Date.UTC(2018, 8, 10) },
      ],
    },
  ],
  // Wet BIG article 3 since 1 July 2020 (bigregister.nl, 18 March 2020); before, an experiment under article 36a.
  [
    "82",
    {
      dutch: "klinisch technoloog",
      english: "clinical technologist",
      articles: [
        { article: "36a", from: ALWAYS },
        { article: "3", from: Date.UTC(2020, 6, 1) },
      ],
    },
  ],
  ["79", under("36a", "geregistreerd mondhygiënist", "registered dental hygienist")],
  ["80", under("36a", "bachelor medisch hulpverlener", "bachelor medical assistant")],
  ["83", under("34", "apothekersassistent", "pharmacy assistant")],
  ["84", under("34", "klinisch fysicus", "clinical physicist")],
  ["85", under("34", "tandprotheticus", "denturist")],
  ["86", under("34", "verzorgende individuele gezondheidszorg", "individual health care carer")],
  ["87", under("34", "optometrist", "optometrist")],
  ["88", under("34", "huidtherapeut", "skin therapist")],
  ["89", under("34", "diëtist", "dietician")],
  ["90", under("34", "ergotherapeut", "occupational therapist")],
  ["91", under("34", "logopedist", "speech therapist")],
  ["92", under("34", "mondhygiënist", "dental hygienist")],
  ["93", under("34", "oefentherapeut Mensendieck", "exercise therapist Mensendieck")],
  ["94", under("34", "oefentherapeut Cesar", "exercise therapist Cesar")],
  ["95", under("34", "orthoptist", "orthoptist")],
  ["96", under("34", "podotherapeut", "podiatrist")],
  ["97", under("34", "radiodiagnostisch laborant", "diagnostic radiographer")],
  ["98", under("34", "radiotherapeutisch laborant", "therapeutic radiographer")],
  ["99", under("none", "zorgverlener andere zorg", "provider of other care")],
])

/** The profession of a role code `NN.NNN`, or `undefined` for a prefix that no table has. Specialisms are not asked. */
export function professionOf(roleCode: string): Profession | undefined {
  return PROFESSIONS.get(roleCode.slice(0, 2))
}

/** The article that a role code fell under at a given time; an unknown code falls under none. */
export function articleAt(roleCode: string, at: Instant): Article {
  const articles = professionOf(roleCode)?.articles ?? []
  return articles.findLast(({ from }) => from <= at)?.article ?? "none"
}
