/** Seals private keys with AES-256-GCM under a master key that scrypt makes from the passphrase. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 128 MiB and about half a second: what keystore v3 asks for (N = 131,072, r = 8, p = 1). */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 160 * 1024 * 1024 } as const;

export function deriveMasterKey(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFC"), salt, 32, SCRYPT, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** `label` is bound to the secret: a sealed key moved to another row does not open. */
export function seal(masterKey: Buffer, label: string, secret: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", masterKey, nonce);
  cipher.setAAD(Buffer.from(label, "utf8"));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Undefined when the master key or the label is another one. */
export function unseal(masterKey: Buffer, label: string, sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", masterKey, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(label, "utf8"));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
