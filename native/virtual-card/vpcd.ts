import { connect, type Socket } from "node:net"

/*
 * The protocol of vsmartcard's vpcd: the card is a TCP client of the virtual reader. Each message is a length of two
 * bytes, big-endian, and as many bytes. A message of one byte is power off (0), power on (1), reset (2) or a question
 * for the ATR (4), which is also how the reader asks, each 400 ms, whether the card is still there; a longer one is an
 * APDU. The question and the APDU are answered, never with zero bytes: that is to vpcd a card that is gone.
 */
const RESET_MESSAGES: ReadonlySet<number | undefined> = new Set([0, 1, 2])
const ASK_ATR = 4
const LENGTH_BYTES = 2

/** The card's side of a connection. */
export interface CardSide {
  readonly atr: Uint8Array
  /** Power off, power on, or a reset. */
  powerChanged(): void
  /** The reader asked for the ATR: it knows that the card is there. */
  seen(): void
  /** The answer to a command; `undefined` where none comes, now or ever. */
  command(bytes: Uint8Array): Promise<Uint8Array | undefined>
  /** The connection has ended, whoever ended it. */
  closed(): void
}

/** A card in a virtual reader. */
export interface Contact {
  /** Pulls the card out; no answer goes out any more. */
  close(): void
}

/** Puts a card in the virtual reader that listens on `port`; rejects where none does. */
export function makeContact(port: number, card: CardSide): Promise<Contact> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true })
  return new Promise((resolve, reject) => {
    socket.once("error", reject)
    socket.once("connect", () => {
      resolve(converse(socket, card))
    })
  })
}

function converse(socket: Socket, card: CardSide): Contact {
  let received = Buffer.alloc(0)
  let turn: Promise<void> = Promise.resolve()
  let isOpen = true
  socket.on("data", (bytes) => {
    received = Buffer.concat([received, bytes])
    for (let message = firstMessage(received); message !== undefined; message = firstMessage(received)) {
      const whole = Uint8Array.from(message)
      received = received.subarray(LENGTH_BYTES + whole.length)
      turn = turn.then(async () => {
        const answer = isOpen ? await answerTo(whole, card) : undefined
        if (answer !== undefined && isOpen) socket.write(framed(answer))
      })
    }
  })
  // Errors of a connection end in "close"; a reader that is gone is told by that.
  socket.on("error", () => undefined)
  socket.once("close", () => {
    isOpen = false
    card.closed()
  })
  return {
    close() {
      isOpen = false
      socket.destroy()
    },
  }
}

function firstMessage(received: Buffer): Buffer | undefined {
  if (received.length < LENGTH_BYTES) return undefined
  const end = LENGTH_BYTES + received.readUInt16BE(0)
  return received.length < end ? undefined : received.subarray(LENGTH_BYTES, end)
}

async function answerTo(message: Uint8Array, card: CardSide): Promise<Uint8Array | undefined> {
  if (message.length > 1) return await card.command(message)
  if (message[0] === ASK_ATR) {
    card.seen()
    return card.atr
  }
  if (RESET_MESSAGES.has(message[0])) card.powerChanged()
  return undefined
}

function framed(answer: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt16BE(answer.length)
  return Buffer.concat([length, answer])
}
