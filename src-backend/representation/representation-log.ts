/**
 * What the authorization server logs: which exception or none, and MedMij's own two ids of the request. There is no member
 * for a birth date, a person, a code, a state or an address.
 */
export type RepresentationLogLine =
  | {
      readonly is: "representation"
      /** `granted`, or the number of the exception in the tables of MedMij. */
      readonly outcome: string
      readonly requestId?: string
      readonly correlationId?: string
    }
  | { readonly is: "representation-locked" }
  | { readonly is: "mismatch-alarm"; readonly mismatches: number }
  | { readonly is: "birth-date-corrected"; readonly uziNumber: string; readonly subscriberNumber: string }
