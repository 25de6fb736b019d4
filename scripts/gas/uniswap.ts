import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import type { Sent } from "./figure.ts";
import type { Alliance } from "./members.ts";

import { gasOf } from "./figure.ts";
import { inAnHour } from "./members.ts";

const require = createRequire(import.meta.url);
const SWAPS = 3;
const AMOUNT = 12_345n;
const LIQUIDITY = 10n ** 12n;

/** What Uniswap V2 ships on npm: ABI and bytecode as its authors compiled them. */
async function shipped(name: string): Promise<{ abi: string; bytecode: string }> {
  const { abi, bytecode } = JSON.parse(await readFile(require.resolve(`@uniswap/${name}.json`), "utf8")) as {
    abi: unknown;
    bytecode: string;
  };
  return { abi: JSON.stringify(abi), bytecode: bytecode.startsWith("0x") ? bytecode : `0x${bytecode}` };
}

async function deploy({ ethers, actors }: Alliance, name: string, args: unknown[]) {
  const { abi, bytecode } = await shipped(name);
  const contract = await new ethers.ContractFactory(abi, bytecode, actors.deployer).deploy(...args);
  return ethers.getContractAt(JSON.parse(abi) as object[], await contract.getAddress(), actors.deployer);
}

/** The router derives a pair's address from the hash of the pair's code: it has to be the code the factory deploys. */
async function requireMatch({ ethers }: Alliance): Promise<void> {
  const pair = await shipped("v2-core/build/UniswapV2Pair");
  const router = await shipped("v2-periphery/build/UniswapV2Router02");
  if (!router.bytecode.includes(ethers.keccak256(pair.bytecode).slice(2))) {
    throw new Error("The router of @uniswap/v2-periphery does not belong to the pair of @uniswap/v2-core: pin both.");
  }
}

/**
 * Uniswap V2's router, one hop and two, over plain OpenZeppelin tokens. Returned is the last of several swaps of an
 * existing holder with an unlimited allowance, which is the router at its cheapest.
 */
export async function measureUniswap(alliance: Alliance): Promise<{ oneHop: bigint; twoHops: bigint }> {
  const { ethers, actors } = alliance;
  await requireMatch(alliance);
  const factory = await deploy(alliance, "v2-core/build/UniswapV2Factory", [actors.deployer.address]);
  const router = await deploy(alliance, "v2-periphery/build/UniswapV2Router02", [
    await factory.getAddress(),
    ethers.ZeroAddress,
  ]);
  const holder = actors.deployer;
  const path: string[] = [];
  for (let hop = 0; hop < 3; hop++) {
    const token = await ethers.deployContract("Erc20Stub");
    await token.mint(holder, 10n * LIQUIDITY);
    await token.approve(router, ethers.MaxUint256);
    path.push(await token.getAddress());
  }
  const provide = router.getFunction("addLiquidity");
  for (const pair of [path.slice(0, 2), path.slice(1, 3)]) {
    await provide(...pair, LIQUIDITY, LIQUIDITY, 0n, 0n, holder, ethers.MaxUint256);
  }
  const swap = router.getFunction("swapExactTokensForTokens");
  const again = async (hops: string[]) =>
    gasOf(swap(AMOUNT, 1n, hops, holder, await inAnHour(alliance)) as Promise<Sent>);
  const repeated = async (hops: string[]) => {
    for (let i = 1; i < SWAPS; i++) await again(hops);
    return again(hops);
  };
  return { oneHop: await repeated(path.slice(0, 2)), twoHops: await repeated(path) };
}
