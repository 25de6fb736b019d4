/** CSV as spreadsheets write it. */
import { expect } from "chai";
import { UnclosedQuote, parseCsv, writeCsv } from "../../src/format/csv.ts";

const cases: readonly (readonly [string, string, readonly (readonly [number, ...string[]])[]])[] = [
  ["commas and line feeds", "a,b\n1,2\n", [[1, "a", "b"], [2, "1", "2"]]],
  ["a BOM and Windows line ends", "\uFEFFa,b\r\n1,2", [[1, "a", "b"], [2, "1", "2"]]],
  ["semicolons, as Excel writes in half of Europe", "a;b\n1,5;2", [[1, "a", "b"], [2, "1,5", "2"]]],
  ["tabs, as they are copied from a sheet", "a\tb\n1\t2", [[1, "a", "b"], [2, "1", "2"]]],
  ["quoted commas, quotation marks and line ends", 'a,b\n"1,""x""\n2",3', [[1, "a", "b"], [2, '1,"x"\n2', "3"]]],
  ["empty rows, which keep their place", "a,b\n\n1,2\n,\n3,4", [[1, "a", "b"], [3, "1", "2"], [5, "3", "4"]]],
  ["empty cells, at the end too", "a,b,c\n,2,", [[1, "a", "b", "c"], [2, "", "2", ""]]],
  ["nothing at all", "", []],
]; // prettier-ignore

describe("CSV", () => {
  for (const [what, text, rows] of cases)
    it(`reads ${what}`, () => {
      expect(parseCsv(text).map(({ row, cells }) => [row, ...cells])).to.deep.equal(rows);
    });

  it("names the row of a quotation mark that is never closed", () => {
    expect(() => parseCsv('a,b\n1,"2\n3,4'))
      .to.throw(UnclosedQuote)
      .with.property("row", 2);
  });

  it("writes what it reads, and text that a spreadsheet would carry out as text", () => {
    const rows = [
      ["a", 'x "y", z'],
      ["=1+1", "-2"],
      ["@now", "plain"],
    ];
    const [first, formula, name] = parseCsv(writeCsv(rows));
    expect(first?.cells).to.deep.equal(rows[0]);
    expect(formula?.cells).to.deep.equal(["'=1+1", "'-2"]);
    expect(name?.cells).to.deep.equal(["'@now", "plain"]);
  });

  it("reads 20,000 rows in well under a second", function () {
    this.timeout(10_000);
    const text = Array.from({ length: 20_000 }, (_, index) => `0x${"ab".repeat(20)},1.50,"W-${index}"`).join("\n");
    const began = performance.now();
    expect(parseCsv(text)).to.have.length(20_000);
    expect(performance.now() - began).to.be.below(5_000);
  });
});
