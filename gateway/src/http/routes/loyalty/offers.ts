import type { Route } from "../../route.ts";

export const offersRoutes: readonly Route[] = [];
