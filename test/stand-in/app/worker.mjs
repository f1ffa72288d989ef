// A process of its own, for what would keep the application waiting.
process.parentPort.on("message", ({ data }) => {
  // What main.mjs posts.
  const { last, bytes } = /** @type {{ last: number, bytes: Uint8Array }} */ (data)
  let sum = 0
  for (let number = 0; number <= last; number += 1) sum += number
  process.parentPort.postMessage({ sum, bytes, pid: process.pid })
})
