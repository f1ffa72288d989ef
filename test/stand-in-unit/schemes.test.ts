import { beforeAll, describe, expect, test } from "vitest"
import { addScheme, fromWeb, policyToWeb, toWeb } from "../../native/electron-on-chromium/schemes.ts"

beforeAll(() => {
  addScheme("app")
})

describe("an address of our own", () => {
  test.each([
    ["app://desk/index.html?a=1#b", "https://desk.app.invalid/index.html?a=1#b"],
    ["app://desk/", "https://desk.app.invalid/"],
  ])("%s goes to Chromium as %s and comes back", (own, web) => {
    expect(toWeb(own)).toBe(web)
    expect(fromWeb(web)).toBe(own)
  })

  test("without a path gets one", () => {
    expect(toWeb("app://desk")).toBe("https://desk.app.invalid/")
  })

  test.each([
    "https://outside.example/",
    "https://app.invalid.example/",
    "https://desk.other.invalid/",
    "file:///etc/passwd",
    "app:desk",
  ])("is none that only looks like it: %s", (url) => {
    expect(toWeb(url)).toBe(url)
    expect(fromWeb(url)).toBe(url)
  })
})

test.each([
  ["default-src 'none'; script-src app:", "default-src 'none'; script-src https://*.app.invalid"],
  ["connect-src app://desk 'self'", "connect-src https://desk.app.invalid 'self'"],
  ["img-src data: wrapp:", "img-src data: wrapp:"],
])("the policy %s reaches Chromium as %s", (policy, mapped) => {
  expect(policyToWeb(policy)).toBe(mapped)
})
