/** The values of PC/SC (winscard.h, pcsclite.h) that a program of ours needs, under names that say what they are for. */
export const SCOPE = { user: 0, system: 2 } as const

export const SHARE = { shared: 2 } as const
export const PROTOCOL = { any: 3 } as const
export const DISPOSITION = { leave: 0, reset: 1 } as const

/** The bits of dwEventState; above them, in the upper half, a counter of cards put in and taken out. */
export const STATE = {
  unaware: 0,
  changed: 0x0002,
  unknown: 0x0004,
  unavailable: 0x0008,
  present: 0x0020,
  exclusive: 0x0080,
  mute: 0x0200,
} as const

/** The name that stands for "readers come and go" in a call of SCardGetStatusChange. */
export const ANY_READER = "\\\\?PnP?\\Notification"

export const PCSC_CODE = {
  ok: 0,
  cancelled: 0x80100002,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noCard: 0x8010000c,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
  removedCard: 0x80100069,
} as const
