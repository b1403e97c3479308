// What a page that works without network keeps: locked parcels, and supplies to lock the next ones with.

import type { Bytes } from "../vault/bytes";

let name = "lapangan";
const PARCELS = "titipan";
const SUPPLIES = "bekal";

type Work<T> = (stores: (name: string) => IDBObjectStore) => IDBRequest<T> | undefined;

/** Another page than the field's keeps its own apart, under its own name. */
export function keepUnder(other: string): void {
  name = other;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(PARCELS, { autoIncrement: true });
      asked.result.createObjectStore(SUPPLIES);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** One transaction over both stores; resolves once it is on the disk. */
async function within<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T | undefined> {
  const database = await open();
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const all = database.transaction([PARCELS, SUPPLIES], mode);
      const asked = work((name) => all.objectStore(name));
      all.oncomplete = () => resolve(asked?.result);
      all.onabort = () => reject(all.error);
    });
  } finally {
    database.close();
  }
}

/** Keeps a parcel until it is sent; answers its number. */
export async function keepParcel(parcel: Bytes): Promise<IDBValidKey> {
  return (await within("readwrite", (of) => of(PARCELS).add(parcel))) as IDBValidKey;
}

/** The numbers of the parcels that wait, oldest first. */
export async function waiting(): Promise<IDBValidKey[]> {
  return (await within("readonly", (of) => of(PARCELS).getAllKeys())) ?? [];
}

export function parcelOf(number: IDBValidKey): Promise<Bytes | undefined> {
  return within<Bytes>("readonly", (of) => of(PARCELS).get(number));
}

/** Forgets a parcel that arrived. */
export async function dropParcel(number: IDBValidKey): Promise<void> {
  await within("readwrite", (of) => of(PARCELS).delete(number) as IDBRequest<unknown>);
}

export function supplies<T>(): Promise<T | undefined> {
  return within<T>("readonly", (of) => of(SUPPLIES).get("bekal"));
}

export async function keepSupplies(told: unknown): Promise<void> {
  await within("readwrite", (of) => of(SUPPLIES).put(told, "bekal"));
}

/** Everything off this phone. */
export function forgetAll(): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}
