/** admin_*, txpool_* and the refused rest. */
import { readEnode } from "../cli/identity.ts";
import type { Backend } from "./backend.ts";
import type { Method } from "./eth-methods.ts";
import { hexOf } from "./eth-methods.ts";
import { isAllowedNode } from "./node-list.ts";
import { RpcRefusal } from "./rpc-errors.ts";

export function adminMethods(backend: Backend): Record<string, Method> {
  const { admin } = backend;
  return {
    admin_nodeInfo: async () => {
      const { nodeId, host, port } = readEnode(admin.enode)!;
      const genesis = backend.genesisHash ?? "0x";
      const head = await backend.evm.get<{ hash: string } | null>("eth_getBlockByNumber", ["latest", false]);
      return {
        enode: admin.enode,
        ip: host,
        listenAddr: `${host}:${port}`,
        name: admin.clientName,
        id: nodeId,
        ports: { discovery: port, listener: port },
        protocols: {
          eth: {
            config: { chainId: backend.chainId },
            difficulty: (await backend.head()) + 1,
            genesis,
            head: (await backend.head()) === 0 ? genesis : head?.hash,
            network: backend.chainId,
          },
        },
      };
    },
    admin_peers: () =>
      admin.peers().map(({ enode, isInbound, localAddress, remoteAddress }) => {
        const { nodeId, port } = readEnode(enode)!;
        return {
          version: "0x5",
          name: admin.clientName,
          caps: ["eth/68", "eth/69", "istanbul/100"],
          network: { localAddress, remoteAddress, inbound: isInbound },
          port: hexOf(port),
          id: `0x${nodeId}`,
          protocols: {},
          enode,
        };
      }),
    admin_addPeer: ([text]) => {
      const enode = readPeer(text);
      if (enode === readEnode(admin.enode)?.nodeId) throw new RpcRefusal("CANT_CONNECT_TO_LOCAL_PEER");
      if (!isAllowedNode(backend.nodesAllowlist?.all(), String(text)))
        throw new RpcRefusal("NON_PERMITTED_NODE_CANNOT_BE_ADDED_AS_A_PEER");
      return admin.addPeer(String(text));
    },
    admin_removePeer: ([text]) => {
      readPeer(text);
      return admin.removePeer(String(text));
    },
    admin_changeLogLevel: () => null,
  };
}

function readPeer(text: unknown): string {
  if (typeof text !== "string") throw new RpcRefusal("INVALID_ENODE_PARAMS");
  const id = /^enode:\/\/([^@]*)@/.exec(text)?.[1];
  if (id !== undefined && !/^[0-9a-fA-F]{128}$/.test(id)) throw new RpcRefusal("ENODE_ID_INVALID");
  const enode = readEnode(text);
  if (enode === undefined) throw new RpcRefusal("INVALID_ENODE_PARAMS");
  return enode.nodeId;
}

export function txpoolMethods({ pool }: Backend): Record<string, Method> {
  return {
    txpool_besuStatistics: () => {
      const locals = pool.all.filter((waiting) => waiting.isLocal).length;
      return { maxSize: pool.maxSize, localCount: locals, remoteCount: pool.all.length - locals };
    },
    txpool_besuTransactions: () =>
      pool.all.map(({ hash, isLocal, addedAt }) => ({
        hash,
        isReceivedFromLocalSource: isLocal,
        addedToPoolAt: addedAt,
      })),
    txpool_besuPendingTransactions: () =>
      pool.all.map(({ hash, from, nonce, gasLimit }) => ({ hash, from, nonce: hexOf(nonce), gas: hexOf(gasLimit) })),
    txpool_status: () => ({ pending: hexOf(pool.all.length), queued: "0x0" }),
  };
}
