/** The exchange in a real browser. */
import { walkPage } from "../support/walk.ts";

walkPage({ name: "exchange", path: () => "/exchange", heading: { "zh-CN": "积分兑换", en: "The exchange" } });
walkPage({ name: "pool", path: ({ keys }) => `/exchange/${keys.merchants[0]!.token}`, heading: "any" });
