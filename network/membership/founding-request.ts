/** Admission requests of organisations that are in the network since block 1 and not in the alliance yet. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readKeyFile } from "../files/key-file.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkFile } from "../plan/plan.ts";
import { signRequest } from "./admission-request.ts";
import { candidateOf, validatorOf } from "./admit.ts";
import type { Ledger, Representative } from "./ledger.ts";

/** One file for each organisation whose keys are here; gives their paths. */
export function writeRequests(
  { deployment, folder }: Pick<Ledger, "deployment" | "folder">,
  network: NetworkFile,
  here: readonly Representative[],
): string[] {
  if (here.length === 0)
    throw new NetworkError(
      "input",
      `There is no representative's key in ${folder.root}: nobody here can ask for anything.`,
    );
  return here.map((one) => {
    const request = signRequest(
      {
        kind: "alliance-network-admission-request",
        version: 1,
        chainId: deployment.chainId,
        alliance: deployment.contracts.alliance,
        genesisHash: deployment.genesisHash,
        ...candidateOf(network, one),
      },
      {
        representative: readKeyFile(folder.representativeKey(one.slug)).privateKey,
        node: readKeyFile(folder.node(validatorOf(network, one.slug).id).key).privateKey,
      },
    );
    const name = here.length === 1 ? "admission-request.json" : `admission-request-${one.slug}.json`;
    const path = join(folder.root, name);
    writeFileSync(path, `${JSON.stringify(request, null, 2)}\n`);
    return path;
  });
}
