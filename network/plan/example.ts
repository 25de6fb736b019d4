/** What `init --example` prints: a whole network on one computer, to try it out. */
export const EXAMPLE = `# Four organisations with a validator each, and an observer, all on this computer.
# 四家机构各一个验证节点，另有一个观察节点，均在本机运行。
# Every field, its bounds and defaults: docs/reference/network-yaml.md
name: points
chainId: 20260
blockPeriodSeconds: 2 # 出块间隔（秒）
validatorSelection: blockheader # or contract: the validators are then what a contract says
besuVersion: "26.8.0"
organisations:
  - slug: alpha
    name: Alpha Retail
    host: "127.0.0.1" # the IP address that the others dial 其他机构访问的 IP 地址
    nodes:
      - role: validator
        heapMb: 512
      - id: auditor
        role: observer # keeps everything and answers; makes no blocks 只同步与应答，不出块
        heapMb: 512
  - slug: bravo
    name: Bravo Air
    host: "127.0.0.1"
    nodes:
      - role: validator
        heapMb: 512
  - slug: charlie
    name: Charlie Hotels
    host: "127.0.0.1"
    nodes:
      - role: validator
        heapMb: 512
  - slug: delta
    name: Delta Fuel
    host: "127.0.0.1"
    nodes:
      - role: validator
        heapMb: 512
`;
