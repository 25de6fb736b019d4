/** Every operation of the API, in the order of the documentation. A route that is not here does not exist. */
import { csvTwins } from "../csv/twin.ts";
import type { Route } from "../route.ts";
import { accountsReadRoutes } from "./accounts-read.ts";
import { allianceReadRoutes } from "./alliance-read.ts";
import { chainReadRoutes } from "./chain-read.ts";
import { commandRoutes } from "./commands.ts";
import { councilReadRoutes } from "./council-read.ts";
import { councilRoutes } from "./council.ts";
import { customerRoutes } from "./customers.ts";
import { deskRoutes } from "./desk.ts";
import { eventRoutes } from "./events.ts";
import { exchangeReadRoutes } from "./exchange-read.ts";
import { exchangeWriteRoutes } from "./exchange-write.ts";
import { exitRoutes } from "./exit.ts";
import { figuresReadRoutes } from "./figures-read.ts";
import { keyRoutes } from "./keys.ts";
import { liabilityRoutes } from "./liability.ts";
import { membersReadRoutes } from "./members-read.ts";
import { loyaltyRoutes } from "./loyalty/all.ts";
import { memberRoutes } from "./members.ts";
import { merchantWriteRoutes } from "./merchants-write.ts";
import { networkRoutes } from "./network.ts";
import { pointsReadRoutes } from "./points-read.ts";
import { pointsWriteRoutes } from "./points-write.ts";
import { reportRoutes } from "./reports.ts";
import { sessionRoutes } from "./session.ts";
import { signingRoutes } from "./signing.ts";
import { supervisionReadRoutes } from "./supervision-read.ts";
import { supervisionWriteRoutes } from "./supervision-write.ts";

const described: readonly Route[] = [
  ...chainReadRoutes,
  ...networkRoutes,
  ...pointsReadRoutes,
  ...allianceReadRoutes,
  ...accountsReadRoutes,
  ...exchangeReadRoutes,
  ...figuresReadRoutes,
  ...councilReadRoutes,
  ...membersReadRoutes,
  ...supervisionReadRoutes,
  ...eventRoutes,
  ...councilRoutes,
  ...memberRoutes,
  ...merchantWriteRoutes,
  ...liabilityRoutes,
  ...pointsWriteRoutes,
  ...exchangeWriteRoutes,
  ...exitRoutes,
  ...signingRoutes,
  ...customerRoutes,
  ...loyaltyRoutes,
  ...supervisionWriteRoutes,
  ...deskRoutes,
  ...reportRoutes,
  ...commandRoutes,
  ...keyRoutes,
  ...sessionRoutes,
];

export const allRoutes: readonly Route[] = [...described, ...csvTwins(described)];
