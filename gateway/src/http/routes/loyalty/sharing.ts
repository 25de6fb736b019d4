import type { Route } from "../../route.ts";

export const sharingRoutes: readonly Route[] = [];
