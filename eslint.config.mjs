import { defineConfig, globalIgnores } from "eslint/config"
import tseslint from "typescript-eslint"

export default defineConfig(
  globalIgnores([".cache/", "out/", "release/"]),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error", noInlineConfig: true },
    rules: {
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-check": true, "ts-expect-error": true, "ts-ignore": true, "ts-nocheck": true },
      ],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-deprecated": [
        "error",
        // Marked so as to stand out: for plain HTTP on this machine, which is all that it is used for.
        {
          allow: [
            { from: "package", name: "allowInsecureRequests", package: "openid-client" },
            { from: "package", name: "allowInsecureRequests", package: "oauth4webapi" },
          ],
        },
      ],
      "@typescript-eslint/no-explicit-any": ["error", { fixToUnknown: false }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "off",
      "@typescript-eslint/no-implied-eval": "error",
      "prefer-const": "error",
    },
  },
  {
    // What talks to the person at the terminal, and the plain JavaScript that runs before anything is installed.
    files: ["src-cli/**", "native/setup/**", "bench/**", "test/**"],
    rules: { "no-console": "off" },
  },
  {
    // A JSDoc cast narrows `any` for the compiler, but the linter's rules see only the expression beneath it.
    files: ["**/*.mjs"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/no-unsafe-return": "off" },
  },
  {
    // A sandboxed preload script can be nothing else than CommonJS.
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
)
