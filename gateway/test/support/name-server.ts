/** A name server that knows a few names by IPv4; `silent.` names get no answer, others do not exist. */
import { createSocket } from "node:dgram";
import { once } from "node:events";

const [TYPE_A, OK, NO_SUCH_NAME] = [1, 0x8180, 0x8183];

export async function startNameServer(
  names: Readonly<Record<string, readonly string[]>>,
): Promise<{ port: number; close(): void }> {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => {
    const { name, end } = readName(question);
    if (name.startsWith("silent.")) return;
    const known = names[name];
    const numbers = question.readUInt16BE(end) === TYPE_A ? (known ?? []) : [];
    const head = Buffer.alloc(12);
    question.copy(head, 0, 0, 2);
    [known === undefined ? NO_SUCH_NAME : OK, 1, numbers.length].forEach((word, index) =>
      head.writeUInt16BE(word, 2 + 2 * index),
    );
    socket.send(Buffer.concat([head, question.subarray(12, end + 4), ...numbers.map(recordOf)]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, close: () => void socket.close() };
}

/** Labels, each after its length, up to an empty one. */
function readName(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("ascii", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

/** An A record for the name of the question, good for a minute. */
function recordOf(number: string): Buffer {
  return Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...number.split(".").map(Number)]);
}
