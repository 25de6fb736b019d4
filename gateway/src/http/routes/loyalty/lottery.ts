import type { Route } from "../../route.ts";

export const lotteryRoutes: readonly Route[] = [];
