/** An expected failure: its message is one clear sentence with what to do, and is all that people are shown. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
