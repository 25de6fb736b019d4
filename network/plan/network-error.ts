/** Something that whoever runs the network must put right. The message is the whole sentence: what is wrong, what to do. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  readonly code: keyof typeof EXIT_CODES;

  constructor(code: keyof typeof EXIT_CODES, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** 0 is success, 1 a bug. */
export const EXIT_CODES = {
  /** Flags, the YAML, a file of the network's folder. */
  input: 2,
  /** Besu or Java is missing or too old, a port is taken. */
  machine: 3,
  /** The chain or a node is not in the state that the command needs; `doctor` says why. */
  network: 4,
  /** A signature, digest or key is not what it must be. Nothing was started. */
  refused: 5,
} as const;
