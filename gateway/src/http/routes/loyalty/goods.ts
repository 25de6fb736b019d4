import type { Route } from "../../route.ts";

export const goodsRoutes: readonly Route[] = [];
