/** One thing that was looked at: right, worth knowing, or wrong with what to do about it. */
export interface Finding {
  readonly is: "right" | "note" | "wrong"
  readonly what: string
  readonly says: string
  /** The next step, where it is not right. */
  readonly advice?: string
}

export function right(what: string, says: string): Finding {
  return { is: "right", what, says }
}

export function note(what: string, says: string, advice?: string): Finding {
  return { is: "note", what, says, ...(advice === undefined ? {} : { advice }) }
}

export function wrong(what: string, says: string, advice: string): Finding {
  return { is: "wrong", what, says, advice }
}

const MARKS: Readonly<Record<Finding["is"], string>> = { right: "ok  ", note: "note", wrong: "!!  " }

/** A finding for a person. */
export function findingLines({ is, what, says, advice }: Finding): readonly string[] {
  const line = `${MARKS[is]}  ${what}: ${says}`
  return advice === undefined ? [line] : [line, `        → ${advice}`]
}
