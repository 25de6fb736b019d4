import type { Route } from "../../route.ts";

export const checkoutsRoutes: readonly Route[] = [];
