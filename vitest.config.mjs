import { defineConfig } from "vitest/config"

const LONGER_THAN_A_UNIT = [
  "test/card-reader/**",
  "test/interop/**",
  "test/journey/**",
  "test/fuzz/**",
  "test/long/**",
]

/**
 * @param {string} name
 * @param {string[]} include
 * @param {string[]} exclude
 */
function project(name, include, exclude = []) {
  return { extends: true, test: { name, include, exclude } }
}

export default defineConfig({
  test: {
    globals: false,
    environment: "node",
    // A test that makes an RSA-4096 key or walks a journey needs seconds on a busy machine of two cores.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest leaves one core idle otherwise, which on a machine of two is half of it.
    maxWorkers: "100%",
    projects: [
      project("unit", ["test/**/*.test.ts"], LONGER_THAN_A_UNIT),
      project("card", ["test/card-reader/**/*.test.ts"]),
      project("interop", ["test/interop/**/*.test.ts"]),
      project("journey", ["test/journey/**/*.test.ts"]),
      project("fuzz", ["test/fuzz/**/*.test.ts"]),
      project("long", ["test/long/**/*.test.ts"]),
    ],
  },
})
