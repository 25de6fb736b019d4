/**
 * Every finding of the doctor, by its stable code: how bad it is, what was seen, what to do. Words in braces are the
 * numbers that were seen. `network -- <command>` stands for `npm run network -- <command>`.
 */

/** critical: the chain or this node does not do its work. warning: it will not, or a reserve is gone. notice: good to know. */
export type Severity = "critical" | "warning" | "notice";

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export interface Entry {
  readonly severity: Severity;
  readonly seen: Words;
  readonly todo: Words;
}

const CHAIN = {
  quorum_lost: {
    severity: "critical",
    seen: {
      en: "Only {running} of {n} validators are seen running; blocks need {quorum}. Not seen: {missing}.",
      zh: "{n} 个验证者中只看到 {running} 个在运行，出块需要 {quorum} 个。未看到：{missing}。",
    },
    todo: {
      en: "Start {short} more: ask the operators of {missing}, or `network -- up` for those of yours. No block is lost meanwhile. If they will never come back, read `network -- emergency-transition --help`.",
      zh: "再启动 {short} 个：联系 {missing} 的运营方，本机的用 `network -- up` 启动。等待期间不会丢失区块。若它们永远无法恢复，参见 `network -- emergency-transition --help`。",
    },
  },
  validator_down: {
    severity: "warning",
    seen: {
      en: "Validator {validator} ({organisation}) is not connected to any node of yours; {spare} more may fail before blocks stop.",
      zh: "验证者 {validator}（{organisation}）未连接到您的任何节点；再有 {spare} 个故障以内仍能出块。",
    },
    todo: {
      en: "Ask its operator whether it runs. If it does, test the way to it: its port {address} must be open to your address, and yours to it.",
      zh: "请向其运营方确认是否在运行。若在运行，请检查网络：双方的端口（{address}）须互相开放。",
    },
  },
  chain_stalled: {
    severity: "critical",
    seen: {
      en: "No block for {age} s, the period is {period} s, although {running} of {n} validators (needed: {quorum}) are seen running. They should be in round {round}, which lasts {roundSeconds} s.",
      zh: "已 {age} 秒没有新区块（周期 {period} 秒），但看到 {n} 个验证者中有 {running} 个在运行（需要 {quorum} 个）。此时应处于第 {round} 轮，该轮长 {roundSeconds} 秒。",
    },
    todo: {
      en: "Wait {roundSeconds} s once: a round that begins with all of them makes a block. If none comes, look at the other findings, then restart all validators within the same minute.",
      zh: "先等待 {roundSeconds} 秒：全体参加的新一轮会出块。仍不出块时，先看其他发现，再在同一分钟内重启所有验证者。",
    },
  },
  restart_together: {
    severity: "critical",
    seen: {
      en: "The validators are in round {round}; each round lasts twice the one before, this one {roundSeconds} s. They no longer meet by themselves soon.",
      zh: "验证者已到第 {round} 轮；每轮时长翻倍，本轮 {roundSeconds} 秒，短时间内难以自行恢复。",
    },
    todo: {
      en: "Agree on a minute with all operators, then everybody runs `network -- down` and `network -- up`: all validators begin again at round 0. Restarting some of them does not help.",
      zh: "与所有运营方约定时间，同时执行 `network -- down` 和 `network -- up`：全部验证者从第 0 轮重新开始。只重启一部分没有用。",
    },
  },
  round_changes: {
    severity: "warning",
    seen: {
      en: "{late} of the last {blocks} blocks needed more than one round (highest: {round}). Whose turn was missed: {missed}.",
      zh: "最近 {blocks} 个区块中有 {late} 个用了不止一轮（最高第 {round} 轮）。错过轮次的验证者：{missed}。",
    },
    todo: {
      en: "If it is always the same validator, it is down, slow or its clock is wrong. If it is all of them, the machines or the lines between them are too slow for a period of {period} s.",
      zh: "若总是同一个验证者：它停机、过慢或时钟不准。若全都如此：机器或网络跟不上 {period} 秒的周期。",
    },
  },
  validator_silent: {
    severity: "warning",
    seen: {
      en: "Validator {validator} ({organisation}) is connected, but none of the last {blocks} blocks is its own; its share would be {share}.",
      zh: "验证者 {validator}（{organisation}）已连接，但最近 {blocks} 个区块中没有它出的；应有约 {share} 个。",
    },
    todo: {
      en: "On its computer: `network -- doctor`. Usual reasons: its clock is ahead (others refuse its blocks), it is still syncing, or it has no way to a quorum of the others.",
      zh: "在该机器上运行 `network -- doctor`。常见原因：时钟偏快（别的节点拒绝它的区块）、仍在同步、或连不到足够多的验证者。",
    },
  },
  too_few_validators: {
    severity: "notice",
    seen: {
      en: "The network has {n} validators: one that fails stops it. From four on, one may fail.",
      zh: "网络只有 {n} 个验证者：任何一个故障即停止出块。四个起可容忍一个故障。",
    },
    todo: {
      en: "Invite further organisations until there are four validators on four machines.",
      zh: "请邀请更多机构，直至有四台机器上的四个验证者。",
    },
  },
  validator_not_member: {
    severity: "warning",
    seen: {
      en: "{validator} makes blocks but is the node of no active member of the alliance.",
      zh: "{validator} 在出块，但不是任何活跃成员的节点。",
    },
    todo: {
      en: "The members' agents vote it out when each of them runs and at least {floor} validators remain. If it stays, check the agents, or let the council admit its organisation. Right after `deploy` it only means that `network -- hand-over` is still to come.",
      zh: "只要各成员的代理在运行且剩余验证者不少于 {floor} 个，代理会投票将其移除。若仍存在，请检查代理，或由理事会接纳该机构。若刚执行过 `deploy`，只需再执行 `network -- hand-over`。",
    },
  },
  member_not_validator: {
    severity: "notice",
    seen: {
      en: "{validator} is the node of an active member but not yet a validator.",
      zh: "{validator} 是活跃成员的节点，但还不是验证者。",
    },
    todo: {
      en: "Agents vote it in once it is reachable and unchanged for ten blocks; more than half of the validators must vote. If it does not come, check that the agents run.",
      zh: "节点可达且十个区块内无变化后，代理会投票加入；须过半数验证者投票。若迟迟未加入，请检查代理是否在运行。",
    },
  },
  validator_contract_fails: {
    severity: "critical",
    seen: {
      en: "Besu can not read the validators from their contract: {line}",
      zh: "Besu 无法从合约读取验证者名单：{line}",
    },
    todo: {
      en: "Compare genesis.json and `rpc-gas-cap` with the other organisations. If the contract itself is wrong, `network -- emergency-transition` leads back to validators by header.",
      zh: "与其他机构核对 genesis.json 与 `rpc-gas-cap`。若合约本身有误，用 `network -- emergency-transition` 回到区块头模式。",
    },
  },
  data_of_another_genesis: {
    severity: "critical",
    seen: {
      en: "Besu refuses to start, its data belongs to another genesis: {line}",
      zh: "Besu 拒绝启动，数据目录属于另一个创世块：{line}",
    },
    todo: {
      en: "Compare the digest of genesis.json ({digest}) with another organisation. If it is right, move {path} away and start: the node syncs again. If not, put the right genesis.json back.",
      zh: "与其他机构核对 genesis.json 的摘要（{digest}）。若正确，移走 {path} 后启动，节点会重新同步；若不正确，放回正确的 genesis.json。",
    },
  },
  genesis_changed: {
    severity: "critical",
    seen: {
      en: "genesis.json is not the one this network was made with: its digest is {is}, network.json says {expected}.",
      zh: "genesis.json 与建网时不同：其摘要为 {is}，network.json 记录为 {expected}。",
    },
    todo: {
      en: "Take genesis.json from another organisation and compare the digest by telephone. Never edit it by hand; `network -- emergency-transition` is the one command that does.",
      zh: "向其他机构索取 genesis.json,并用电话核对摘要。切勿手工修改；只有 `network -- emergency-transition` 可以改动。",
    },
  },
  genesis_differs: {
    severity: "critical",
    seen: {
      en: "This node is on another chain: its {what} is {is}, that of {reference} is {expected}.",
      zh: "该节点在另一条链上：其 {what} 为 {is}，而 {reference} 为 {expected}。",
    },
    todo: {
      en: "Stop it, put the right genesis.json in place, move its data directory away (it holds the other chain) and start it again: it syncs from its peers.",
      zh: "停止该节点，放回正确的 genesis.json,移走其数据目录（里面是另一条链），再启动，它会从对等节点同步。",
    },
  },
} as const satisfies Record<string, Entry>;

const NODE = {
  node_down: {
    severity: "warning",
    seen: { en: "The node does not run. Its log ends with: {line}", zh: "节点未运行。日志末行：{line}" },
    todo: {
      en: "`network -- up --node {node}`; if it ends again, `network -- logs --node {node}`.",
      zh: "执行 `network -- up --node {node}`；若再次退出，查看 `network -- logs --node {node}`。",
    },
  },
  node_silent: {
    severity: "critical",
    seen: {
      en: "The node's process {pid} runs, but its JSON-RPC at {address} does not answer.",
      zh: "节点进程 {pid} 在运行，但 {address} 的 JSON-RPC 没有应答。",
    },
    todo: {
      en: "A node that just started needs up to a minute. After that: `network -- logs --node {node}`, then `network -- down --node {node}` and `up`.",
      zh: "刚启动的节点最多需要一分钟。之后：查看 `network -- logs --node {node}`，再 `network -- down --node {node}` 后 `up`。",
    },
  },
  node_behind: {
    severity: "warning",
    seen: {
      en: "The node is at block {head}, {behind} behind the highest known ({best}).",
      zh: "节点位于区块 {head}，比已知最高区块（{best}）落后 {behind} 个。",
    },
    todo: {
      en: "Run the doctor again in a minute: the gap must shrink. If it grows, the disk or the processor is too slow, or its clock is behind.",
      zh: "一分钟后再运行本命令：差距应缩小。若扩大，则磁盘或处理器过慢，或时钟偏慢。",
    },
  },
  no_peers: {
    severity: "critical",
    seen: {
      en: "The node is connected to nobody; {expected} others are known.",
      zh: "节点没有任何连接；已知其他节点 {expected} 个。",
    },
    todo: {
      en: "Check that port {port} (TCP) is open in both directions, that the address {host} in network.json is the one others see, and that the others have this node on their allow-list (their agents or `accept` do that).",
      zh: "检查 {port} 端口（TCP）双向开放；network.json 中的地址 {host} 须是他人所见的地址；对方的允许名单须含本节点（由其代理或 `accept` 完成）。",
    },
  },
  peer_missing: {
    severity: "warning",
    seen: {
      en: "Not among the node's {peers} peers, although it allows them: {missing}.",
      zh: "已允许但不在节点的 {peers} 个对等节点中：{missing}。",
    },
    todo: {
      en: "Test the line with `nc -vz {hostPort}` in both directions, and ask whether the other side's allow-list holds this node.",
      zh: "双向用 `nc -vz {hostPort}` 测试网络，并确认对方的允许名单含本节点。",
    },
  },
  not_allowed: {
    severity: "warning",
    seen: {
      en: "{count} nodes of network.json are not on the node's allow-list: {missing}.",
      zh: "network.json 中有 {count} 个节点不在本节点的允许名单：{missing}。",
    },
    todo: {
      en: "The agent adds them within a minute: see that it runs. The list matches key, IP address and TCP port exactly; a node that moved must be there with its new address.",
      zh: "代理会在一分钟内加入：请确认代理在运行。名单按公钥、IP 与 TCP 端口精确匹配；迁移过的节点须以新地址列入。",
    },
  },
  static_nodes_differ: {
    severity: "warning",
    seen: {
      en: "static-nodes.json does not name {missing}, so this computer never dials it.",
      zh: "static-nodes.json 中没有 {missing}，本机不会主动连接它。",
    },
    todo: {
      en: "Add {enode} to static-nodes.json and to the nodes' permissions.toml, then restart the node. A node that joined later need not be there: it dials you.",
      zh: "将 {enode} 加入 static-nodes.json 及各节点的 permissions.toml,再重启节点。后加入的节点可不列入：由它来连接。",
    },
  },
  static_not_allowed: {
    severity: "critical",
    seen: {
      en: "static-nodes.json names {enode}, which permissions.toml does not allow: Besu refuses to start.",
      zh: "static-nodes.json 含 {enode}，但 permissions.toml 未允许:Besu 将拒绝启动。",
    },
    todo: {
      en: "Put the same line into `nodes-allowlist` of {file}, or take it out of static-nodes.json.",
      zh: "将同一行加入 {file} 的 `nodes-allowlist`，或从 static-nodes.json 中删去。",
    },
  },
  min_gas_price: {
    severity: "critical",
    seen: {
      en: "The node asks {is} wei per gas; here gas is free, so it drops every transaction without a word.",
      zh: "节点的最低 gas 价格为 {is} wei;本网络 gas 免费，因此它会静默丢弃所有交易。",
    },
    todo: {
      en: "Set `min-gas-price=0` in {file} (and take BESU_MIN_GAS_PRICE out of the environment), then restart the node.",
      zh: "在 {file} 中设置 `min-gas-price=0`（并删除环境变量 BESU_MIN_GAS_PRICE），再重启节点。",
    },
  },
  rpc_gas_cap_differs: {
    severity: "critical",
    seen: {
      en: "rpc-gas-cap is {is} here and {expected} at {reference}. Validators read their contract under this cap: it must be the same everywhere.",
      zh: "此处 rpc-gas-cap 为 {is}，而 {reference} 为 {expected}。验证者按此上限读取合约，必须处处相同。",
    },
    todo: {
      en: "Set `rpc-gas-cap={expected}` in {file}, ask the other organisations for theirs, restart the node.",
      zh: "在 {file} 中设置 `rpc-gas-cap={expected}`，并与其他机构核对，再重启节点。",
    },
  },
  nonce_gap: {
    severity: "warning",
    seen: {
      en: "{count} transactions of {sender} wait behind a gap: the chain expects nonce {next}, the lowest waiting is {lowest}.",
      zh: "{sender} 的 {count} 笔交易被空缺的 nonce 阻塞：链上期待 {next}，池中最低为 {lowest}。",
    },
    todo: {
      en: "Whoever sends with that key must send nonce {next} again. The gateway and the agents do so by themselves within a minute; anything else signs with their key, which must not be.",
      zh: "使用该密钥的一方须重发 nonce {next}。网关与代理会在一分钟内自动重发；若非如此，说明有别的程序在使用其密钥，这是不允许的。",
    },
  },
  pool_full: {
    severity: "warning",
    seen: {
      en: "{count} of {max} places of the transaction pool are taken.",
      zh: "交易池 {max} 个位置已占用 {count} 个。",
    },
    todo: {
      en: "If blocks come, wait. If it stays full, somebody sends more than {period} s blocks can hold, or a nonce gap holds them back.",
      zh: "若在正常出块，请等待。若长期占满：发送量超过每 {period} 秒一块的容量，或被 nonce 空缺阻塞。",
    },
  },
  besu_too_old: {
    severity: "critical",
    seen: {
      en: "Besu {is} runs; {least} or later is needed (earlier ones can halt the chain).",
      zh: "Besu 版本为 {is}，须 {least} 或更高（旧版可能使链停止）。",
    },
    todo: {
      en: "Install the release, set BESU_HOME to it, restart the node (docs/operations.md, Upgrades).",
      zh: "安装新版本，将 BESU_HOME 指向它，重启节点（见 docs/operations.md）。",
    },
  },
  java_too_old: {
    severity: "critical",
    seen: {
      en: "Java {is} is used; Besu from 26.6 on needs Java {least}.",
      zh: "所用 Java 为 {is}；Besu 26.6 起需要 Java {least}。",
    },
    todo: {
      en: "Install a Java {least} runtime and set JAVA_HOME to it before `network -- up`.",
      zh: "安装 Java {least} 运行环境，并在 `network -- up` 前设置 JAVA_HOME。",
    },
  },
  besu_unusable: {
    severity: "critical",
    seen: { en: "The Besu of this computer can not be used: {problem}", zh: "本机的 Besu 无法使用：{problem}" },
    todo: {
      en: "Put that right, then `network -- up`.",
      zh: "先解决上述问题，再执行 `network -- up`。",
    },
  },
  versions_differ: {
    severity: "notice",
    seen: { en: "The nodes run different releases of Besu: {versions}.", zh: "各节点的 Besu 版本不同：{versions}。" },
    todo: {
      en: "Finish the upgrade: one node after the other, each back in sync before the next.",
      zh: "请完成升级：逐个进行，待同步后再升级下一个。",
    },
  },
  agent_down: {
    severity: "warning",
    seen: {
      en: "The node's agent does not run: nobody attests, votes or keeps the allow-list for this node.",
      zh: "该节点的代理未运行：无人为其证明在线、投票和维护允许名单。",
    },
    todo: {
      en: "`network -- up --node {node}` starts it too; {line}",
      zh: "`network -- up --node {node}` 会一并启动；{line}",
    },
  },
  agent_behind: {
    severity: "notice",
    seen: {
      en: "The node's agent attested in too few windows of this epoch: the member's part of it is forfeited.",
      zh: "该节点的代理在本纪元证明的窗口太少：本纪元奖励已丧失。",
    },
    todo: {
      en: "Nothing mends it; see that the agent runs and what its log ({log}) says. The next epoch begins anew.",
      zh: "无法补救；请确认代理在运行，并查看日志（{log}）。下一纪元重新开始。",
    },
  },
  agent_failing: {
    severity: "warning",
    seen: { en: "The node's agent reports {status}: {problem}", zh: "该节点的代理报告 {status}：{problem}" },
    todo: {
      en: "docs/guides/run-an-agent.md says what each status means; its log is {log}.",
      zh: "各状态的含义见 docs/guides/run-an-agent.md；日志在 {log}。",
    },
  },
} as const satisfies Record<string, Entry>;

const MACHINE = {
  clock_wrong: {
    severity: "critical",
    seen: { en: "{what}", zh: "{whatZh}" },
    todo: {
      en: "Let chrony or systemd-timesyncd set the clock (`timedatectl set-ntp true`, `chronyc makestep`) and allow UDP 123 out. Blocks more than one second in the future are refused by all.",
      zh: "用 chrony 或 systemd-timesyncd 校时（`timedatectl set-ntp true`、`chronyc makestep`），放行出站 UDP 123。超前一秒以上的区块会被所有节点拒绝。",
    },
  },
  clock_unsynchronised: {
    severity: "notice",
    seen: { en: "This computer says that its clock is not synchronised.", zh: "本机报告时钟未同步。" },
    todo: {
      en: "`timedatectl set-ntp true`, or install chrony; allow UDP 123 out.",
      zh: "执行 `timedatectl set-ntp true`，或安装 chrony;放行出站 UDP 123。",
    },
  },
  disk_full: {
    severity: "critical",
    seen: {
      en: "{free} of {total} are free where {path} lies ({share} %): Besu ends when nothing is left.",
      zh: "{path} 所在磁盘剩余 {free}（共 {total}，{share} %）：耗尽时 Besu 会退出。",
    },
    todo: {
      en: "Free space or enlarge the disk now (logs first), then `network -- up`. If the database is damaged: `network -- restore`, or move the data away and sync again.",
      zh: "立即清理或扩容（先清日志），再 `network -- up`。若数据库损坏：`network -- restore`，或移走数据重新同步。",
    },
  },
  disk_write_failed: {
    severity: "critical",
    seen: { en: "Besu could not write to its disk: {line}", zh: "Besu 无法写入磁盘：{line}" },
    todo: {
      en: "Free space or enlarge the disk under {path} ({free} of {total} are free now), then `network -- down --node {node}` and `up`: the node goes on where it stood. If its database is damaged: `network -- restore`, or move the data away and sync again.",
      zh: "清理或扩容 {path} 所在磁盘（现剩余 {free}，共 {total}），再执行 `network -- down --node {node}` 和 `up`，节点会接着运行。若数据库损坏：`network -- restore`，或移走数据重新同步。",
    },
  },
  disk_low: {
    severity: "warning",
    seen: {
      en: "{free} of {total} are free where {path} lies ({share} %).",
      zh: "{path} 所在磁盘剩余 {free}（共 {total}，{share} %）。",
    },
    todo: {
      en: "Enlarge the disk: the chain keeps all of its history and only grows.",
      zh: "请扩容：链保存全部历史，只增不减。",
    },
  },
  data_unwritable: {
    severity: "critical",
    seen: { en: "{path} can not be written by this user ({user}).", zh: "当前用户（{user}）无法写入 {path}。" },
    todo: {
      en: "Give the folder to the user that runs Besu: `chown -R {user} {path}`. It was probably started as root once.",
      zh: "将目录归属运行 Besu 的用户：`chown -R {user} {path}`。可能曾以 root 启动过。",
    },
  },
  key_readable: {
    severity: "warning",
    seen: {
      en: "{path} has mode {mode}: others on this computer can read the node's key.",
      zh: "{path} 的权限为 {mode}：本机其他用户可读取节点密钥。",
    },
    todo: {
      en: "`chmod 600 {path}`; if somebody else may have read it, `network -- rotate-key`.",
      zh: "执行 `chmod 600 {path}`；若可能已被他人读取，执行 `network -- rotate-key`。",
    },
  },
  port_taken: {
    severity: "critical",
    seen: {
      en: "The node does not run, but another program listens on its port{s} {ports}.",
      zh: "节点未运行，但其端口 {ports} 被其他程序占用。",
    },
    todo: {
      en: "`ss -ltnp` names the program. Stop it, or give the node other ports in {file} (and tell the others when it is the p2p port).",
      zh: "`ss -ltnp` 可查出该程序。停止它，或在 {file} 中改用其他端口（若为 p2p 端口须通知他人）。",
    },
  },
  stranger_at_port: {
    severity: "critical",
    seen: {
      en: "At {address} another node answers ({is}), not {node}.",
      zh: "{address} 应答的是另一个节点（{is}），不是 {node}。",
    },
    todo: {
      en: "Two nodes share a port or a folder. Stop the other one; never run the same key twice.",
      zh: "两个节点共用了端口或目录。请停止另一个；同一密钥绝不可同时运行两次。",
    },
  },
  database_locked: {
    severity: "critical",
    seen: { en: "Another process holds the node's database: {line}", zh: "另一进程占用了节点数据库：{line}" },
    todo: {
      en: "A Besu still runs on this folder: find it with `ps -ef | grep besu`, let it end, then `network -- up`.",
      zh: "仍有 Besu 在使用该目录：用 `ps -ef | grep besu` 查找，待其结束后 `network -- up`。",
    },
  },
  memory_short: {
    severity: "critical",
    seen: { en: "The node ran out of memory: {line}", zh: "节点内存不足：{line}" },
    todo: {
      en: "Raise the node's `heapMb` (BESU_OPTS -Xmx) and see that the computer has that much; then restart.",
      zh: "调高节点的 `heapMb`(BESU_OPTS -Xmx)，确认机器有足够内存，再重启。",
    },
  },
  options_refused: {
    severity: "critical",
    seen: { en: "Besu refused its configuration: {line}", zh: "Besu 拒绝了配置：{line}" },
    todo: {
      en: "Take the option out of {file}, or install the release of Besu that knows it.",
      zh: "从 {file} 中删去该选项，或安装支持它的 Besu 版本。",
    },
  },
} as const satisfies Record<string, Entry>;

export const FINDINGS = { ...CHAIN, ...NODE, ...MACHINE } as const satisfies Record<string, Entry>;

export type FindingCode = keyof typeof FINDINGS;
