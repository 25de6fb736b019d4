/** Loaded by mocha before the tests: what they share ends with the last of them. */
import { closeStage } from "./stage.ts";

export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeStage();
  },
};
