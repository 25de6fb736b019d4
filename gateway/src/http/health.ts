/** `/healthz`: the process answers. `/readyz`: everything it needs answers too, each part named. */
import type { Express } from "express";

export interface Check {
  /** Resolves to a fact worth showing; rejects with the reason when the part is not ready. */
  run(): Promise<string | number>;
}

const CHECK_MS_MAX = 2_000;

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS_MAX} ms`)), CHECK_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Reasons are for operators on the same network; they never hold a query, a path or a secret. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return (code ?? message ?? "failed").slice(0, 120);
}

export function mountHealth(app: Express, checks: Readonly<Record<string, Check>>): void {
  app.get("/healthz", (_req, res) => void res.json({ status: "ok" }));
  app.get("/readyz", async (_req, res) => {
    const parts = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          return [name, { ok: true, value: await within(check.run()) }] as const;
        } catch (error) {
          return [name, { ok: false, reason: reasonOf(error) }] as const;
        }
      }),
    );
    const ready = parts.every(([, part]) => part.ok);
    res
      .status(ready ? 200 : 503)
      .json({ status: ready ? "ready" : "not ready", parts: Object.fromEntries<unknown>(parts) });
  });
}
