/** From a name to calls and back: what members read is exactly what will run. No chain. */
import { expect } from "chai";
import fc from "fast-check";
import { accessManager, allianceToken, council } from "../../src/chain/contracts.ts";
import { CONTRACT_NAMES } from "../../src/chain/deployment.ts";
import type { Contracts, CouncilCall } from "../../src/council/action.ts";
import type { NamedAction } from "../../src/council/catalogue.ts";
import { ACTION_SPECS, decodeCalls, encodeActions, nameCalls } from "../../src/council/catalogue.ts";
import type { Field, Value } from "../../src/council/fields.ts";
import { namedActionIn } from "../../src/http/council-schemas.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import { ROLE_NAMES } from "../../src/kernel/roles.ts";

const at = Object.fromEntries(
  CONTRACT_NAMES.map((name, index) => [name, parseAddress(`0x${(index + 1).toString(16).padStart(40, "0")}`)]),
) as Contracts;

const hex = (bytes: number) =>
  fc
    .string({ unit: fc.constantFrom(...Array.from("0123456789abcdef")), minLength: 2 * bytes, maxLength: 2 * bytes })
    .map((digits) => `0x${digits}`);
const textOf = (characters: string, bytes: number) =>
  fc
    .array(fc.constantFrom(...Array.from(characters)), { minLength: 1, maxLength: 30 })
    .map((parts) => parts.join(""))
    .filter((value) => Buffer.byteLength(value) <= bytes);

/** Any value that the kind can hold. */
function arbitrary(field: Field): fc.Arbitrary<Value> {
  switch (field.kind) {
    case "text":
      return textOf("aZ09 .,&'\"0xé重庆面馆🍜", field.bytes);
    case "uri":
      return textOf("aZ09:/.-_~%?#&=0x", field.bytes);
    case "address":
      return hex(20);
    case "case":
    case "hash":
      return hex(32);
    case "id":
      return fc.integer({ min: 1, max: 2_147_483_647 });
    case "alp":
      return fc.bigInt({ min: 1n, max: (1n << 96n) - 1n });
    case "price":
      return fc.bigInt({ min: 1n, max: (1n << 128n) - 1n });
    case "bps":
      return fc.integer({ min: 0, max: 10_000 });
    case "multiple":
      return fc.integer({ min: 0, max: 10 });
    case "shares":
      return fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    case "validators":
      return fc.integer({ min: 1, max: 30 });
    case "seconds":
      return fc.integer({ min: 0, max: 4_294_967_295 });
    case "flag":
      return fc.boolean();
    case "role":
      return fc.constantFrom(...ROLE_NAMES, "PUBLIC", "4711");
  }
}

const anyAction: fc.Arbitrary<NamedAction> = fc
  .constantFrom(...ACTION_SPECS)
  .chain(({ name, fields }) =>
    fc
      .record(Object.fromEntries(Object.entries(fields).map(([field, of]) => [field, arbitrary(of)])))
      .map((values) => ({ action: name, values: values })),
  );

/** As JSON carries it to the API. */
const asJson = ({ action, values }: NamedAction): object => ({
  action,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
  ),
});

describe("named actions of the council", () => {
  for (const { name, fields } of ACTION_SPECS)
    it(`${name} becomes calls and is read back from them`, () => {
      const values = fc.record(Object.fromEntries(Object.entries(fields).map(([field, of]) => [field, arbitrary(of)])));
      fc.assert(
        fc.property(values, (given) => {
          const action = { action: name, values: given as NamedAction["values"] };
          const calls = encodeActions([action], at);
          expect(namedActionIn.parse(asJson(action)), "as the API takes it").to.deep.equal(action);
          const named = nameCalls(calls, at);
          expect(named).to.deep.equal([action]);
          const [decoded, ...rest] = decodeCalls(calls, at);
          expect(rest).to.be.empty;
          expect(decoded).to.deep.include({ action: name, calls: calls.length });
          expect(decoded!.en)
            .to.match(/\.$/)
            .and.not.match(/undefined|\{\w+\}/);
          expect(decoded!.zh)
            .to.match(/。$/)
            .and.not.match(/undefined|\{\w+\}/);
        }),
        { numRuns: 40, seed: 20_260 },
      );
    });

  it("are read back from proposals of many, in order", () => {
    fc.assert(
      fc.property(fc.array(anyAction, { minLength: 1, maxLength: 12 }), (actions) => {
        expect(nameCalls(encodeActions(actions, at), at)).to.deep.equal(actions);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  const stranger = parseAddress(`0x${"ab".repeat(20)}`);
  const transfer = allianceToken.encodeFunctionData("transfer", [stranger, 5n]) as HexData;
  const unnamed: { why: string; call: CouncilCall; says: string }[] = [
    {
      why: "data that goes on after the arguments",
      call: { target: at.allianceToken, value: 0n, data: `${transfer}00` as HexData },
      says: "allianceToken transfer(to",
    },
    {
      why: "value sent along",
      call: { target: at.allianceToken, value: 1n, data: transfer },
      says: "allianceToken transfer(to",
    },
    { why: "a contract that is not ours", call: { target: stranger, value: 0n, data: transfer }, says: stranger },
    {
      why: "a function that has no name here",
      call: {
        target: at.accessManager,
        value: 0n,
        data: accessManager.encodeFunctionData("setTargetClosed", [stranger, true]) as HexData,
      },
      says: "accessManager setTargetClosed(target: 0xabab",
    },
    {
      why: "half of an appointment",
      call: {
        target: at.council,
        value: 0n,
        data: council.encodeFunctionData("setProposalGuardian", [stranger]) as HexData,
      },
      says: "council setProposalGuardian(",
    },
    { why: "no data", call: { target: at.council, value: 0n, data: "0x" as HexData }, says: "council 0x" },
  ];
  for (const { why, call, says } of unnamed)
    it(`shows a call as unknown for ${why}`, () => {
      const [decoded] = decodeCalls([call], at);
      expect(decoded).to.deep.include({ action: "unknown-call", calls: 1 });
      expect(decoded!.en).to.include(says);
      expect(nameCalls([call], at)).to.equal(undefined);
    });

  it("names what it can between what it can not", () => {
    const pay: NamedAction = { action: "pay-from-treasury", values: { to: stranger, alp: 5n } };
    const calls = [...encodeActions([pay], at), unnamed[3]!.call, ...encodeActions([pay], at)];
    expect(decodeCalls(calls, at).map(({ action }) => action)).to.deep.equal([
      "pay-from-treasury",
      "unknown-call",
      "pay-from-treasury",
    ]);
  });
});
