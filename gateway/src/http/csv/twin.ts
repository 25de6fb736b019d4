/**
 * Every list as a file: the twin of an operation that answers `items` stands at its path with `.csv`, takes the same
 * filters, is called by the same roles, and gives all rows. It is read page by page and waits for its reader, so that a
 * million rows take no more memory than one page.
 */
import { z } from "zod";
import type { Rooms } from "../../commands/rooms.ts";
import type { Input, Poured, Route } from "../route.ts";
import type { Column } from "./columns.ts";
import { columnsOf } from "./columns.ts";
import { text } from "./cells.ts";

/** Rows of one read: few enough to hold, many enough that a million rows are two thousand reads. */
const ROWS = 500;
/** By it spreadsheets know that the text is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

export function csvTwins(routes: readonly Route[]): Route[] {
  return routes.flatMap((described) => {
    const columns = listColumns(described);
    return columns === undefined ? [] : [twinOf(described, columns)];
  });
}

/** Undefined when the operation is no list. */
function listColumns({ method, open, output }: Route): Column[] | undefined {
  if (method !== "get" || open !== undefined || !(output instanceof z.ZodObject)) return undefined;
  const { items } = output.shape as Readonly<Record<string, z.ZodType>>;
  return items instanceof z.ZodArray ? columnsOf(items.element as z.ZodType) : undefined;
}

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor?: string | null;
  readonly block?: { readonly number: number };
}

type Read = (cursor: string | undefined) => Promise<Page>;

function twinOf(described: Route, columns: readonly Column[]): Route {
  const { query, summary, operationId, path } = described;
  const { limit: _limit, cursor, ...filters } = (query?.shape ?? {}) as Record<string, z.ZodType>;
  const header = columns.map(({ name }) => text(name)).join(",");
  return {
    ...described,
    path: `${path}.csv`,
    operationId: `${operationId}Csv`,
    summary: `${summary}: all rows, as a CSV file`,
    description: "Amounts are decimal numbers with their unit beside them, times are UTC, all digits are there.",
    query: z.strictObject(filters),
    output: z.string().meta({ example: `${BYTE_ORDER_MARK}${header}\r\n` }),
    run: () => Promise.reject(new Error(`${operationId}Csv is poured`)),
    async pour(input: Input<never, never, never>, rooms: Rooms): Promise<Poured> {
      const read: Read = async (at) => {
        const page = cursor === undefined ? {} : { limit: ROWS, cursor: at };
        const asked = { ...input, query: { ...(input.query as object), ...page } as never };
        return (await described.run(asked, rooms)) as Page;
      };
      // Read before the answer begins: what is refused is refused as a problem, not as a broken file.
      const first = await read(undefined);
      return { fileName: fileNameOf(path, input.params, first), text: pour({ header, columns, first, read }) };
    },
  };
}

interface File {
  readonly header: string;
  readonly columns: readonly Column[];
  readonly first: Page;
  readonly read: Read;
}

async function* pour({ header, columns, first, read }: File): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${header}\r\n`;
  for (let page = first; ; page = await read(page.nextCursor ?? undefined)) {
    if (page.items.length > 0) yield page.items.map((item) => rowOf(columns, item)).join("");
    if (page.nextCursor === undefined || page.nextCursor === null) return;
  }
}

function rowOf(columns: readonly Column[], item: unknown): string {
  return `${columns.map(({ cell }) => cell(item)).join(",")}\r\n`;
}

/** `points-0x1e7b51c0-transfers-block-493.csv`. */
function fileNameOf(path: string, params: unknown, { block }: Page): string {
  const values = (params ?? {}) as Readonly<Record<string, string | number>>;
  const words = path
    .replace("/v1/", "")
    .split("/")
    .map((word) => (word.startsWith(":") ? String(values[word.slice(1)] ?? "").slice(0, 10) : word));
  const name = [...words, ...(block === undefined ? [] : ["block", block.number])].join("-");
  return `${name.replace(/[^\w.-]+/g, "")}.csv`;
}
