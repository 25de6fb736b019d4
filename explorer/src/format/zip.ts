/** Files as one ZIP and back: stored as they are when written; stored or deflated when read. No file of a report is large. */

/** Reflected CRC-32, the polynomial of ZIP and PNG. */
const CRC_POLYNOMIAL = 0xedb88320;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** 1980-01-01: the same files make the same bytes whenever they are packed. */
const DOS_DATE = 0x21;
const UTF8 = 0x0800;
/** Guards against a file that claims to unpack to more than any report has. */
const BYTES_MAX = 256 * 1024 * 1024;

/** The file is no ZIP, or one that nothing here makes (encrypted, cut off). */
export class ZipUnreadable extends Error {}

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CRC_POLYNOMIAL : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** Little-endian fields of 2 and 4 bytes. */
function record(size: number, fields: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(size));
  for (const [at, bytes, value] of fields)
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  return new Uint8Array(view.buffer);
}

export function makeZip(files: ReadonlyMap<string, string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bodies: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [nameBytes, content] = [encoder.encode(name), encoder.encode(text)];
    const facts = (from: number) =>
      [
        [from, 2, 20],
        [from + 2, 2, UTF8],
        [from + 8, 2, DOS_DATE],
        [from + 10, 4, crcOf(content)],
        [from + 14, 4, content.length],
        [from + 18, 4, content.length],
        [from + 22, 2, nameBytes.length],
      ] as const;
    bodies.push(record(LOCAL_BYTES, [[0, 4, LOCAL], ...facts(4)]), nameBytes, content);
    directory.push(record(CENTRAL_BYTES, [[0, 4, CENTRAL], [4, 2, 20], ...facts(6), [42, 4, offset]]), nameBytes);
    offset += LOCAL_BYTES + nameBytes.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record(END_BYTES, [
    [0, 4, END],
    [8, 2, files.size],
    [10, 2, files.size],
    [12, 4, size],
    [16, 4, offset],
  ]);
  return concat([...bodies, ...directory, end]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function readZip(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new ZipUnreadable("no end of directory");
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  try {
    for (let index = 0; index < view.getUint16(end + 10, true); index += 1) {
      const field = (offset: number): number => view.getUint16(at + offset, true);
      const size = view.getUint32(at + 24, true);
      if (view.getUint32(at, true) !== CENTRAL || size > BYTES_MAX) throw new ZipUnreadable("a broken directory");
      const name = new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + field(28)));
      const local = view.getUint32(at + 42, true);
      const from = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const packed = bytes.slice(from, from + view.getUint32(at + 20, true));
      const method = field(10);
      if (method !== 0 && method !== 8) throw new ZipUnreadable(`method ${method}`);
      // A directory inside is no file; of a path the last part is the name.
      if (!name.endsWith("/")) files.set(name.split("/").at(-1) ?? name, method === 0 ? packed : await inflate(packed));
      at += CENTRAL_BYTES + field(28) + field(30) + field(32);
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new ZipUnreadable("it is cut off");
    throw error;
  }
  return files;
}
