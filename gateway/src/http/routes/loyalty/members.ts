import type { Route } from "../../route.ts";

export const membersRoutes: readonly Route[] = [];
