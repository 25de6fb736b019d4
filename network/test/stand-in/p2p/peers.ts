/**
 * The stand-ins' own wire: JSON lines over TCP at the p2p port, each end proving its node key. Not devp2p: no Besu
 * understands it. Who may connect, static nodes, and one connection a pair are as in Besu.
 */
import { randomBytes } from "node:crypto";
import { createConnection, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createInterface } from "node:readline";
import { keccak256, SigningKey, toUtf8Bytes } from "ethers";
import { enodeText } from "../cli/identity.ts";
import type { Enode, Identity } from "../cli/identity.ts";
import type { Log } from "../log.ts";

const DIAL_EVERY_MS = 1_000;
const FROM = "PeerConnections";

export interface Message {
  readonly kind: string;
  readonly [field: string]: unknown;
}

interface Hello {
  readonly kind: "hello";
  readonly enode: Enode;
  readonly genesis: string;
  readonly chainId: number;
  readonly challenge: string;
}

export interface PeerView {
  readonly enode: Enode;
  readonly isInbound: boolean;
  readonly localAddress: string;
  readonly remoteAddress: string;
}

export interface PeersOptions {
  readonly self: Enode;
  readonly identity: Identity;
  readonly interface: string;
  readonly genesis: string;
  readonly chainId: number;
  readonly maxPeers: number;
  /** Undefined: everybody. */
  readonly isAllowed: (enode: Enode) => boolean;
  readonly log: Log;
}

export class Peers {
  readonly #options: PeersOptions;
  readonly #server: Server;
  readonly #links = new Map<string, Link>();
  /** Dialled again and again: static nodes and those of admin_addPeer. */
  readonly #maintained = new Map<string, Enode>();
  readonly #dialling = new Set<string>();
  readonly #open = new Set<Link>();
  #timer: NodeJS.Timeout | undefined;
  onMessage: (message: Message, from: string) => void = () => undefined;
  onConnected: (nodeId: string) => void = () => undefined;

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#greet(socket, undefined));
  }

  async listen(): Promise<void> {
    const { self, interface: host } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(self.port, host, resolve);
    });
    this.#timer = setInterval(() => this.#dialAll(), DIAL_EVERY_MS);
  }

  maintain(enode: Enode): boolean {
    const isNew = !this.#maintained.has(enode.nodeId);
    this.#maintained.set(enode.nodeId, enode);
    this.#dialAll();
    return isNew;
  }

  forget(nodeId: string): boolean {
    const wasThere = this.#maintained.delete(nodeId);
    this.#links.get(nodeId)?.end("requested");
    return wasThere;
  }

  /** The list of who may connect changed: those it no longer holds are cut off. */
  recheck(): void {
    for (const link of this.#links.values())
      if (link.enode !== undefined && !this.#options.isAllowed(link.enode)) link.end("no longer permitted");
    this.#dialAll();
  }

  get all(): PeerView[] {
    return [...this.#links.values()].map((link) => link.view);
  }

  send(nodeId: string, message: Message): void {
    this.#links.get(nodeId)?.send(message);
  }

  broadcast(message: Message, except?: string): void {
    for (const [nodeId, link] of this.#links) if (nodeId !== except) link.send(message);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const link of this.#open) link.end("Client Quitting");
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #dialAll(): void {
    for (const enode of this.#maintained.values()) {
      const { nodeId, host, port } = enode;
      if (nodeId === this.#options.self.nodeId || this.#links.has(nodeId) || this.#dialling.has(nodeId)) continue;
      if (!this.#options.isAllowed(enode)) continue;
      this.#dialling.add(nodeId);
      const socket = createConnection({ host, port });
      socket.once("close", () => this.#dialling.delete(nodeId));
      socket.once("connect", () => this.#greet(socket, enode));
      socket.once("error", (error) => this.#options.log.debug(FROM, `${enodeText(enode)}: ${error.message}`));
    }
  }

  #greet(socket: Socket, dialled: Enode | undefined): void {
    const link = new Link(socket, dialled, this.#options);
    this.#open.add(link);
    link.onReady = () => this.#admit(link);
    link.onMessage = (message) => {
      if (link.enode !== undefined) this.onMessage(message, link.enode.nodeId);
    };
    socket.on("close", () => {
      this.#open.delete(link);
      const nodeId = link.enode?.nodeId ?? "";
      if (this.#links.get(nodeId) !== link) return;
      this.#links.delete(nodeId);
      this.#options.log.info(FROM, `Disconnected from ${enodeText(link.enode!)}: ${link.reason}. ${this.#count()}`);
    });
  }

  #admit(link: Link): void {
    const enode = link.enode!;
    const { self, maxPeers, log } = this.#options;
    if (this.#links.size >= maxPeers) {
      link.end("Too many peers");
      return;
    }
    const there = this.#links.get(enode.nodeId);
    if (there !== undefined) {
      // Both dialled at once: both ends keep the one that the lower node id dialled.
      const keepsInbound = enode.nodeId < self.nodeId;
      if (link.isInbound !== keepsInbound || there.isInbound === keepsInbound) {
        link.end("Already connected");
        return;
      }
      this.#links.set(enode.nodeId, link);
      there.end("Already connected");
    } else {
      this.#links.set(enode.nodeId, link);
      log.info(FROM, `Connected to ${enodeText(enode)} (${link.isInbound ? "inbound" : "outbound"}). ${this.#count()}`);
    }
    this.onConnected(enode.nodeId);
  }

  #count(): string {
    return `Peers: ${this.#links.size}`;
  }
}

/** One TCP connection: greeting, proof, then messages. */
class Link {
  readonly isInbound: boolean;
  readonly #socket: Socket;
  readonly #options: PeersOptions;
  readonly #challenge = randomBytes(32).toString("hex");
  readonly #dialled: Enode | undefined;
  #isProven = false;
  enode: Enode | undefined;
  reason = "TCP Subsystem Error";
  onReady: () => void = () => undefined;
  onMessage: (message: Message) => void = () => undefined;

  constructor(socket: Socket, dialled: Enode | undefined, options: PeersOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#dialled = dialled;
    this.isInbound = dialled === undefined;
    socket.setNoDelay(true);
    socket.on("error", (error) => options.log.debug(FROM, error.message));
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    // Node hands the socket's errors on to the reader as well; unheard there, a peer's reset would end the process.
    lines.on("error", () => undefined);
    lines.on("line", (line) => {
      try {
        this.#take(JSON.parse(line) as Message);
      } catch (error) {
        this.end(`Breach of protocol: ${(error as Error).message}`);
      }
    });
    const { self, genesis, chainId } = options;
    this.send({ kind: "hello", enode: self, genesis, chainId, challenge: this.#challenge });
  }

  get view(): PeerView {
    const { localAddress, localPort, remoteAddress, remotePort } = this.#socket;
    return {
      enode: this.enode!,
      isInbound: this.isInbound,
      localAddress: `${localAddress ?? ""}:${localPort ?? 0}`,
      remoteAddress: `${remoteAddress ?? ""}:${remotePort ?? 0}`,
    };
  }

  send(message: Message): void {
    if (!this.#socket.destroyed) this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  end(reason: string): void {
    this.reason = reason;
    this.#options.log.debug(
      FROM,
      `Disconnecting ${this.enode === undefined ? "a stranger" : enodeText(this.enode)}: ${reason}`,
    );
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #take(message: Message): void {
    if (this.#isProven) {
      this.onMessage(message);
      return;
    }
    if (message.kind === "hello") {
      this.#meet(message as unknown as Hello);
      return;
    }
    if (message.kind !== "proof" || this.enode === undefined) throw new Error("no greeting");
    const signer = SigningKey.recoverPublicKey(
      proofOf(this.#challenge, this.#options.self),
      String(message["signature"]),
    );
    if (signer.slice(4) !== this.enode.nodeId) throw new Error("the node key was not proven");
    this.#isProven = true;
    this.onReady();
  }

  #meet({ enode, genesis, chainId, challenge }: Hello): void {
    const { identity, isAllowed, log } = this.#options;
    if (this.#dialled !== undefined && this.#dialled.nodeId !== enode.nodeId) {
      this.end("Unexpected identity");
      return;
    }
    if (!isAllowed(this.#dialled ?? enode)) {
      this.end("Useless peer: not permitted");
      return;
    }
    if (genesis !== this.#options.genesis || chainId !== this.#options.chainId) {
      log.info(FROM, `Disconnecting ${enodeText(enode)}: mismatched network id or genesis hash (theirs ${genesis})`);
      this.end("Subprotocol triggered: mismatched genesis hash");
      return;
    }
    this.enode = this.#dialled ?? enode;
    this.send({ kind: "proof", signature: identity.key.sign(proofOf(challenge, enode)).serialized });
  }
}

function proofOf(challenge: string, of: Enode): string {
  return keccak256(toUtf8Bytes(`stand-in ${challenge} ${of.nodeId}`));
}
