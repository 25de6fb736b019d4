/** The council's pages in a real browser. */
import { walkPage } from "../support/walk.ts";

walkPage({ name: "council", path: () => "/council", heading: { "zh-CN": "联盟理事会", en: "The council" } });
walkPage({ name: "proposal", path: () => "/council/proposals/4", heading: { "zh-CN": "提案 4", en: "Proposal 4" } });
walkPage({
  name: "draft",
  path: () => "/council/draft?action=seize-collateral",
  heading: { "zh-CN": "起草提案", en: "Draft a proposal" },
});
