/** An event that a listener can stop, with whatever else the event says. */
export type Preventable<Facts extends object> = Facts & {
  preventDefault: () => void
  readonly defaultPrevented: boolean
}

/** Makes such an event. */
export function preventable<Facts extends object>(facts: Facts): Preventable<Facts> {
  let prevented = false
  const event = {
    preventDefault: () => {
      prevented = true
    },
    get defaultPrevented() {
      return prevented
    },
  }
  // Copied by descriptors, or the getter would be read once and stay false.
  return Object.defineProperties({ ...facts }, Object.getOwnPropertyDescriptors(event)) as Preventable<Facts>
}
