/** Where a run waits while the page is closed: IndexedDB, for it has room for 20,000 rows and writes one part at a time. */
import type { BatchRun, Part } from "./run.ts";

const NAME = "ledger-batches";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("runs", { keyPath: "token" });
      request.result.createObjectStore("parts", { keyPath: ["token", "from"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB does not open"));
  });
}

/** One transaction; resolves when it is on the disk. */
async function within<T>(
  mode: IDBTransactionMode,
  work: (tx: IDBTransaction) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const database = await open();
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const tx = database.transaction(["runs", "parts"], mode);
      const request = work(tx);
      tx.oncomplete = () => resolve(request?.result);
      tx.onerror = () => reject(tx.error ?? new Error("IndexedDB does not write"));
      tx.onabort = () => reject(tx.error ?? new Error("IndexedDB is full"));
    });
  } finally {
    database.close();
  }
}

const partsOfToken = (token: string): IDBKeyRange => IDBKeyRange.bound([token, 0], [token, Infinity]);

export async function saveRun(run: BatchRun, parts: readonly Part[]): Promise<void> {
  await within("readwrite", (tx) => {
    tx.objectStore("parts").delete(partsOfToken(run.token));
    for (const part of parts) tx.objectStore("parts").put({ ...part, token: run.token });
    tx.objectStore("runs").put(run);
    return undefined;
  });
}

export async function savePart({ token }: BatchRun, part: Part): Promise<void> {
  await within("readwrite", (tx) => tx.objectStore("parts").put({ ...part, token }));
}

/** The run of this token that was not put away, with its parts in order. */
export async function loadRun(token: string): Promise<{ run: BatchRun; parts: Part[] } | undefined> {
  const run = await within<BatchRun>("readonly", (tx) => tx.objectStore("runs").get(token) as IDBRequest<BatchRun>);
  if (run === undefined) return undefined;
  const parts = await within<Part[]>(
    "readonly",
    (tx) => tx.objectStore("parts").getAll(partsOfToken(token)) as IDBRequest<Part[]>,
  );
  return { run, parts: parts ?? [] };
}

export async function forgetRun(token: string): Promise<void> {
  await within("readwrite", (tx) => {
    tx.objectStore("parts").delete(partsOfToken(token));
    tx.objectStore("runs").delete(token);
    return undefined;
  });
}
