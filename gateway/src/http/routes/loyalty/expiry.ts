import type { Route } from "../../route.ts";

export const expiryRoutes: readonly Route[] = [];
