/**
 * The browser's own database for what is not saved yet. It may be missing, blocked, full, or taken away while a page is open: nothing here throws,
 * and who asks is told that it could not.
 *
 * Not y-indexeddb: that drops the outcome of every write, so that «ligger på denne enheten» could not be known to be true; it keeps the whole samtale
 * on the device also when all of it is saved; and when another tab deletes its database, the next keystroke throws in the editor (docs/adr/0020).
 */

/** What one page has written that is not known to be committed. */
export interface Ulagret {
	bruker: string;
	samtale: string;
	epoke: number;
	/** The clientID of the page's Y.Doc: pages of the same person never write on each other's. */
	klient: number;
	/** Fingerprint of the schema that it was written with. */
	skjema: string;
	/** The whole document as one Yjs v1 update: what was written builds on it. */
	tilstand: Uint8Array;
	/** The person's own clientIDs, each with the clock up to which the server has said that all is committed. */
	egne: [klient: number, fraKlokke: number][];
	/** Milliseconds since 1970. */
	at: number;
}

/** Text that the server did not take, kept until its author has dealt with it. */
export interface Avsatt {
	bruker: string;
	samtale: string;
	id: string;
	tekst: string;
	/** Milliseconds since 1970. */
	at: number;
}

const NAME = 'lis-kommune';
const STORES = { ulagret: ['bruker', 'samtale', 'epoke', 'klient'], avsatt: ['bruker', 'samtale', 'id'] } as const;
export type Store = keyof typeof STORES;
export const BEGGE: readonly Store[] = ['ulagret', 'avsatt'];

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
	opened ??= new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);
		request.onupgradeneeded = () => {
			for (const [store, keyPath] of Object.entries(STORES))
				request.result.createObjectStore(store, { keyPath: [...keyPath] });
		};
		request.onerror = () => reject(new Error('no database', { cause: request.error }));
		request.onsuccess = () => {
			const db = request.result;
			// Taken away by the person or the browser: the next one to ask opens it anew.
			db.onclose = () => (opened = undefined);
			db.onversionchange = () => {
				db.close();
				opened = undefined;
			};
			resolve(db);
		};
	}).catch((error: unknown) => {
		opened = undefined;
		throw error;
	});
	return opened;
}

/**
 * Runs `work` in one transaction, and answers when that is on the disk; undefined when it could not be.
 * @param work returns the request whose result is asked for, if any
 */
export async function paEnheten<T = unknown>(
	mode: IDBTransactionMode,
	work: (store: (name: Store) => IDBObjectStore) => IDBRequest<T> | undefined
): Promise<{ svar: T | undefined } | undefined> {
	try {
		const db = await open();
		return await new Promise((resolve) => {
			const transaction = db.transaction(BEGGE, mode);
			transaction.onabort = () => resolve(undefined);
			const request = work((name) => transaction.objectStore(name));
			transaction.oncomplete = () => resolve({ svar: request?.result });
		});
	} catch {
		return undefined;
	}
}

/** Every key that begins with this: of a person, or of a person and a samtale. An array sorts after every string and number. */
export function under(...prefix: string[]): IDBKeyRange {
	return IDBKeyRange.bound(prefix, [...prefix, []]);
}
