import type { Route } from "../../route.ts";

export const rulesRoutes: readonly Route[] = [];
