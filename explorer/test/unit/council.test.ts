/** What the council's pages send: forms that the API accepts, calls that the contract has. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Interface } from "ethers";
import { ACTION_SPECS } from "../../../gateway/src/council/catalogue.ts";
import { actionSchema, namedActionIn } from "../../../gateway/src/http/council-schemas.ts";
import { COUNCIL_FUNCTIONS } from "../../src/pages/council/encode.ts";
import type { CatalogueAction, FieldKind } from "../../src/pages/council/field-values.ts";
import { toApiActions, toApiValue } from "../../src/pages/council/field-values.ts";

const ADDRESS = `0x${"Ab".repeat(20)}`;
const HASH = `0x${"5b".repeat(32)}`;

/** As people type it, what the API gets, and what is refused before it is sent. */
const KNOWN: Readonly<Record<FieldKind, readonly [typed: string, api: string | number | boolean, wrong: string]>> = {
  text: ["嘉陵江商会", "嘉陵江商会", ""],
  uri: ["https://example.org/p.json", "https://example.org/p.json", "two words"],
  address: [ADDRESS, ADDRESS, "0x12"],
  id: ["7", 7, "0"],
  alp: ["1,250.5", "1250500000000000000000", "0"],
  price: ["0.000000000000000001", "1", "0.0000000000000000001"],
  bps: ["2.5 %", 250, "100.01"],
  seconds: ["3600", 3_600, "1.5"],
  case: ["CASE-2026.7", "CASE-2026.7", "case 7"],
  hash: [HASH, HASH, "0x5b"],
  flag: ["true", true, ""],
  role: ["REGISTRAR", "REGISTRAR", "no role"],
  validators: ["4", 4, "31"],
  multiple: ["2", 2, "11"],
  shares: ["498", "498000000000000000000", "-1"],
};

/** As `GET /v1/council/actions` gives it. */
const catalogue = ACTION_SPECS.map((spec) => ({
  action: spec.name,
  subject: "members",
  ...spec.summary,
  fields: Object.entries(spec.fields).map(([name, { kind, label }]) => ({ name, kind, label })),
  schema: actionSchema(spec.name),
})) as unknown as CatalogueAction[];

describe("a draft of a proposal", () => {
  for (const [kind, [typed, api, wrong]] of Object.entries(KNOWN) as [FieldKind, (typeof KNOWN)[FieldKind]][])
    it(`takes ${kind} as people write it`, () => {
      expect(toApiValue(kind, typed)).to.equal(api);
      if (kind !== "flag") expect(toApiValue(kind, wrong)).to.equal(undefined);
    });

  for (const { action, fields } of catalogue)
    it(`becomes what the API accepts: ${action}`, () => {
      const values = Object.fromEntries(fields.map(({ name, kind }) => [name, KNOWN[kind][0]]));
      const [body] = toApiActions([{ action, values }], catalogue)!;
      expect(namedActionIn.safeParse(body).error).to.equal(undefined);
    });

  it("is not sent while a field is missing or wrong", () => {
    expect(toApiActions([], catalogue)).to.equal(undefined);
    expect(toApiActions([{}], catalogue)).to.equal(undefined);
    expect(toApiActions([{ action: "expel-member", values: {} }], catalogue)).to.equal(undefined);
    expect(toApiActions([{ action: "expel-member", values: { memberId: "one" } }], catalogue)).to.equal(undefined);
  });
});

describe("calls of the council by a wallet", () => {
  it("are functions of the compiled contract", () => {
    const root = join(import.meta.dirname, "..", "..", "..");
    const file = join(root, "artifacts/contracts/alliance/AllianceCouncil.sol/AllianceCouncil.json");
    const { abi } = JSON.parse(readFileSync(file, "utf8")) as { abi: [] };
    const compiled = new Interface(abi);
    for (const { selector, name } of new Interface(COUNCIL_FUNCTIONS).fragments.filter(
      (one): one is NonNullable<ReturnType<Interface["getFunction"]>> => one.type === "function",
    ))
      expect(compiled.getFunction(selector)?.name, name).to.equal(name);
  });
});
