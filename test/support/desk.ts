import { POWERS, ROLES } from "../../ignition/powers.ts";
import { actors, ethers, networkHelpers } from "./actors.ts";
import { MERCHANT_ID, START, type Token } from "./fixture.ts";
import { Calendar, UTC_PLUS_8 } from "./time.ts";

/** What one call of the desk reaches; small, so that a dozen tokens are too many for it. */
export const REACH = 3;

const { council, regulator } = actors;
const { REGULATOR, STEWARD, ENFORCER, SUPERVISOR } = ROLES;

/** The regulator's desk over tokens that a mock of the registry makes. The council stewards and carries orders out. */
export async function deployDesk(reach?: number) {
  await networkHelpers.time.increaseTo(START);
  const access = await ethers.deployContract("AllianceAccess", [council]);
  const registry = await ethers.deployContract("PointRegistryMock");
  const collateral = await ethers.deployContract("PointCollateralMock");
  const pool = await ethers.deployContract("PointPoolMock");
  const peers = { authority: access, registry, pool, collateral };
  const factory = await ethers.deployContract("MerchantPointFactory", [peers]);
  const small = reach === undefined ? undefined : await ethers.deployContract("SmallDesk", [access, registry, reach]);
  const desk =
    small === undefined
      ? await ethers.deployContract("RegulatorDesk", [access, registry])
      : await ethers.getContractAt("RegulatorDesk", await small.getAddress());

  await access.setRegistry(registry);
  const places = { RegulatorDesk: desk, MerchantPoint: registry } as const;
  for (const { target, signature, role } of POWERS) {
    if (!(target in places)) continue;
    const place = places[target as keyof typeof places];
    await access.setTargetFunctionRole(place, [ethers.id(signature).slice(0, 10)], ROLES[role]);
  }
  await access.grantRole(SUPERVISOR, desk, 0);
  await access.grantRole(REGULATOR, regulator, 0);
  for (const role of [STEWARD, ENFORCER]) await access.grantRole(role, council, 0);
  return { desk: desk.connect(regulator), access, registry, collateral, pool, factory };
}

export type Desk = Awaited<ReturnType<typeof deployDesk>>;

/** Merchant 7's token, which the desk knows and whose till is the actors'. */
export async function addToken(setting: Desk, merchantId = MERCHANT_ID): Promise<Token> {
  const token = await makeToken(setting, merchantId);
  await setting.desk.carryIntoToken(token, 500);
  return token;
}

/** A token that nobody has told the desk of. */
export async function makeToken({ registry, factory }: Desk, merchantId: bigint): Promise<Token> {
  await registry.create(factory, { ...PARAMS, merchantId });
  const token = await ethers.getContractAt("MerchantPoint", await registry.tokenOf(merchantId));
  await registry.setController(merchantId, actors.merchant);
  await token.connect(actors.merchant).setTill(actors.till, 1_000_000_000n);
  return token;
}

/** What every token of these tests has in common. */
export const PARAMS = {
  merchantId: 1n,
  name: "Country Style Points",
  symbol: "CSP",
  pointsPerYuan: 100n,
  calendar: Calendar.Month,
  utcOffsetSeconds: UTC_PLUS_8,
};
