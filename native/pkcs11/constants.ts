import pkcs11js from "pkcs11js"

/** The constants of PKCS #11 that the card host needs, under names that say what they are for. */
export const FLAGS = {
  serialSession: pkcs11js.CKF_SERIAL_SESSION,
  // Not among the constants of pkcs11js.
  hardwareSlot: 0x4,
  pinPad: pkcs11js.CKF_PROTECTED_AUTHENTICATION_PATH,
  tokenInitialised: pkcs11js.CKF_TOKEN_INITIALIZED,
  pinInitialised: pkcs11js.CKF_USER_PIN_INITIALIZED,
  pinCountLow: pkcs11js.CKF_USER_PIN_COUNT_LOW,
  pinFinalTry: pkcs11js.CKF_USER_PIN_FINAL_TRY,
  pinLocked: pkcs11js.CKF_USER_PIN_LOCKED,
} as const

export const USER = { normal: pkcs11js.CKU_USER, contextSpecific: pkcs11js.CKU_CONTEXT_SPECIFIC } as const

export const OBJECT = {
  certificate: pkcs11js.CKO_CERTIFICATE,
  privateKey: pkcs11js.CKO_PRIVATE_KEY,
  publicKey: pkcs11js.CKO_PUBLIC_KEY,
} as const

export const ATTRIBUTE = {
  class: pkcs11js.CKA_CLASS,
  value: pkcs11js.CKA_VALUE,
  id: pkcs11js.CKA_ID,
  certificateType: pkcs11js.CKA_CERTIFICATE_TYPE,
  modulus: pkcs11js.CKA_MODULUS,
  point: pkcs11js.CKA_EC_POINT,
  alwaysAuthenticate: pkcs11js.CKA_ALWAYS_AUTHENTICATE,
  allowedMechanisms: pkcs11js.CKA_ALLOWED_MECHANISMS,
} as const

export const X509_CERTIFICATE = pkcs11js.CKC_X_509
export const PSS_PARAMETERS = pkcs11js.CK_PARAMS_RSA_PSS
