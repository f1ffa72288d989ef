import type { RefusalReason } from "../src-protocol/reasons.ts"
import type { AuthorityId } from "./pki/hierarchy.ts"
import type { KeyKind } from "./pki/keys.ts"
import { TestkitError } from "./testkit-error.ts"

/** The kinds of test card, each showing one thing that must work or must be stopped. */
export const CARD_PROFILE_IDS = [
  "arts",
  "huisarts",
  "verpleegkundige",
  "apotheker",
  "physician-assistant",
  "klinisch-technoloog",
  "arts-p256",
  "arts-p384",
  "arts-rsa4096",
  "arts-pss",
  "apothekersassistent",
  "andere-zorg",
  "medewerker",
  "verlopen",
  "toekomstig",
  "ingetrokken",
  "geen-handtekening",
  "verkeerd-sleutelgebruik",
  "nagemaakt",
] as const

export type CardProfileId = (typeof CARD_PROFILE_IDS)[number]

/** Where the journey ends with a card, and for which reason. */
export type CardExpectation =
  | "good"
  | { readonly stoppedAt: "sign-in" | "judging"; readonly reason: RefusalReason }
  | { readonly stoppedAt: "signing"; readonly reason: "no-signature-certificate" }

export interface CardProfile {
  readonly id: CardProfileId
  readonly authority: AuthorityId
  readonly passType: "Z" | "N"
  /** As on the pass; staff have none. */
  readonly title?: string
  readonly roleCode: string
  /** Of the keys authenticiteit and handtekening. */
  readonly keyKind: KeyKind
  readonly signatureScheme: "usual" | "rsa-pss"
  /** When the certificates begin to be valid, in days from the making of the card. */
  readonly validFromDays: number
  readonly revoked: boolean
  readonly signatureCertificate: "usual" | "absent" | "with-digital-signature"
  /** Whether the signature key asks for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly alwaysAuthenticate: boolean
  readonly expect: CardExpectation
  /** What a tester will see. */
  readonly words: { readonly en: string; readonly nl: string }
}

const CARE = {
  authority: "zorgverlener",
  passType: "Z",
  keyKind: "rsa-2048",
  signatureScheme: "usual",
  validFromDays: -1,
  revoked: false,
  signatureCertificate: "usual",
  alwaysAuthenticate: false,
  expect: "good",
} as const

const ARTS = { ...CARE, title: "Arts", roleCode: "01.000" } as const

function stopped(stoppedAt: "sign-in" | "judging", reason: RefusalReason): CardExpectation {
  return { stoppedAt, reason }
}

function good(en: string, nl: string): { readonly en: string; readonly nl: string } {
  return {
    en: `A ${en}: sign-in and signing work, and the phone accepts the signature.`,
    nl: `Een ${nl}: aanmelden en ondertekenen lukken, en de telefoon aanvaardt de handtekening.`,
  }
}

export const CARD_PROFILES: Readonly<Record<CardProfileId, CardProfile>> = {
  arts: { ...ARTS, id: "arts", words: good("physician", "arts") },
  huisarts: {
    ...CARE,
    id: "huisarts",
    title: "Huisarts",
    roleCode: "01.015",
    words: good("general practitioner", "huisarts"),
  },
  verpleegkundige: {
    ...CARE,
    id: "verpleegkundige",
    title: "Verpleegkundige",
    roleCode: "30.000",
    words: good("nurse", "verpleegkundige"),
  },
  apotheker: {
    ...CARE,
    id: "apotheker",
    title: "Apotheker",
    roleCode: "17.000",
    words: good("pharmacist", "apotheker"),
  },
  "physician-assistant": {
    ...CARE,
    id: "physician-assistant",
    title: "Physician assistant",
    roleCode: "81.000",
    words: good("physician assistant", "physician assistant"),
  },
  "klinisch-technoloog": {
    ...CARE,
    id: "klinisch-technoloog",
    title: "Klinisch technoloog",
    roleCode: "82.000",
    words: good("clinical technologist", "klinisch technoloog"),
  },
  "arts-p256": {
    ...ARTS,
    id: "arts-p256",
    keyKind: "p-256",
    words: good("physician with keys on the curve P-256", "arts met sleutels op de kromme P-256"),
  },
  "arts-p384": {
    ...ARTS,
    id: "arts-p384",
    keyKind: "p-384",
    words: good("physician with keys on the curve P-384", "arts met sleutels op de kromme P-384"),
  },
  "arts-rsa4096": {
    ...ARTS,
    id: "arts-rsa4096",
    keyKind: "rsa-4096",
    words: good("physician with RSA keys of 4096 bits", "arts met RSA-sleutels van 4096 bits"),
  },
  "arts-pss": {
    ...ARTS,
    id: "arts-pss",
    signatureScheme: "rsa-pss",
    words: good(
      "physician whose card signs with RSASSA-PSS only",
      "arts van wie de pas alleen met RSASSA-PSS tekent",
    ),
  },
  apothekersassistent: {
    ...CARE,
    id: "apothekersassistent",
    title: "Apothekersassistent",
    roleCode: "83.000",
    expect: stopped("sign-in", "profession-not-article-3"),
    words: {
      en: "A pharmacy technician, under article 34 of the Wet BIG: the backend refuses sign-in, because only professions under article 3 may authorise.",
      nl: "Een apothekersassistent, artikel 34 van de Wet BIG: de backend weigert het aanmelden, want alleen beroepen onder artikel 3 mogen vrijgeven.",
    },
  },
  "andere-zorg": {
    ...CARE,
    id: "andere-zorg",
    title: "Zorgverlener andere zorg",
    roleCode: "99.000",
    expect: stopped("sign-in", "profession-not-article-3"),
    words: {
      en: "A care professional without a registered profession (role 99): the backend refuses sign-in, because the profession is not under article 3.",
      nl: "Een zorgverlener zonder geregistreerd beroep (rol 99): de backend weigert het aanmelden, want het beroep valt niet onder artikel 3.",
    },
  },
  medewerker: {
    ...CARE,
    id: "medewerker",
    authority: "medewerker-op-naam",
    passType: "N",
    roleCode: "00.000",
    expect: stopped("sign-in", "wrong-issuing-ca"),
    words: {
      en: "A staff pass, issued by another authority: the backend refuses sign-in, because only care professionals' passes count.",
      nl: "Een medewerkerpas, van een andere uitgever: de backend weigert het aanmelden, want alleen zorgverlenerpassen tellen.",
    },
  },
  verlopen: {
    ...ARTS,
    id: "verlopen",
    validFromDays: -1125,
    expect: stopped("sign-in", "certificate-expired"),
    words: {
      en: "A physician's pass that expired a month ago: the backend refuses sign-in.",
      nl: "Een artsenpas die een maand geleden is verlopen: de backend weigert het aanmelden.",
    },
  },
  toekomstig: {
    ...ARTS,
    id: "toekomstig",
    validFromDays: 30,
    expect: stopped("sign-in", "certificate-not-yet-valid"),
    words: {
      en: "A physician's pass that becomes valid in a month: the backend refuses sign-in until then.",
      nl: "Een artsenpas die over een maand geldig wordt: de backend weigert het aanmelden tot die dag.",
    },
  },
  ingetrokken: {
    ...ARTS,
    id: "ingetrokken",
    revoked: true,
    expect: stopped("sign-in", "certificate-revoked"),
    words: {
      en: "A physician's pass that was revoked: the backend refuses sign-in as soon as it has the new revocation list.",
      nl: "Een ingetrokken artsenpas: de backend weigert het aanmelden zodra hij de nieuwe intrekkingslijst heeft.",
    },
  },
  "geen-handtekening": {
    ...ARTS,
    id: "geen-handtekening",
    signatureCertificate: "absent",
    expect: { stoppedAt: "signing", reason: "no-signature-certificate" },
    words: {
      en: "A physician's pass without a signature certificate: sign-in works, and the desk then says that the pass cannot sign; no PIN is asked for it.",
      nl: "Een artsenpas zonder handtekeningcertificaat: aanmelden lukt, en daarna zegt de balie dat de pas niet kan ondertekenen; daarvoor wordt geen pincode gevraagd.",
    },
  },
  "verkeerd-sleutelgebruik": {
    ...ARTS,
    id: "verkeerd-sleutelgebruik",
    signatureCertificate: "with-digital-signature",
    expect: stopped("judging", "wrong-key-usage"),
    words: {
      en: "A physician's pass whose signature certificate is also made for signing in: sign-in works, and judging refuses its signature.",
      nl: "Een artsenpas waarvan het handtekeningcertificaat ook voor aanmelden dient: aanmelden lukt, en de beoordeling weigert de handtekening.",
    },
  },
  nagemaakt: {
    ...ARTS,
    id: "nagemaakt",
    authority: "rogue-zorgverlener",
    expect: stopped("sign-in", "untrusted-chain"),
    words: {
      en: "A forged pass: every name is right, but other keys signed it. The backend refuses sign-in.",
      nl: "Een nagemaakte pas: alle namen kloppen, maar andere sleutels hebben hem ondertekend. De backend weigert het aanmelden.",
    },
  },
}

/** The profile of that name; throws `unknown-profile` naming those there are. */
export function cardProfile(id: string): CardProfile {
  const known = CARD_PROFILE_IDS.find((candidate) => candidate === id)
  if (known === undefined) {
    const message = `There is no card profile "${id}". Choose one of: ${CARD_PROFILE_IDS.join(", ")}.`
    throw new TestkitError("unknown-profile", message)
  }
  return CARD_PROFILES[known]
}
