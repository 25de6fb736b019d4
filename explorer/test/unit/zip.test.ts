/** A bundle is packed and unpacked without a byte lost; what is no ZIP is refused by name. */
import { expect } from "chai";
import { crc32 } from "node:zlib";
import { caseNumberOf } from "../../src/format/case-number.ts";
import { ZipUnreadable, makeZip, readZip } from "../../src/format/zip.ts";

const FILES = new Map([
  ["manifest.json", '{ "format": "ledger-report/1" }\n'],
  ["merchants.csv", "id,name\n1,乡村基\n"],
  ["empty.csv", ""],
]);
const textsOf = (files: ReadonlyMap<string, Uint8Array>): [string, string][] =>
  [...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);

describe("a bundle as one file", () => {
  it("comes back as it was, and is the same bytes every time", async () => {
    const zip = makeZip(FILES);
    expect(textsOf(await readZip(zip))).to.deep.equal([...FILES]);
    expect(makeZip(FILES)).to.deep.equal(zip);
  });

  it("carries the checksum that other programs look for", () => {
    const zip = Buffer.from(makeZip(FILES));
    const [[, first = ""] = []] = FILES;
    expect(zip.readUInt32LE(14)).to.equal(crc32(first));
    expect(zip.toString("utf8", 30)).to.match(/^manifest\.json/);
  });

  it("is refused when it is cut off or something else", async () => {
    const zip = makeZip(FILES);
    for (const broken of [zip.slice(0, 40), zip.slice(40), new TextEncoder().encode("id,name\n".repeat(9))]) {
      const refused = await readZip(broken).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(ZipUnreadable);
    }
  });
});

describe("a case number on the chain", () => {
  it("is read where it is text, and left as it is where it is not", () => {
    expect(caseNumberOf(`0x${Buffer.from("2027-0042").toString("hex").padEnd(64, "0")}`)).to.equal("2027-0042");
    expect(caseNumberOf(`0x${"ab".repeat(32)}`)).to.equal(`0x${"ab".repeat(32)}`);
  });
});
