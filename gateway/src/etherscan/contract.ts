/** `module=contract`: what stands at an address, and whether sources that somebody hands in are its own. */
import { readAbiOf } from "./known-code.ts";
import type { Action, Fields } from "./answer.ts";
import { Refused, notOk, ok } from "./answer.ts";
import { findCreation } from "./creation.ts";
import { addressIn, toAddress } from "./fields.ts";
import { identify } from "./known-code.ts";
import { checkOutcome, submit } from "./verify-source.ts";

const UNVERIFIED = "Contract source code not verified";

const getAbi: Action = async (rooms, fields) => {
  const abi = readAbiOf(await identify(rooms, addressIn(fields)));
  return abi === undefined ? notOk(UNVERIFIED) : ok(abi);
};

interface Settings {
  readonly optimizer?: { readonly enabled?: boolean; readonly runs?: number };
  readonly evmVersion?: string;
}

/** Contracts of this build are known by name at once; their source is shown when it was checked. */
const getSourceCode: Action = async (rooms, fields) => {
  const identity = await identify(rooms, addressIn(fields));
  const { verified, record } = identity;
  const settings = verified === undefined ? {} : (JSON.parse(verified.input) as { settings: Settings }).settings;
  const { optimizer, evmVersion }: Settings = settings;
  return ok([
    {
      // Two braces: the sources are a standard JSON input.
      SourceCode: verified === undefined ? "" : `{${verified.input}}`,
      ABI: readAbiOf(identity) ?? UNVERIFIED,
      ContractName: verified?.name ?? record?.name ?? "",
      ContractFileName: record?.sourceName ?? "",
      CompilerVersion: verified?.compiler ?? "",
      CompilerType: verified === undefined ? "" : "Solc",
      OptimizationUsed: verified === undefined ? "" : optimizer?.enabled === true ? "1" : "0",
      Runs: verified === undefined ? "" : String(optimizer?.runs ?? 200),
      ConstructorArguments: identity.isKin ? "" : (verified?.constructor_arguments.slice(2) ?? ""),
      EVMVersion: evmVersion ?? "",
      Library: "",
      LicenseType: verified === undefined ? "" : "Apache-2.0",
      Proxy: "0",
      Implementation: "",
      SwarmSource: "",
      SimilarMatch: identity.isKin ? (verified?.address ?? "") : "",
    },
  ]);
};

/** Clients of other explorers spell it so. */
const argumentsIn = (fields: Fields): string =>
  (fields["constructorArguments"] ?? fields["constructorArguements"] ?? "").replace(/^0x/, "");

const verifySourceCode: Action = async (rooms, fields) => {
  if (fields["codeformat"] !== undefined && fields["codeformat"] !== "solidity-standard-json-input")
    throw new Refused("Error! Only codeformat=solidity-standard-json-input can be checked here");
  return submit(rooms, {
    address: addressIn(fields, "contractaddress"),
    source: fields["sourceCode"] ?? "",
    name: fields["contractname"] ?? "",
    compiler: fields["compilerversion"] ?? "",
    constructorArguments: argumentsIn(fields),
  });
};

const ADDRESSES_MAX = 5;

const getContractCreation: Action = async (rooms, fields) => {
  const addresses = (fields["contractaddresses"] ?? "").split(",").map(toAddress);
  if (addresses.length > ADDRESSES_MAX)
    throw new Refused(`Maximum ${ADDRESSES_MAX} contract addresses can be requested`);
  const found: object[] = [];
  for (const address of addresses) {
    const creation = await findCreation(rooms, address);
    if (creation !== undefined)
      found.push({
        contractAddress: address,
        contractCreator: creation.sender,
        txHash: creation.hash,
        blockNumber: String(creation.blockNumber),
        timestamp: creation.time,
        contractFactory: creation.factory ?? "",
        creationBytecode: creation.input ?? "",
      });
  }
  if (found.length === 0) return { status: "0", message: "No data found", result: null };
  return ok(found);
};

export const contractActions: Readonly<Record<string, Action>> = {
  getabi: getAbi,
  getsourcecode: getSourceCode,
  verifysourcecode: verifySourceCode,
  checkverifystatus: (rooms, fields) => checkOutcome(rooms, fields["guid"] ?? ""),
  getcontractcreation: getContractCreation,
};
