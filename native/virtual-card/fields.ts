/*
 * What comes in as JSON is looked at field by field here: this folder stands on node alone. Each of these throws a
 * TypeError that names the field.
 */

export type Fields = Readonly<Record<string, unknown>>

export function objectOf(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${name} is an object`)
  // Sound: every object that is no array can be asked for any key, and what it answers is unknown.
  return value as Fields
}

export function textField(fields: Fields, name: string, pattern = /^/): string {
  const value = fields[name]
  if (typeof value === "string" && pattern.test(value)) return value
  throw new TypeError(`"${name}" is a text that matches ${String(pattern)}`)
}

/** A whole number of zero or more. */
export function numberField(fields: Fields, name: string): number {
  const value = fields[name]
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value
  throw new TypeError(`"${name}" is a whole number, zero or more`)
}

export function optionalNumberField(fields: Fields, name: string): number | undefined {
  return fields[name] === undefined ? undefined : numberField(fields, name)
}

export function booleanField(fields: Fields, name: string): boolean {
  const value = fields[name]
  if (typeof value === "boolean") return value
  throw new TypeError(`"${name}" is true or false`)
}

export function arrayField(fields: Fields, name: string): readonly unknown[] {
  const value: unknown = fields[name]
  if (Array.isArray(value)) return value
  throw new TypeError(`"${name}" is a list`)
}
