/** What the agent does not wait for: whoever runs it must put something right. The message is the whole sentence. */
export class AgentStop extends Error {
  override readonly name = "AgentStop";
  readonly code: keyof typeof EXIT_CODES;

  constructor(code: keyof typeof EXIT_CODES, message: string) {
    super(message);
    this.code = code;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** 0 is a stop that was asked for, 1 a bug. */
export const EXIT_CODES = {
  /** Flags, environment, files. */
  options: 2,
  /** The node is on another chain than the deployment file says. */
  chain_other: 3,
  contract_missing: 3,
  /** Another program has the health port. */
  port_taken: 4,
} as const;
