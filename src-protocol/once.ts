/** Answers what `read` answers, which is read when it is first asked for and then kept. What `read` throws, each asking throws. */
export function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined
  return () => {
    kept ??= { value: read() }
    return kept.value
  }
}
