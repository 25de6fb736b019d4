import { network } from "hardhat";

/** The chain of the contract tests begins at a fixed date, so that no test depends on the day it runs. */
export const connection = await network.create({ override: { initialDate: "2027-01-01T00:00:00Z" } });
export const { ethers, networkHelpers, provider } = connection;

const signers = await ethers.getSigners();

function actor(index: number) {
  const signer = signers[index];
  if (signer === undefined) throw new RangeError(`no test account ${index}`);
  return signer;
}

/** Who acts in the contract tests. Members are customers; nobody has more than one part. */
export const actors = {
  council: actor(0),
  regulator: actor(1),
  merchant: actor(2),
  till: actor(3),
  secondTill: actor(4),
  ann: actor(5),
  bob: actor(6),
  shop: actor(7),
  relayer: actor(8),
  stranger: actor(9),
} as const;
