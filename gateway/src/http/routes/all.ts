/** Every operation of the API, in the order of the documentation. A route that is not here does not exist. */
import type { Route } from "../route.ts";
import { keyRoutes } from "./keys.ts";

export const allRoutes: readonly Route[] = [...keyRoutes];
