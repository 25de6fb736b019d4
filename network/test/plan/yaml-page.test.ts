import { readFileSync } from "node:fs";
import { expect } from "chai";
import { planSchema } from "../../plan/schema.ts";
import { readPlan } from "../../plan/read-plan.ts";

const PAGE = readFileSync(new URL("../../../docs/reference/network-yaml.md", import.meta.url), "utf8");

/** Field → its row's cells: what, bounds, default. */
const rows = (title: string): Map<string, string[]> => {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
  const found = [...section.matchAll(/^\| `(\w+)` +\| (.*) \|$/gm)];
  return new Map(found.map(([, field = "", cells = ""]) => [field, cells.split(" | ").map((cell) => cell.trim())]));
};

describe("the page about the network's YAML", () => {
  const organisation = planSchema.shape.organisations.element;
  for (const { title, fields } of [
    { title: "The network", fields: Object.keys(planSchema.shape) },
    { title: "An organisation", fields: Object.keys(organisation.shape) },
    { title: "A node", fields: Object.keys(organisation.shape.nodes.element.shape) },
  ])
    it(`tells of ${title.toLowerCase()} every field, and no other`, () => {
      expect([...rows(title).keys()]).to.deep.equal(fields);
    });

  it("gives the defaults that hold, and an example that is taken", () => {
    const [, example = ""] = /```yaml\n(.*?)```/s.exec(PAGE) ?? [];
    const { plan } = readPlan(example, "page");
    const { chain } = plan;
    const shown = (field: string) => rows("The network").get(field)?.at(-1)?.replaceAll(/[,"`]/g, "");
    expect(shown("blockPeriodSeconds")).to.equal(String(chain.blockPeriodSeconds));
    expect(shown("epochLength")).to.equal(String(chain.epochLength));
    expect(shown("gasLimit")).to.equal(String(chain.gasLimit));
    expect(shown("validatorSelection")).to.equal(chain.validatorSelection);
    expect(shown("besuVersion")).to.equal(plan.besuVersion);
    const node = plan.organisations[0]?.nodes[0];
    expect(rows("A node").get("heapMb")?.at(-1)?.replace(",", "")).to.equal(String(node?.heapMb));
    expect(rows("A node").get("role")?.at(-1)).to.equal("`validator`");
    expect(node?.ports).to.deep.equal({ p2p: 30_303, rpc: 8_545, ws: 8_546, metrics: 9_545 });
  });
});
