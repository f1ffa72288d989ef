/** Replaces a method by one that goes through `around`, which gets the arguments and runs the original at most once. */
export function wrapMethod(
  owner: object,
  name: string,
  around: (self: unknown, args: readonly unknown[], run: () => unknown) => unknown,
): void {
  const original: unknown = Reflect.get(owner, name)
  if (typeof original !== "function") throw new TypeError(`there is no method ${name}`)
  const replaced = Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
    return around(this, args, (): unknown => Reflect.apply(original, this, args))
  })
  if (!replaced) throw new TypeError(`the method ${name} cannot be replaced`)
}
