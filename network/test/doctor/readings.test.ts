/** What the doctor reads out of logs, metrics, rounds and pools, each against known answers. */
import { expect } from "chai";
import { readLogSigns } from "../../doctor/probe/log-signs.ts";
import { readMetrics } from "../../doctor/probe/metrics-text.ts";
import { firstGap } from "../../doctor/probe/node.ts";
import { missedTurns, roundAfter, roundSeconds } from "../../doctor/rules/rounds.ts";

const at = (time: string, rest: string): string =>
  `2026-09-12 05:${time}+00:00 | BftProcessorExecutor-QBFT-0 | ${rest}`;
const IMPORTED = at(
  "12:04.732",
  "INFO  | QbftBesuControllerBuilder | Imported empty block #1 / 0 tx / 0 pending / 0 (0.0%) gas / (0x9160)",
);
const ROUND_4 = at("05:57.045", "INFO  | RoundTimer | Moved to round 4 which will expire in 64 seconds");
const FUTURE = at(
  "08:36.992",
  "INFO  | TimestampBoundedByFutureParameter | Invalid block header: timestamp 1778335747 is greater than the timestamp margin 1778335717",
);

describe("the end of a log", () => {
  it("tells the round while no block came since", () => {
    expect(readLogSigns([ROUND_4].join("\n"))?.round).to.deep.equal({ number: 4, expiresAfterSeconds: 64 });
    expect(readLogSigns([ROUND_4, IMPORTED].join("\n"))?.round).to.equal(undefined);
  });

  it("tells by how much a refused block was ahead of the clock, one accepted second included", () => {
    expect(readLogSigns([FUTURE, IMPORTED].join("\n"))?.futureBlockSeconds).to.equal(31);
    expect(readLogSigns([FUTURE, ...Array<string>(31).fill(IMPORTED)].join("\n"))?.futureBlockSeconds).to.equal(
      undefined,
    );
  });

  for (const [kind, line] of [
    [
      "disk",
      "org.rocksdb.RocksDBException: While appending to file: /data/database/168996.sst: No space left on device",
    ],
    [
      "port",
      "org.hyperledger.besu.util.InvalidConfigurationException: Port(s) '[30304, 8547]' already in use. Check for other processes using the port(s).",
    ],
    [
      "genesis",
      "org.hyperledger.besu.util.InvalidConfigurationException: Supplied genesis block does not match chain data stored in /data/besu.",
    ],
    [
      "java",
      "java.lang.UnsupportedClassVersionError: org/hyperledger/besu/Besu has been compiled by a more recent version of the Java Runtime",
    ],
    ["options", "Unknown option in TOML configuration file: xdata-path"],
    [
      "locked",
      "org.rocksdb.RocksDBException: While lock file: /data/besu/database/LOCK: Resource temporarily unavailable",
    ],
    ["memory", "java.lang.OutOfMemoryError: Java heap space"],
    ["validatorContract", "java.lang.IllegalStateException: Failed validator smart contract call: ValidationResult{}"],
    ["staticNodes", "Specified node(s) not in nodes-allowlist [enode://aa@127.0.0.1:30303]"],
    ["unwritable", "java.nio.file.AccessDeniedException: /data/besu"],
  ] as const)
    it(`knows the trouble "${kind}" by Besu's words, until a block is taken`, () => {
      const ended = [IMPORTED, line, "\tat org.hyperledger.besu.Besu.main(Besu.java:40)"].join("\n");
      expect(readLogSigns(ended)?.troubles.map((trouble) => trouble.kind)).to.deep.equal([kind]);
      expect(readLogSigns([line, IMPORTED].join("\n"))?.troubles).to.deep.equal([]);
    });

  it("leaves out what an earlier run complained about", () => {
    const lines = ["java.lang.OutOfMemoryError: Java heap space", at("09:00.000", "INFO  | Besu | Starting Besu")];
    expect(readLogSigns(lines.join("\n"))?.troubles).to.deep.equal([]);
  });

  it("quotes the last sentence, without stack, time, and digits of keys", () => {
    const key = "ab".repeat(64);
    const lines = [at("01:00.000", `WARN  | Peers | Lost enode://${key}@10.0.0.1:30303`), "\tat x.y(Z.java:1)"];
    expect(readLogSigns(lines.join("\n"))?.lastLine).to.equal("Peers | Lost enode://abababab…@10.0.0.1:30303");
    expect(readLogSigns("")).to.equal(undefined);
  });
});

describe("metrics", () => {
  it("are read by name, without comments, labels and words", () => {
    const text =
      '# HELP ethereum_peer_count x\nethereum_peer_count 3\nbesu_x{a="b"} 1\nprocess_start_time_seconds 1.7e9\nodd NaN\n';
    expect([...readMetrics(text)]).to.deep.equal([
      ["ethereum_peer_count", 3],
      ["process_start_time_seconds", 1.7e9],
    ]);
  });
});

describe("rounds", () => {
  const times = { blockPeriodSeconds: 2, requestTimeoutSeconds: 4 };
  for (const [seconds, round] of [
    [0, 0],
    [5.9, 0],
    [6, 1],
    [13.9, 1],
    [14, 2],
    [62, 4],
    [2 + 4 * 1_023, 10],
  ] as const)
    it(`after ${seconds} s without a block a validator is in round ${round}`, () => {
      expect(roundAfter(seconds, times)).to.equal(round);
    });

  it("double: round 10 of a 4 s timeout lasts 4096 s", () => {
    expect(roundSeconds(10, times)).to.equal(4_096);
  });

  for (const [previous, round, missed] of [
    ["b", 1, ["c"]],
    ["b", 2, ["c", "d"]],
    ["d", 1, ["a"]],
    // The proposer before was voted out since: the next in order is whose turn it was.
    ["bb", 1, ["c"]],
    ["e", 1, ["a"]],
    ["a", 0, []],
  ] as const)
    it(`after a block of ${previous}, round ${round} was reached without ${missed.join(" and ") || "anybody missing"}`, () => {
      expect(missedTurns(["a", "b", "c", "d"], previous, round)).to.deep.equal(missed);
    });
});

describe("a pool", () => {
  for (const { waiting, next, gap } of [
    { waiting: [5, 6], next: 5, gap: undefined },
    { waiting: [7, 9, 8], next: 5, gap: { next: 5, lowest: 7, count: 3 } },
    { waiting: [5, 6, 8], next: 5, gap: { next: 7, lowest: 8, count: 1 } },
    { waiting: [3, 4], next: 5, gap: undefined },
    { waiting: [], next: 0, gap: undefined },
  ])
    it(`with ${waiting.join(", ") || "nothing"} waiting and ${next} expected ${gap === undefined ? "has no gap" : `has one at ${gap.next}`}`, () => {
      expect(firstGap(waiting, next)).to.deep.equal(gap);
    });
});
