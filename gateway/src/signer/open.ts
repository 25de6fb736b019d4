/** Opens the vault of signer keys with its passphrase. */
import { randomBytes } from "node:crypto";
import { computeAddress, SigningKey, Transaction, TypedDataEncoder } from "ethers";
import type { Address, HexData } from "../kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Database } from "../store/database.ts";
import { withDatabase } from "../store/failures.ts";
import { insertKey, insertVault, readKeyAddresses, readSealedKey, readVault } from "../store/signer-keys.ts";
import { deriveMasterKey, seal, unseal } from "./seal.ts";
import type { KeyLabel, Signers } from "./signers.ts";

const CHECK_LABEL = "alliance points ledger signer vault";
const SALT_BYTES = 32;

/** The first call chooses the passphrase for good; later ones throw `passphrase_wrong` for another. */
export async function openSigners(db: Database, passphrase: string): Promise<Signers> {
  if (passphrase.length === 0) throw new LedgerError("passphrase_wrong");
  const vault = (await withDatabase(() => readVault(db))) ?? (await createVault(db, passphrase));
  const masterKey = await deriveMasterKey(passphrase, vault.salt);
  if (unseal(masterKey, CHECK_LABEL, vault.checkValue) === undefined) throw new LedgerError("passphrase_wrong");
  return signersOf(db, masterKey);
}

async function createVault(db: Database, passphrase: string): ReturnType<typeof insertVault> {
  const salt = randomBytes(SALT_BYTES);
  const masterKey = await deriveMasterKey(passphrase, salt);
  return insertVault(db, { salt, checkValue: seal(masterKey, CHECK_LABEL, randomBytes(SALT_BYTES)) });
}

function signersOf(db: Database, masterKey: Buffer): Signers {
  /** Opened keys: opening one costs a query, signing with it must not. */
  const opened = new Map<Address, SigningKey>();

  async function keyOf(address: Address): Promise<SigningKey> {
    const known = opened.get(address);
    if (known !== undefined) return known;
    const sealed = await withDatabase(() => readSealedKey(db, address));
    const secret = sealed && unseal(masterKey, address, sealed);
    if (secret === undefined) throw new LedgerError("not_found", { what: `signing key ${address}` });
    const key = new SigningKey(secret);
    opened.set(address, key);
    return key;
  }

  async function keep(key: SigningKey, label: KeyLabel): Promise<Address> {
    const address = parseAddress(computeAddress(key));
    const sealed = seal(masterKey, address, Buffer.from(key.privateKey.slice(2), "hex"));
    await withDatabase(() => insertKey(db, { ...label, address, sealed }));
    opened.set(address, key);
    return address;
  }

  return {
    create: (label) => keep(new SigningKey(randomBytes(32)), label),
    importKey: (privateKey, label) => keep(new SigningKey(privateKey), label),
    addressesOf: (purpose, merchantId) => withDatabase(() => readKeyAddresses(db, purpose, merchantId)),
    async signTransaction(signer, { chainId, nonce, to, data, gasLimit }) {
      const key = await keyOf(signer);
      const transaction = Transaction.from({ type: 0, chainId, nonce, to, data, gasLimit, gasPrice: 0, value: 0 });
      transaction.signature = key.sign(transaction.unsignedHash);
      return { raw: parseHexData(transaction.serialized), hash: parseHex32(transaction.hash ?? "", "hash") };
    },
    async signTypedData(signer, { domain, types, message }): Promise<HexData> {
      const key = await keyOf(signer);
      return parseHexData(key.sign(TypedDataEncoder.hash(domain, types, message)).serialized);
    },
    // The word before it keeps a sealed signing key from being opened as somebody's secret.
    sealSecret: (label, secret) => seal(masterKey, `secret ${label}`, secret),
    openSecret(label, sealed) {
      const secret = unseal(masterKey, `secret ${label}`, sealed);
      if (secret === undefined) throw new LedgerError("secret_unreadable", { label });
      return secret;
    },
  };
}
