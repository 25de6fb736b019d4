/** The overview in a real browser. */
import { walkPage } from "../support/walk.ts";

walkPage({
  name: "overview",
  path: () => "/",
  heading: { "zh-CN": "联盟概览", en: "The alliance at a glance" },
});
