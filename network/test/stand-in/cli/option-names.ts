/**
 * Besu's options by the kind of their value. An option that is not here is refused, as Besu refuses it; most of those
 * that are here change nothing in the stand-in (see README).
 */
const FLAGS = `
  color-enabled version-compatibility-protection p2p-enabled discovery-enabled poa-discovery-retry-bootnodes
  p2p-ipv6-outbound-enabled remote-connections-limit-enabled random-peer-priority-enabled engine-rpc-enabled
  engine-jwt-disabled genesis-state-hash-cache-enabled rpc-http-enabled rpc-http-authentication-enabled
  rpc-http-tls-enabled rpc-http-tls-client-auth-enabled rpc-http-tls-ca-clients-enabled json-pretty-print-enabled
  cache-last-block-headers-preload-enabled tx-sender-nonce-index-enabled cache-precompiles graphql-http-enabled
  graphql-tls-enabled graphql-mtls-enabled rpc-ws-enabled rpc-ws-authentication-enabled rpc-ws-ssl-enabled
  rpc-ws-ssl-client-auth-enabled metrics-enabled metrics-push-enabled permissions-nodes-config-file-enabled
  permissions-accounts-config-file-enabled strict-tx-replay-protection-enabled tx-pool-no-local-priority
  tx-pool-enable-save-restore tx-pool-enable-balance-check tx-pool-no-late-funding revert-reason-enabled
  auto-log-bloom-caching-enabled bonsai-limit-trie-logs-enabled receipt-compaction-enabled
  bonsai-parallel-tx-processing-enabled bonsai-parallel-state-root-computation-enabled snapsync-server-enabled
  snapsync-synchronizer-transaction-indexing-enabled snapsync-synchronizer-pre-checkpoint-headers-only-enabled
  plugin-continue-on-error history-expiry-prune era1-import-prepipeline-enabled Xdns-enabled Xdns-update-enabled
  Xbft-legacy-protocol-encoding Xnat-method-fallback-enabled Xplugins-external-enabled`;

const LISTS = `
  bootnodes banned-node-ids banned-node-id host-allowlist engine-host-allowlist required-blocks net-restrict
  rpc-http-api rpc-http-apis rpc-http-api-method-no-auth rpc-http-api-methods-no-auth rpc-http-cors-origins
  rpc-http-tls-protocols rpc-http-tls-cipher-suites rpc-ws-api rpc-ws-apis rpc-ws-api-method-no-auth
  rpc-ws-api-methods-no-auth graphql-http-cors-origins metrics-category tx-pool-priority-senders
  tx-pool-max-prioritized-by-type plugins`;

const NUMBERS = `
  reorg-logging-threshold p2p-port p2p-port-ipv6 max-peers remote-connections-max-percentage sync-min-peers network-id
  rpc-http-port engine-rpc-port rpc-http-max-active-connections rpc-http-max-batch-size
  rpc-http-max-request-content-length rpc-max-logs-range cache-last-blocks cache-last-block-headers rpc-gas-cap
  rpc-max-trace-filter-range graphql-http-port rpc-ws-port rpc-ws-max-active-connections rpc-ws-max-frame-size
  api-gas-price-blocks api-gas-price-percentile api-gas-price-max estimate-gas-tolerance-ratio metrics-port
  metrics-push-port metrics-push-interval min-gas-price min-priority-fee min-block-occupancy-ratio
  block-txs-selection-max-time poa-block-txs-selection-max-time plugin-block-txs-selection-max-time
  max-blobs-per-transaction max-blobs-per-block tx-pool-price-bump tx-pool-blob-price-bump rpc-tx-feecap
  tx-pool-layer-max-capacity tx-pool-max-prioritized tx-pool-max-future-by-sender tx-pool-forget-invalid-txn-mins
  tx-pool-retention-hours tx-pool-max-size tx-pool-limit-by-account-percentage tx-pool-min-gas-price tx-pool-min-score
  target-gas-limit ethstats-report-interval bonsai-historical-block-limit bonsai-trie-logs-pruning-window-size`;

const TEXTS = `
  config-file data-path logging node-private-key-file node-private-key-file-path pid-path static-nodes-file profile
  security-module identity nat-method p2p-host p2p-host-ipv6 p2p-interface p2p-interface-ipv6 engine-jwt-secret
  discovery-dns-url discovery-mode network genesis-file sync-mode kzg-trusted-setup rpc-http-host
  rpc-http-authentication-credentials-file rpc-http-authentication-jwt-public-key-file rpc-http-tls-keystore-file
  rpc-http-tls-keystore-password-file rpc-http-tls-known-clients-file rpc-http-tls-truststore-file
  rpc-http-tls-truststore-password-file rpc-http-authentication-jwt-algorithm rpc-ws-authentication-jwt-algorithm
  graphql-http-host graphql-tls-keystore-file graphql-tls-keystore-password-file graphql-tls-truststore-file
  graphql-tls-truststore-password-file rpc-ws-host rpc-ws-authentication-credentials-file
  rpc-ws-authentication-jwt-public-key-file rpc-ws-ssl-keystore-file rpc-ws-ssl-keystore-password
  rpc-ws-ssl-keystore-password-file rpc-ws-ssl-keystore-type rpc-ws-ssl-truststore-file rpc-ws-ssl-truststore-password
  rpc-ws-ssl-truststore-password-file rpc-ws-ssl-truststore-type rpc-ws-ssl-key-file rpc-ws-ssl-cert-file
  rpc-ws-ssl-trustcert-file metrics-protocol metrics-host metrics-push-host metrics-push-prometheus-job
  miner-extra-data permissions-nodes-config-file permissions-accounts-config-file tx-pool tx-pool-save-file
  key-value-storage ethstats ethstats-contact ethstats-cacert-file data-storage-format plugins-verification-mode`;

export type OptionKind = "flag" | "list" | "number" | "text";

const named = (text: string, kind: OptionKind): [string, OptionKind][] =>
  text
    .trim()
    .split(/\s+/)
    .map((name) => [name, kind]);

export const OPTION_KINDS: ReadonlyMap<string, OptionKind> = new Map([
  ...named(FLAGS, "flag"),
  ...named(LISTS, "list"),
  ...named(NUMBERS, "number"),
  ...named(TEXTS, "text"),
]);
