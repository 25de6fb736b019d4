/** A report bundle: fetched file by file, packed for taking away, unpacked when somebody brings one. */
import { getReportFile } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Report } from "../../../../gateway/client/generated/types.gen.ts";
import { makeZip, readZip } from "../../format/zip.ts";

/** By name. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

async function fetchTexts({ id, files }: Report): Promise<Map<string, string>> {
  const fetched = files.map(async ({ name }) => {
    const { data } = await getReportFile({ path: { reportId: id, name }, throwOnError: true });
    return [name, data.content] as const;
  });
  return new Map(await Promise.all(fetched));
}

export async function fetchBundle(report: Report): Promise<Bundle> {
  const encoder = new TextEncoder();
  return new Map([...(await fetchTexts(report))].map(([name, text]) => [name, encoder.encode(text)]));
}

/** `ledger-report-2-655.zip`, by the browser's own way of saving. */
export async function saveBundle(report: Report): Promise<void> {
  const url = URL.createObjectURL(new Blob([makeZip(await fetchTexts(report))], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `ledger-report-${report.fromBlock}-${report.toBlock}.zip`;
  link.click();
  URL.revokeObjectURL(url);
}

/** One ZIP, or the files themselves. */
export async function readBundle(files: readonly File[]): Promise<Bundle> {
  const [first] = files;
  if (first !== undefined && files.length === 1 && first.name.endsWith(".zip"))
    return readZip(new Uint8Array(await first.arrayBuffer()));
  const read = files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const);
  return new Map(await Promise.all(read));
}
