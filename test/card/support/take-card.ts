import koffi from "koffi"

/*
 * Another program that takes the card in a reader: for itself alone where it can, else, where somebody is connected to it
 * already, by a transaction that it does not end. It says which, and keeps the card until it is ended. Linux only.
 */
const [SYSTEM, EXCLUSIVE, SHARED, ANY_PROTOCOL] = [2, 1, 2, 3]
const library = koffi.load("libpcsclite.so.1")
const establish = library.func("long SCardEstablishContext(unsigned long, void *, void *, _Out_ long *)")
const connect = library.func(
  "long SCardConnect(long, const char *, unsigned long, unsigned long, _Out_ long *, _Out_ unsigned long *)",
)
const begin = library.func("long SCardBeginTransaction(long)")

const [context, card]: [number[], number[]] = [[0], [0]]
establish(SYSTEM, null, null, context)
const taken = (share: number): boolean =>
  connect(context[0], process.argv[2], share, ANY_PROTOCOL, card, [0]) === 0
if (taken(EXCLUSIVE)) console.log("alone")
else if (taken(SHARED) && begin(card[0]) === 0) console.log("transaction")
else console.log("refused")
setInterval(() => undefined, 60_000)
