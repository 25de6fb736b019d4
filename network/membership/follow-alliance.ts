/** Contract mode: the validators of the genesis name the alliance, whose list then counts from the next block on. */
import { genesisValidators } from "../../gateway/src/chain/contracts.ts";
import { openLocalKey } from "../../gateway/src/chain/local-key.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import { parseAddress, parseHexData, ZERO_ADDRESS } from "../../gateway/src/kernel/ids.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { readKeyFile } from "../files/key-file.ts";
import { VALIDATOR_CONTRACT } from "../genesis/validator-contract.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere } from "../plan/network-file.ts";
import type { NetworkFile } from "../plan/plan.ts";
import type { Ledger } from "./ledger.ts";
import { carryOut } from "./outgoing.ts";

async function ask(ledger: Ledger, method: string, args: readonly unknown[] = []): Promise<unknown> {
  const read = { abi: genesisValidators, address: VALIDATOR_CONTRACT, method, args };
  return (await readContract(ledger.chain, read))[0] as unknown;
}

async function followed(ledger: Ledger): Promise<Address> {
  return parseAddress(String(await ask(ledger, "alliance")));
}

/** Each validator of this computer names the alliance with its node's key. Can be run again. */
export async function followAlliance(ledger: Ledger, network: NetworkFile): Promise<void> {
  if (network.chain.validatorSelection !== "contract")
    throw new NetworkError(
      "input",
      "This network selects its validators by votes in block headers: the members' agents follow the alliance by themselves.",
    );
  const { alliance } = ledger.deployment.contracts;
  const founders = ((await ask(ledger, "genesisValidators")) as string[]).map((text) => parseAddress(text));
  const here = nodesHere(ledger.folder, network).filter(({ address }) => founders.includes(address));
  for (const { id, address } of here) {
    if ((await followed(ledger)) !== ZERO_ADDRESS) break;
    if (parseAddress(String(await ask(ledger, "namedBy", [address]))) === alliance) continue;
    const key = openLocalKey(readKeyFile(ledger.folder.node(id).key).privateKey);
    const data = parseHexData(genesisValidators.encodeFunctionData("follow", [alliance]));
    await carryOut(ledger, key, { what: "follow the alliance", to: VALIDATOR_CONTRACT, data });
    ledger.say(`${id} named the alliance ${alliance}`);
  }
  await tellOutcome(ledger, founders);
}

async function tellOutcome(ledger: Ledger, founders: readonly Address[]): Promise<void> {
  const { alliance } = ledger.deployment.contracts;
  const now = await followed(ledger);
  if (now === alliance) {
    ledger.say(`the validators are those of the alliance ${alliance} from now on`);
    return;
  }
  if (now !== ZERO_ADDRESS)
    throw new NetworkError(
      "refused",
      `The network follows another contract, ${now}, for good: this folder's alliance is ${alliance}.`,
    );
  let names = 0;
  for (const node of founders) if (parseAddress(String(await ask(ledger, "namedBy", [node]))) === alliance) names += 1;
  const required = Math.ceil((2 * founders.length) / 3);
  throw new NetworkError(
    "network",
    `${names} of the ${required} validators needed have named the alliance. The others run follow-alliance too, where their nodes are.`,
  );
}
