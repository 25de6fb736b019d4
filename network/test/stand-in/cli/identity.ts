/** Node keys and enode URLs, by ethers and a pattern: the product's own words for them are what tests compare with. */
import { readFileSync } from "node:fs";
import { computeAddress, SigningKey } from "ethers";

export interface Identity {
  readonly key: SigningKey;
  /** 128 hex digits. */
  readonly nodeId: string;
  readonly address: string;
}

export interface Enode {
  readonly nodeId: string;
  readonly host: string;
  readonly port: number;
}

export function readIdentity(keyFile: string): Identity {
  const text = readFileSync(keyFile, "utf8").trim().replace(/^0x/, "");
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new Error(`Supplied file does not contain valid private key (${keyFile})`);
  return identityOf(new SigningKey(`0x${text}`));
}

export function identityOf(key: SigningKey): Identity {
  return { key, nodeId: key.publicKey.slice(4).toLowerCase(), address: computeAddress(key.publicKey).toLowerCase() };
}

export function enodeText({ nodeId, host, port }: Enode): string {
  return `enode://${nodeId}@${host}:${port}`;
}

/** Undefined where Besu throws: not 128 hex digits, no IP address, no port. */
export function readEnode(text: string): Enode | undefined {
  const [, nodeId, host, port] =
    /^enode:\/\/(?:0x)?([0-9a-fA-F]{128})@([0-9.]+|\[[0-9a-fA-F:]+\]):(\d+)(?:\?discport=\d+)?$/.exec(text) ?? [];
  if (nodeId === undefined || host === undefined) return undefined;
  return { nodeId: nodeId.toLowerCase(), host, port: Number(port) };
}

/** Besu's allow-list compares node id, IP address and TCP port. */
export function isSameEnode(a: Enode, b: Enode): boolean {
  return a.nodeId === b.nodeId && a.host === b.host && a.port === b.port;
}
