/** Both languages say the same things. */
import { expect } from "chai";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const I18N = join(import.meta.dirname, "..", "..", "src", "i18n");

/** Every key with its text, nested ones with dots. */
function textsOf(value: unknown, prefix = ""): [string, string][] {
  if (typeof value === "string") return [[prefix, value]];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    textsOf(inner, prefix === "" ? key : `${prefix}.${key}`),
  );
}

const read = (language: string, file: string) =>
  new Map(textsOf(JSON.parse(readFileSync(join(I18N, language, file), "utf8"))));
const holesOf = (text: string): string[] => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name ?? "").sort();
/** English has a word for one and a word for more; Chinese has one for both. */
const withoutNumber = (key: string): string => key.replace(/_(one|other)$/, "");

describe("the words of the web", () => {
  for (const path of globSync(join(I18N, "en", "*.json")).sort()) {
    const file = basename(path);
    it(`${file} says the same in both languages`, () => {
      const [en, zh] = [read("en", file), read("zh-CN", file)];
      const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutNumber))].sort();
      expect(keysOf(zh)).to.deep.equal(keysOf(en));
      for (const [key, text] of zh) {
        const twin = en.get(key) ?? en.get(`${withoutNumber(key)}_other`) ?? "";
        expect(text.trim(), key).not.to.equal("");
        expect(twin.trim(), key).not.to.equal("");
        expect(holesOf(text), key).to.deep.equal(holesOf(twin));
      }
    });
  }

  it("has a Chinese file for every English one", () => {
    const names = (language: string) => globSync(join(I18N, language, "*.json")).map((path) => basename(path));
    expect(names("zh-CN").sort()).to.deep.equal(names("en").sort());
  });
});
