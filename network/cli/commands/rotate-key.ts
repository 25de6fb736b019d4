import type { Command } from "commander";
import { oneRepresentative } from "../../membership/ledger.ts";
import { rotateKey } from "../../membership/rotate-key.ts";
import { count } from "../option-values.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger, ownerOfFiles } from "../membership-options.ts";

const MORE = `
Starts a second node with a new key on this computer (the old ports + --port-offset: open the new p2p port to the others),
waits until it has caught up, names it to the alliance by the representative's key, waits until the others have voted it in
and the old one out, then stops the old node and keeps its folder as <id>.retired. Run it again when it was cut short.
The chain goes on all the time. A stolen key has no power once the old node is out.
`;

export function addRotateKey(program: Command): void {
  ledgerOptions(program.command("rotate-key"))
    .description("Gives a validator a new key without stopping the chain\n在不停链的情况下更换验证者密钥")
    .option("--port-offset <n>", "from the old node's ports to the new one's 新节点端口偏移", count, 500)
    .addHelpText("after", MORE)
    .action(async (options: LedgerOptions & { readonly portOffset: number }) => {
      const { folder, network, ledger, say } = await openOnLedger(options);
      const own = oneRepresentative(folder, network, options.organisation);
      const fresh = await rotateKey(ledger, network, { own, portOffset: options.portOffset, owner: ownerOfFiles() });
      say(`${own.slug}'s validator is ${fresh.id} now: ${fresh.enode}. Keep a copy of ${folder.node(fresh.id).key}`);
    });
}
