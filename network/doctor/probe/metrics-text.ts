/** Prometheus' text format, as far as the doctor asks: the value of a sample by its name. */

/** Samples with labels are left out: nothing that is asked here has any. */
export function readMetrics(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*)\s+(\S+)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !Number.isNaN(Number(value))) samples.set(name, Number(value));
  }
  return samples;
}
