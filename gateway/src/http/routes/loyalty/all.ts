/** What merchants do with points every day: rules, orders, redemptions, offers, draws, the sharing program. */
import type { Route } from "../../route.ts";
import { checkoutsRoutes } from "./checkouts.ts";
import { expiryRoutes } from "./expiry.ts";
import { goodsRoutes } from "./goods.ts";
import { lotteryRoutes } from "./lottery.ts";
import { membersRoutes } from "./members.ts";
import { offersRoutes } from "./offers.ts";
import { ordersRoutes } from "./orders.ts";
import { rulesRoutes } from "./rules.ts";
import { sharingRoutes } from "./sharing.ts";
import { tasksRoutes } from "./tasks.ts";
import { webhooksRoutes } from "./webhooks.ts";

export const loyaltyRoutes: readonly Route[] = [
  ...rulesRoutes,
  ...ordersRoutes,
  ...tasksRoutes,
  ...membersRoutes,
  ...checkoutsRoutes,
  ...goodsRoutes,
  ...expiryRoutes,
  ...offersRoutes,
  ...webhooksRoutes,
  ...lotteryRoutes,
  ...sharingRoutes,
];
