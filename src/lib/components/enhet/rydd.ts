import { BEGGE, paEnheten, under } from './database.ts';

/** What nobody came back to within this time is thrown away: a device changes hands. Milliseconds. */
const KEPT_FOR_MS = 30 * 24 * 3600 * 1000;
/** On which all open pages of the portal hear of a log-out; the message is whose. */
export const CHANNEL = 'lis-kommune:enhet';

/** In how many samtaler this person has something on the device that is not saved. */
export async function countUnsaved(bruker: string): Promise<number> {
	const samtaler = new Set<unknown>();
	for (const name of BEGGE) {
		const found = await paEnheten('readonly', (store) => store(name).getAllKeys(under(bruker)));
		for (const key of found?.svar ?? []) if (Array.isArray(key)) samtaler.add(key[1]);
	}
	return samtaler.size;
}

/** At log-out: nothing of this person stays on the device, and no open page of theirs keeps anything more. */
export async function wipe(bruker: string): Promise<void> {
	if (typeof BroadcastChannel !== 'undefined') {
		const channel = new BroadcastChannel(CHANNEL);
		channel.postMessage(bruker);
		channel.close();
	}
	await paEnheten('readwrite', (store) => {
		for (const name of BEGGE) store(name).delete(under(bruker));
		return undefined;
	});
}

/** What nobody came back to is thrown away, whoever wrote it. */
export async function throwAwayOld(): Promise<void> {
	const before = Date.now() - KEPT_FOR_MS;
	await paEnheten('readwrite', (store) => {
		for (const name of BEGGE) {
			const request = store(name).openCursor();
			request.onsuccess = () => {
				const cursor = request.result;
				if (!cursor) return;
				if ((cursor.value as { at: number }).at < before) cursor.delete();
				cursor.continue();
			};
		}
		return undefined;
	});
}
