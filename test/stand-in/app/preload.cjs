const { contextBridge, ipcRenderer } = require("electron")

Object.assign(globalThis, { secretOfPreload: "nobody sees it" })

/** @type {import("../fixture.ts").FixtureApi} */
const fixture = {
  call: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  onNumber: (listener) => {
    /** @type {(event: unknown, number: number) => void} */
    const hear = (_event, number) => {
      listener(number)
    }
    ipcRenderer.on("number", hear)
    return () => {
      ipcRenderer.off("number", hear)
    }
  },
  versions: () => ({ electron: process.versions.electron, sandboxed: process.sandboxed }),
  canRequire: (name) => {
    try {
      return typeof require(name)
    } catch (error) {
      return String(error)
    }
  },
  fails: () => {
    throw new RangeError("out of range")
  },
  failsLater: () => Promise.reject(new RangeError("out of range, later")),
  adder: (first) => (second) => first + second,
  twice: (read) => 2 * read(),
  nested: { deep: { list: [1, new Date(5), new Uint8Array([7])] } },
}

contextBridge.exposeInMainWorld("fixture", fixture)
