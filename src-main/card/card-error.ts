/** What can be the matter with a card, its reader, its middleware or its PIN: the closed list. */
export const CARD_PROBLEMS = [
  "SERVICE_MISSING",
  "SERVICE_STOPPED",
  "SERVICE_UNRESPONSIVE",
  "NO_READER",
  "MODULE_MISSING",
  "MODULE_INVALID",
  "MODULE_ARCHITECTURE",
  "MODULE_DEPENDENCY",
  "MODULE_NO_SLOTS",
  "MODULE_CRASHED",
  "HOST_TIMEOUT",
  "HOST_STOPPED",
  "NO_TOKEN",
  "TOKEN_NOT_FOUND",
  "TOKEN_NOT_ACTIVATED",
  "CARD_UNREADABLE",
  "CARD_MUTE",
  "CARD_REMOVED",
  "CARD_FAILED",
  "CARD_BUSY",
  "CARD_AUTHENTICATION_ONLY",
  "CARD_EXPIRED",
  "CARD_NOT_YET_VALID",
  "CARD_FOREIGN",
  "NO_SIGNATURE_CERTIFICATE",
  "NO_AUTHENTICATION_CERTIFICATE",
  "WRONG_CERTIFICATE",
  "NO_PRIVATE_KEY",
  "ALGORITHM_UNSUPPORTED",
  "PIN_WRONG",
  "PIN_LOCKED",
  "PIN_LENGTH",
  "PIN_CHARACTERS",
  "PIN_EXPIRED",
  "PIN_CANCELLED",
] as const
export type CardProblem = (typeof CARD_PROBLEMS)[number]

/** Whether the same card on the same machine can do it in a moment: after a new try, another PIN, the card put back. */
const RETRIABLE: Readonly<Record<CardProblem, boolean>> = {
  // The service and the reader come back by themselves when they are back.
  SERVICE_MISSING: false,
  SERVICE_STOPPED: true,
  SERVICE_UNRESPONSIVE: true,
  NO_READER: true,
  MODULE_MISSING: false,
  MODULE_INVALID: false,
  MODULE_ARCHITECTURE: false,
  MODULE_DEPENDENCY: false,
  MODULE_NO_SLOTS: true,
  MODULE_CRASHED: true,
  HOST_TIMEOUT: true,
  HOST_STOPPED: false,
  NO_TOKEN: true,
  TOKEN_NOT_FOUND: true,
  TOKEN_NOT_ACTIVATED: false,
  CARD_UNREADABLE: false,
  CARD_MUTE: true,
  CARD_REMOVED: true,
  CARD_FAILED: true,
  CARD_BUSY: true,
  CARD_AUTHENTICATION_ONLY: false,
  CARD_EXPIRED: false,
  CARD_NOT_YET_VALID: false,
  CARD_FOREIGN: false,
  NO_SIGNATURE_CERTIFICATE: false,
  NO_AUTHENTICATION_CERTIFICATE: false,
  WRONG_CERTIFICATE: false,
  NO_PRIVATE_KEY: false,
  ALGORITHM_UNSUPPORTED: false,
  PIN_WRONG: true,
  PIN_LOCKED: false,
  PIN_LENGTH: true,
  PIN_CHARACTERS: true,
  PIN_EXPIRED: false,
  PIN_CANCELLED: true,
}

/** The CKR values of PKCS #11 (pkcs11t.h) that say more than "it failed"; every other one is `CARD_FAILED`. */
const RETURN_VALUES: ReadonlyMap<number, readonly [name: string, problem: CardProblem]> = new Map([
  [0x003, ["CKR_SLOT_ID_INVALID", "CARD_REMOVED"]],
  [0x005, ["CKR_GENERAL_ERROR", "CARD_FAILED"]],
  [0x006, ["CKR_FUNCTION_FAILED", "CARD_FAILED"]],
  [0x007, ["CKR_ARGUMENTS_BAD", "CARD_FAILED"]],
  [0x020, ["CKR_DATA_INVALID", "CARD_FAILED"]],
  [0x030, ["CKR_DEVICE_ERROR", "CARD_FAILED"]],
  [0x032, ["CKR_DEVICE_REMOVED", "CARD_REMOVED"]],
  [0x050, ["CKR_FUNCTION_CANCELED", "PIN_CANCELLED"]],
  [0x054, ["CKR_FUNCTION_NOT_SUPPORTED", "ALGORITHM_UNSUPPORTED"]],
  [0x063, ["CKR_KEY_TYPE_INCONSISTENT", "ALGORITHM_UNSUPPORTED"]],
  [0x068, ["CKR_KEY_FUNCTION_NOT_PERMITTED", "NO_PRIVATE_KEY"]],
  [0x070, ["CKR_MECHANISM_INVALID", "ALGORITHM_UNSUPPORTED"]],
  [0x071, ["CKR_MECHANISM_PARAM_INVALID", "ALGORITHM_UNSUPPORTED"]],
  [0x0a0, ["CKR_PIN_INCORRECT", "PIN_WRONG"]],
  [0x0a1, ["CKR_PIN_INVALID", "PIN_CHARACTERS"]],
  [0x0a2, ["CKR_PIN_LEN_RANGE", "PIN_LENGTH"]],
  [0x0a3, ["CKR_PIN_EXPIRED", "PIN_EXPIRED"]],
  [0x0a4, ["CKR_PIN_LOCKED", "PIN_LOCKED"]],
  [0x0b0, ["CKR_SESSION_CLOSED", "CARD_REMOVED"]],
  [0x0b3, ["CKR_SESSION_HANDLE_INVALID", "CARD_REMOVED"]],
  [0x0e0, ["CKR_TOKEN_NOT_PRESENT", "CARD_REMOVED"]],
  [0x0e1, ["CKR_TOKEN_NOT_RECOGNIZED", "CARD_UNREADABLE"]],
  [0x100, ["CKR_USER_ALREADY_LOGGED_IN", "CARD_BUSY"]],
  [0x101, ["CKR_USER_NOT_LOGGED_IN", "CARD_BUSY"]],
  [0x102, ["CKR_USER_PIN_NOT_INITIALIZED", "TOKEN_NOT_ACTIVATED"]],
  [0x104, ["CKR_USER_ANOTHER_ALREADY_LOGGED_IN", "CARD_BUSY"]],
])

export const RETURN_OK = 0x000
export const RETURN_ALREADY_LOGGED_IN = 0x100
const RETURN_DATA_INVALID = 0x020

export interface CardErrorOptions extends ErrorOptions {
  readonly triesLeft?: number
}

/**
 * What a card could not do. `code` is for the program, `message` names the call and the CKR value for the developer and
 * never holds a PIN; `retriable` tells whether the clinician can try again at once.
 */
export class CardError extends Error {
  readonly code: CardProblem
  readonly retriable: boolean
  /** How many tries of the PIN are left, where the card says so. */
  readonly triesLeft: number | undefined

  constructor(code: CardProblem, message: string, options: CardErrorOptions = {}) {
    super(message, options)
    this.name = "CardError"
    this.code = code
    this.retriable = RETRIABLE[code]
    this.triesLeft = options.triesLeft
  }
}

/** The error for what a module answered to `call`. */
export function cardErrorOf(call: string, returnValue: number, options: CardErrorOptions = {}): CardError {
  const [name, problem] = RETURN_VALUES.get(returnValue) ?? [
    `CKR 0x${returnValue.toString(16)}`,
    "CARD_FAILED",
  ]
  return new CardError(problem, `${call}: ${name}`, options)
}

/** As `cardErrorOf`, of C_Login: OpenSC says CKR_DATA_INVALID where a PIN has characters that the card does not take. */
export function loginErrorOf(returnValue: number, options: CardErrorOptions = {}): CardError {
  if (returnValue !== RETURN_DATA_INVALID) return cardErrorOf("C_Login", returnValue, options)
  return new CardError("PIN_CHARACTERS", "C_Login: CKR_DATA_INVALID", options)
}
