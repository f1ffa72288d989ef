import type { ElectronApplication, Page, Response } from "@playwright/test"

/** Where Electron says that the one window is. */
export async function addressOf(application: ElectronApplication): Promise<string | undefined> {
  const [address] = await application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  )
  return address
}

/** What the scheme answers to a request of the page's own. */
export async function answerTo(window: Page, path: string): Promise<Response> {
  const answered = window.waitForResponse((response) => response.request().resourceType() === "image")
  await window.evaluate((src) => {
    const image = Object.assign(document.createElement("img"), {
      src,
      onerror: () => {
        image.remove()
      },
    })
    document.body.append(image)
  }, path)
  return await answered
}

/** Has the page load something, in each of these ways; answers those that the policy did not stop. */
export async function whatLoads(window: Page, address: string): Promise<readonly string[]> {
  return await window.evaluate(async (url) => {
    const outcome = (element: HTMLElement, way: string): Promise<string> =>
      new Promise((resolve) => {
        element.onload = () => {
          resolve(way)
        }
        element.onerror = () => {
          resolve("")
        }
        document.body.append(element)
      })
    const image = Object.assign(document.createElement("img"), { src: url })
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url })
    const frame = Object.assign(document.createElement("iframe"), { src: url })
    document.body.append(frame)
    const fetched = await fetch(url).then(
      () => "fetch",
      () => "",
    )
    const loaded = await Promise.all([outcome(image, "image"), outcome(style, "style")])
    // A frame that was refused is still loaded, with nothing of the address in it.
    const framed = frame.contentDocument === null ? "" : frame.contentDocument.body.textContent
    for (const element of [image, style, frame]) element.remove()
    return [fetched, ...loaded, framed].filter((way) => way !== "")
  }, address)
}

/** What became of something that the page's own script does, which no tool of the test has a hand in. */
export async function inPage(
  window: Page,
  what: "eval" | "inline" | "markup" | "string timer",
): Promise<string> {
  return await window.evaluate(async (name) => {
    const attempts: Readonly<Record<string, () => unknown>> = {
      eval: () => {
        // Sound: a function of every page's. By another name than its own, it runs in the page's own scope.
        const evaluate = Reflect.get(globalThis, "eval") as (text: string) => unknown
        return evaluate("'ran'")
      },
      inline: () => {
        const script = document.createElement("script")
        script.append("document.documentElement.dataset.ran = 'yes'")
        document.head.append(script)
        script.remove()
        return document.documentElement.dataset["ran"] === undefined ? "ignored" : "ran"
      },
      markup: () => {
        const place = document.createElement("div")
        place.innerHTML = "<img>"
        return place.childElementCount === 0 ? "ignored" : "ran"
      },
      "string timer": () => {
        Reflect.apply(setTimeout, window, ["document.documentElement.dataset.ran = 'yes'", 0])
        return "ran"
      },
    }
    return await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String(attempts[name]?.()))
        } catch (error) {
          resolve(error instanceof Error ? error.name : "thrown")
        }
      }, 0)
    })
  }, what)
}
