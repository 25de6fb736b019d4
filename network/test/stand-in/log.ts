/** Log lines in the form of Besu's default pattern: time | thread | level | class | message. */
export interface Log {
  trace(from: string, message: string): void;
  debug(from: string, message: string): void;
  info(from: string, message: string): void;
  warn(from: string, message: string): void;
  error(from: string, message: string): void;
}

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];

export function consoleLog(level: string, write: (line: string) => void): Log {
  const floor = level === "OFF" || level === "FATAL" ? 9 : Math.max(LEVELS.indexOf(level.toUpperCase()), 0);
  const at = (name: string) => (from: string, message: string) => {
    if (LEVELS.indexOf(name) < floor) return;
    const time = new Date().toISOString().replace("Z", "+0000");
    write(`${time} | stand-in | ${name.padEnd(5)} | ${from} | ${message}\n`);
  };
  return { trace: at("TRACE"), debug: at("DEBUG"), info: at("INFO"), warn: at("WARN"), error: at("ERROR") };
}
