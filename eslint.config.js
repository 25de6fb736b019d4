// How TypeScript is linted: everything typescript-eslint can prove with types, because money code must not float a
// promise or compare a bigint with a string. Each rule that departs from the strict preset says why.
import hooks from "eslint-plugin-react-hooks";
import mocha from "eslint-plugin-mocha";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "node_modules/",
    ".node/",
    ".data/",
    "artifacts/",
    "cache/",
    "coverage/",
    "types/",
    "gateway/client/generated/",
    "explorer/dist/",
    "**/*.js",
    "**/*.cjs",
    "**/*.mjs",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./explorer/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Numbers, bigints and booleans print as people expect; objects, null and undefined do not.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true, allowAny: false, allowNullish: false },
      ],
      // `_` marks a parameter that a signature demands and the body does not need.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // An index into a record by a checked key is fine: noUncheckedIndexedAccess already asks for the undefined case.
      "@typescript-eslint/no-dynamic-delete": "off",
      // `() => somethingVoid()` is how timers and event handlers are written in one line.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Node strips types and can not run enums: use a union of strings." },
        { selector: "ExportAllDeclaration", message: "No barrels: import a thing from the file that makes it." },
      ],
      eqeqeq: "error",
      "no-console": "off",
      "max-params": ["error", { max: 5 }],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The process belongs to main.ts: a room that reads the environment or exits can not be tested or moved.
    files: ["gateway/src/**/*.ts", "network/agent/**/*.ts"],
    ignores: ["gateway/src/main.ts", "network/agent/main.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "Only main.ts knows the process: take what you need as a parameter." },
      ],
      "no-console": "error",
    },
  },
  {
    ...hooks.configs.flat["recommended-latest"],
    files: ["explorer/src/**/*.{ts,tsx}"],
  },
  {
    files: ["explorer/src/**/*.{ts,tsx}"],
    rules: {
      // A component is a page's outline: its markup is read from top to bottom like a table.
      "max-lines-per-function": ["error", { max: 90, skipBlankLines: true, skipComments: true }],
      "no-restricted-globals": ["error", { name: "process", message: "There is none in a browser." }],
      // `onClick={() => void promise}` is how a handler starts what it does not wait for; JSX checks the rest.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    ...mocha.configs.recommended,
    files: ["test/**/*.ts", "gateway/test/**/*.ts", "network/test/**/*.ts", "explorer/test/**/*.ts"],
    rules: {
      ...mocha.configs.recommended.rules,
      "mocha/no-exclusive-tests": "error",
      "mocha/no-pending-tests": "error",
      // Tables of known answers are written as loops over `it`, and fixtures as arrow functions.
      "mocha/no-setup-in-describe": "off",
      "mocha/no-mocha-arrows": "off",
      // What suites share stands in test/support and test/behaviors.
      "mocha/no-exports": "off",
      "mocha/consistent-spacing-between-blocks": "off",
      "mocha/max-top-level-suites": "off",
      "mocha/no-top-level-hooks": "off",
      "mocha/no-hooks-for-single-case": "off",
      "max-lines-per-function": "off",
      // `expect(x).to.be.true` is an expression in chai's language.
      "@typescript-eslint/no-unused-expressions": "off",
      // A test knows what it put there.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Answers of the API are looked into as the JSON they are; their shape is checked by the schema, not the compiler.
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
