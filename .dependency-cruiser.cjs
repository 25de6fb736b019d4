// Who may import whom, as data. Rooms are listed lowest floor first; each names the rooms it may look down into.
// `npm run check` runs this; docs/architecture.md shows the graph that comes out of it.

/** Every room of the gateway: what it may import besides itself and the kernel, and why no more. */
const ROOMS = {
  kernel: { sees: [], why: "the ground floor knows only the language: ids, amounts, clock, log, errors" },
  chain: { sees: [], why: "talks to nodes; what is done with the answers is decided above" },
  store: { sees: [], why: "holds rows; it does not know where they come from" },
  council: {
    sees: ["chain"],
    why: "what the council can be asked to do, by name: pure words and calls, no rows, no sending",
  },
  loyalty: { sees: [], why: "a merchant's rules as pure functions: no rows, no clock, no chain" },
  outward: { sees: [], why: "the one way to other people's servers: public addresses only, pinned, bounded" },
  connectors: { sees: ["outward"], why: "outside catalogues behind one interface: reserve, confirm, cancel" },
  indexer: { sees: ["chain", "store"], why: "the only river from the chain into the store" },
  regulator: { sees: ["store"], why: "rules that look at rows; they change nothing but the desk's own alerts" },
  reports: { sees: ["chain", "store"], why: "numbers from the chain alone; the store only keeps the finished files" },
  signer: { sees: ["store"], why: "keeps the keys, sealed; they leave it only as signatures" },
  webhooks: {
    sees: ["store", "outward", "signer"],
    why: "tells receivers what happened; knows nothing of how it came to be",
  },
  outbox: { sees: ["signer", "chain", "store"], why: "drains intents onto the chain, once each; nobody else sends" },
  commands: {
    sees: ["outbox", "reports", "store", "chain", "signer", "council", "loyalty", "outward", "connectors"],
    why: "one story each: check, then enqueue; a managed customer's consent is signed here",
  },
  routines: {
    sees: ["commands", "store", "loyalty", "webhooks"],
    why: "what falls due by itself, as commands of its own",
  },
  queries: {
    sees: ["store", "loyalty"],
    why: "reads rows into view models; a page costs the same whatever the chain does",
  },
  etherscan: {
    sees: ["chain", "store"],
    why: "the API that tools of other explorers speak: our rows and the node's words in their shapes",
  },
  http: {
    sees: ["commands", "queries", "etherscan", "council", "loyalty"],
    why: "a thin skin: validate, call one command or query, answer",
  },
};

/** What runs and sets up nodes: rooms of network/, lowest floor first. All see the gateway's kernel and chain. */
const NETWORK_ROOMS = {
  plan: { sees: [], why: "what a network is made of, and where its files lie" },
  besu: { sees: ["plan"], why: "what only a Besu node answers, and its keys" },
  genesis: { sees: ["plan", "besu"], why: "block 0 and what is written into it" },
  files: { sees: ["plan", "besu", "genesis"], why: "what Besu reads at its start" },
  agent: { sees: ["plan", "besu"], why: "runs beside a node: follows the chain, holds the node's key, starts nothing" },
  nodes: { sees: ["plan", "besu", "genesis", "files"], why: "processes and their data" },
  membership: {
    sees: ["plan", "besu", "genesis", "files", "nodes"],
    outside: ["council"],
    why: "coming, going and new keys: signed files between organisations, proposals to the council",
  },
  doctor: { sees: ["plan", "besu", "genesis", "nodes"], why: "facts in, findings out; it changes nothing" },
  cli: {
    sees: ["plan", "besu", "genesis", "files", "nodes", "membership", "doctor"],
    why: "options and words; one file a command",
  },
};

/** What runs in the browser: rooms of explorer/src/, lowest floor first. */
const WEB_ROOMS = {
  format: { sees: [], why: "values to text and back: pure, no page, no language file" },
  i18n: { sees: ["loading"], why: "the words" },
  api: { sees: [], why: "the one way to the gateway: queries, the event stream, problems, the session" },
  charts: {
    sees: ["format", "appearance", "loading"],
    why: "the chart library behind our own words; loaded only where there is a chart",
  },
  appearance: { sees: ["i18n"], why: "light or dark, and what the component library is told of it" },
  parts: {
    sees: ["api", "format", "charts", "appearance", "wallet", "loading", "urls"],
    why: "nouns that pages are made of; they know no page",
  },
  wallet: {
    sees: ["parts", "api", "format", "urls"],
    why: "the reader's own wallet: what it is asked to sign or send, and what became of it",
  },
  shell: {
    sees: ["parts", "api", "format", "i18n", "appearance", "loading", "urls"],
    why: "the frame around every page",
  },
  pages: {
    sees: ["parts", "charts", "wallet", "api", "format", "i18n", "appearance", "loading", "urls"],
    why: "one folder a subject; no page knows another",
  },
};

/** Libraries that belong to rooms. Everyone else gets the room's own words instead. */
const LIBRARIES = [
  { name: "ethers", owners: ["chain", "signer"], why: "an Address is a branded string above; ABI words stop here" },
  { name: "siwe", owners: ["chain"], why: "what wallets sign is read where their keys' words are known" },
  {
    name: "(kysely|pg|@electric-sql/pglite)",
    owners: ["store"],
    why: "SQL lives in one room, so it can be read there",
  },
  {
    name: "(express|helmet|sirv|rate-limiter-flexible|@asteasolutions/zod-to-openapi)",
    owners: ["http"],
    why: "the web framework is a detail of the skin",
  },
  { name: "(undici|ipaddr\\.js)", owners: ["outward"], why: "no other room opens a connection to a stranger" },
  { name: "standardwebhooks", owners: ["webhooks"], why: "signatures of what is told" },
  { name: "(pino|prom-client)", owners: ["kernel"], why: "logs and metrics stand behind interfaces of the kernel" },
];

const GATEWAY = "^gateway/src/";
const rooms = Object.entries(ROOMS);
const networkRooms = Object.entries(NETWORK_ROOMS);
const WEB = "^explorer/src/";
const webRooms = Object.entries(WEB_ROOMS);

module.exports = {
  forbidden: [
    ...rooms.map(([room, { sees, why }]) => ({
      name: `room-${room}`,
      comment: `${room}: ${why}`,
      severity: "error",
      from: { path: `${GATEWAY}${room}/` },
      to: { path: GATEWAY, pathNot: `${GATEWAY}(${[room, "kernel", ...sees].join("|")})/` },
    })),
    ...LIBRARIES.map(({ name, owners, why }) => ({
      name: `library-${name.replace(/[^a-z0-9-]+/gi, "-").replace(/^-|-$/g, "")}`,
      comment: `only ${owners.join(" and ")}: ${why}`,
      severity: "error",
      from: { path: GATEWAY, pathNot: `${GATEWAY}(${owners.join("|")})/` },
      to: { path: `node_modules/(@types/)?${name}/` },
    })),
    {
      name: "room-unknown",
      comment: "A new duty is a new room with its line in ROOMS, not a folder beside the rules.",
      severity: "error",
      from: { path: `${GATEWAY}[^/]+/`, pathNot: `${GATEWAY}(${Object.keys(ROOMS).join("|")})/` },
      to: {},
    },
    {
      name: "gateway-stands-alone",
      comment:
        "The gateway reads ABIs from artifacts/ and types from types/; tests and scripts look at it, never back.",
      severity: "error",
      from: { path: GATEWAY },
      to: { path: "^(scripts|test|gateway/test|gateway/client|ignition|network|hardhat\\.config)" },
    },
    ...networkRooms.map(([room, { sees, outside = [], why }]) => ({
      name: `network-${room}`,
      comment: `${room}: ${why}`,
      severity: "error",
      from: { path: `^network/${room}/` },
      to: {
        path: "^(gateway|network|scripts|test|ignition|hardhat\\.config)",
        pathNot: `^network/(${[room, ...sees].join("|")})/|${GATEWAY}(${["kernel", "chain", ...outside].join("|")})/|^scripts/(${room === "agent" ? "none" : "deploy|deployment|tooling|chain/ports"})`,
      },
    })),
    {
      name: "network-room-unknown",
      comment: "A new duty is a new room with its line in NETWORK_ROOMS.",
      severity: "error",
      from: { path: "^network/[^/]+/", pathNot: `^network/(${Object.keys(NETWORK_ROOMS).join("|")}|test)/` },
      to: {},
    },
    {
      name: "network-keys",
      comment:
        "What runs beside a node for years holds its key behind the chain's words; ethers is for making files and signing once.",
      severity: "error",
      from: { path: "^network/", pathNot: "^network/(besu|genesis|membership|test)/" },
      to: { path: `node_modules/(@types/)?(${LIBRARIES.map(({ name }) => name).join("|")})/` },
    },
    ...webRooms.map(([room, { sees, why }]) => ({
      name: `web-${room}`,
      comment: `${room}: ${why}`,
      severity: "error",
      from: { path: `${WEB}${room}/` },
      to: { path: WEB, pathNot: `${WEB}(${[room, ...sees].join("|")})(/|\\.)` },
    })),
    {
      name: "web-pages-stand-apart",
      comment: "A page that needs a thing of another page needs a part.",
      severity: "error",
      from: { path: `${WEB}pages/([^/]+)/` },
      to: { path: `${WEB}pages/([^/]+)/`, pathNot: `${WEB}pages/$1/` },
    },
    {
      name: "web-room-unknown",
      comment: "A new duty is a new room with its line in WEB_ROOMS.",
      severity: "error",
      from: { path: `${WEB}[^/]+/`, pathNot: `${WEB}(${Object.keys(WEB_ROOMS).join("|")})/` },
      to: {},
    },
    {
      name: "web-stands-alone",
      comment: "A browser gets the generated client and nothing else of this repository.",
      severity: "error",
      from: { path: WEB },
      to: {
        path: "^(gateway|scripts|network|test|ignition|contracts|artifacts)/",
        pathNot: "^gateway/client/generated/",
      },
    },
    {
      name: "web-charts-own-echarts",
      comment: "One chart library, loaded in one place.",
      severity: "error",
      from: { path: WEB, pathNot: `${WEB}charts/` },
      to: { path: "node_modules/echarts/" },
    },
    {
      name: "scripts-are-not-imported-by-tests-of-the-gateway",
      comment:
        "A gateway test that needs a script tests the script, not the gateway; the local chain and the draw's verifier are the exceptions.",
      severity: "error",
      from: { path: "^gateway/test/" },
      to: { path: "^scripts/", pathNot: "^scripts/(local-chain|chain|deploy|seed|demo|lottery)" },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one idea, or a third one is missing.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that can not be resolved works on one machine only.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(\\./)?types/" },
    },
    {
      name: "declared",
      comment: "A package used is a package named in package.json.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(types|artifacts|cache|coverage|\\.data|\\.node|explorer/dist)/|^gateway/client/generated/" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
