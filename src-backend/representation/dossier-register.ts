/** What the provider knows of a person whose data it has. */
export interface Dossier {
  /** The provider's own, such as a number in its system: all that its clinicians are shown. */
  readonly reference: string
  /** A pseudonym; a BSN never comes this far. */
  readonly subject: string
  /** JJJJMMDD, perhaps with 00 for what nobody knows; absent where the provider knows none. */
  readonly birthDate?: string
  /** The pseudonyms of those who may act for this person. */
  readonly representatives: readonly string[]
  /** The data services for which there is data. */
  readonly services: readonly string[]
}

/** The provider's own system, which the server asks; it may be away, and then no code is given. */
export interface DossierRegister {
  /** The dossier that the provider with this subscriber number has of a person. */
  find(subscriberNumber: string, subject: string): Promise<Dossier | undefined>
}
