import type { CardImage } from "../../../native/virtual-card/card-image.ts"
import { PivApplet } from "../../../native/virtual-card/piv-applet.ts"
import { bytesOf, hexOf } from "./chip.ts"

/** Commands and answers in hexadecimal, as a log of a card shows them. */
export interface Conversation {
  readonly applet: PivApplet
  /** The answer to one command. */
  say(command: string): string
  /** The whole answer, with GET RESPONSE for as long as there is more; without its status word, which must be 9000. */
  gather(command: string): string
}

export const VERIFY = "0020008008313233343536ffff"
export const VERIFY_WRONGLY = "0020008008363534333231ffff"

export function talkTo(image: CardImage): Conversation {
  const applet = new PivApplet(image)
  const say = (command: string) => hexOf(applet.process(bytesOf(command)))
  return { applet, say, gather: (command) => gatherFrom(say, command) }
}

function gatherFrom(say: (command: string) => string, command: string): string {
  let answer = say(command)
  let data = answer.slice(0, -4)
  while (answer.slice(-4).startsWith("61")) {
    answer = say(`00c00000${answer.slice(-2)}`)
    data += answer.slice(0, -4)
  }
  if (!answer.endsWith("9000")) throw new RangeError(`the card answered ${answer.slice(-4)}`)
  return data
}

/** GENERAL AUTHENTICATE for a key, in as many chained commands as it takes. */
export function useKey(talk: Conversation, reference: string, content: string): string {
  const parts = content.match(/.{1,510}/gs) ?? []
  const last = parts.pop() ?? ""
  for (const part of parts) talk.say(`1087${reference}${lengthOf(part)}${part}`)
  return talk.say(`0087${reference}${lengthOf(last)}${last}00`)
}

function lengthOf(hex: string): string {
  return (hex.length / 2).toString(16).padStart(2, "0")
}

/** 7C { 82 00, tag value }: what GENERAL AUTHENTICATE takes. */
export function template(tag: string, value: string): string {
  const inner = `8200${tag}${berLength(value)}${value}`
  return `7c${berLength(inner)}${inner}`
}

function berLength(hex: string): string {
  const length = hex.length / 2
  if (length < 0x80) return length.toString(16).padStart(2, "0")
  return length < 0x100 ? `81${length.toString(16)}` : `82${length.toString(16).padStart(4, "0")}`
}
