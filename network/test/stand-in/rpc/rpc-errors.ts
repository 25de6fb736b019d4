/** Besu's error codes and messages (RpcErrorType), those that the stand-in can run into. */
const CODES = {
  PARSE_ERROR: [-32700, "Parse error"],
  INVALID_REQUEST: [-32600, "Invalid Request"],
  METHOD_NOT_FOUND: [-32601, "Method not found"],
  INVALID_PARAMS: [-32602, "Invalid params"],
  INVALID_BLOCK_PARAMS: [-32602, "Invalid block param (block not found)"],
  INVALID_BLOCK_NUMBER_PARAMS: [-32602, "Invalid block number params"],
  INVALID_BLOCK_HASH_PARAMS: [-32602, "Invalid block hash params"],
  INVALID_ADDRESS_PARAMS: [-32602, "Invalid address params"],
  INVALID_CALL_PARAMS: [-32602, "Invalid call params"],
  INVALID_ENODE_PARAMS: [-32602, "Invalid enode params"],
  INVALID_FILTER_PARAMS: [-32602, "Invalid filter params"],
  INVALID_TRANSACTION_PARAMS: [-32602, "Invalid transaction params (missing or incorrect)"],
  INVALID_TRANSACTION_HASH_PARAMS: [-32602, "Invalid transaction hash params"],
  INVALID_SUBSCRIPTION_PARAMS: [-32602, "Invalid subscription params"],
  INVALID_VOTE_TYPE_PARAMS: [-32602, "Invalid vote type params"],
  INTERNAL_ERROR: [-32603, "Internal error"],
  TIMEOUT_ERROR: [-32603, "Timeout expired"],
  METHOD_NOT_ENABLED: [-32604, "Method not enabled"],
  UNKNOWN_BLOCK: [-39001, "Unknown block"],
  BLOCK_NOT_FOUND: [-32000, "Block not found"],
  ETH_SEND_TX_NOT_AVAILABLE: [
    -32604,
    "The method eth_sendTransaction is not supported. Use eth_sendRawTransaction to send a signed transaction to Besu.",
  ],
  ETH_SEND_TX_ALREADY_KNOWN: [-32000, "Known transaction"],
  NONCE_TOO_LOW: [-32001, "Nonce too low"],
  INVALID_TRANSACTION_SIGNATURE: [-32002, "Invalid signature"],
  INTRINSIC_GAS_EXCEEDS_LIMIT: [-32003, "Intrinsic gas exceeds gas limit"],
  TRANSACTION_UPFRONT_COST_EXCEEDS_BALANCE: [-32004, "Upfront cost exceeds account balance"],
  EXCEEDS_BLOCK_GAS_LIMIT: [-32005, "Transaction gas limit exceeds block gas limit"],
  EXCEEDS_RPC_MAX_BLOCK_RANGE: [-32005, "Requested range exceeds maximum RPC range limit"],
  EXCEEDS_RPC_MAX_BATCH_SIZE: [-32005, "Number of requests exceeds max batch size"],
  TX_SENDER_NOT_AUTHORIZED: [-32007, "Sender account not authorized to send transactions"],
  GAS_PRICE_TOO_LOW: [-32009, "Gas price below configured minimum gas price"],
  WRONG_CHAIN_ID: [-32000, "Wrong chainId"],
  NONCE_TOO_FAR_IN_FUTURE_FOR_SENDER: [-32000, "Transaction nonce is too distant from current sender nonce"],
  REVERT_ERROR: [3, "Execution reverted"],
  FILTER_NOT_FOUND: [-32000, "Filter not found"],
  SUBSCRIPTION_NOT_FOUND: [-32000, "Subscription not found"],
  WORLD_STATE_UNAVAILABLE: [-32000, "World state unavailable"],
  ACCOUNT_ALLOWLIST_NOT_ENABLED: [-32000, "Account allowlist has not been enabled"],
  ACCOUNT_ALLOWLIST_EMPTY_ENTRY: [-32000, "Request contains an empty list of accounts"],
  ACCOUNT_ALLOWLIST_INVALID_ENTRY: [-32000, "Request contains an invalid account"],
  ACCOUNT_ALLOWLIST_DUPLICATED_ENTRY: [-32000, "Request contains duplicate accounts"],
  ACCOUNT_ALLOWLIST_EXISTING_ENTRY: [-32000, "Cannot add an existing account to allowlist"],
  ACCOUNT_ALLOWLIST_ABSENT_ENTRY: [-32000, "Cannot remove an absent account from allowlist"],
  NODE_ALLOWLIST_NOT_ENABLED: [-32000, "Node allowlist has not been enabled"],
  NODE_ALLOWLIST_EMPTY_ENTRY: [-32000, "Request contains an empty list of nodes"],
  NODE_ALLOWLIST_INVALID_ENTRY: [-32000, "Request contains an invalid node"],
  NODE_ALLOWLIST_DUPLICATED_ENTRY: [-32000, "Request contains duplicate nodes"],
  NODE_ALLOWLIST_EXISTING_ENTRY: [-32000, "Cannot add an existing node to allowlist"],
  NODE_ALLOWLIST_MISSING_ENTRY: [-32000, "Cannot remove an absent node from allowlist"],
  NODE_ALLOWLIST_FIXED_NODE_CANNOT_BE_REMOVED: [
    -32000,
    "Cannot remove a fixed node (bootnode or static node) from allowlist",
  ],
  ALLOWLIST_FILE_SYNC: [
    -32000,
    "The permissioning allowlist configuration file is out of sync.  The changes have been applied, but not persisted to disk",
  ],
  ALLOWLIST_RELOAD_ERROR: [
    -32000,
    "Error reloading permissions file. Please use perm_getAccountsAllowlist and perm_getNodesAllowlist to review the current state of the allowlists",
  ],
  PERMISSIONING_NOT_ENABLED: [-32000, "Node/Account allowlist has not been enabled"],
  NON_PERMITTED_NODE_CANNOT_BE_ADDED_AS_A_PEER: [-32000, "Cannot add a non-permitted node as a peer"],
  CANT_CONNECT_TO_LOCAL_PEER: [-32100, "Cannot add local node as peer."],
  ENODE_ID_INVALID: [
    -32000,
    "Invalid node ID: node ID must have exactly 128 hexadecimal characters and should not include any '0x' hex prefix.",
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type RpcErrorName = keyof typeof CODES;

/** Thrown by a method; its answer is the error. */
export class RpcRefusal extends Error {
  readonly code: number;
  readonly data: string | undefined;

  constructor(name: RpcErrorName, more: { readonly suffix?: string; readonly data?: string } = {}) {
    const [code, message] = CODES[name];
    super(more.suffix === undefined ? message : `${message}: ${more.suffix}`);
    this.code = code;
    this.data = more.data;
  }

  get json(): { code: number; message: string; data?: string } {
    return { code: this.code, message: this.message, ...(this.data === undefined ? {} : { data: this.data }) };
  }
}
