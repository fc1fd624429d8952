import type { Page } from '@playwright/test';
import { expect } from './browser.ts';
import type { Samtaleside } from './browser-samtale.ts';
import { tekst } from './browser-text.ts';

/** What lies in the browser's own database, as text to look for words in; undefined when there is no such database. */
export function device(page: Page): Promise<string | undefined> {
	return page.evaluate(async () => {
		if (!(await indexedDB.databases()).some(({ name }) => name === 'lis-kommune')) return undefined;
		const ask = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('device', { cause: request.error }));
			});
		const db = await ask(indexedDB.open('lis-kommune'));
		const stores = Array.from(db.objectStoreNames);
		const found = await Promise.all(stores.map((name) => ask(db.transaction(name).objectStore(name).getAll())));
		db.close();
		return found
			.flat()
			.map((record: Record<string, unknown>) =>
				Object.values(record)
					.map((value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value)))
					.join(' ')
			)
			.join('\n');
	});
}

/** The device keeps these words. */
export async function keeps(page: Page, words: string): Promise<void> {
	await expect.poll(() => device(page)).toContain(words);
}

/** Nothing of anybody lies on the device. */
export async function keepsNothing(page: Page): Promise<void> {
	await expect.poll(async () => (await device(page)) ?? '').toBe('');
}

/** What Chromium writes about a network that the test has cut. */
export const networkCut = /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/;

/** Writes without a network, until the device keeps it. */
export async function writeOffline(side: Samtaleside, text: string): Promise<void> {
	await side.page.context().setOffline(true);
	await side.write('referat', text);
	await expect(side.status).toHaveText(tekst('editor_frakoblet_pa_enheten'));
	// What is typed lands in more than one piece of the document: its end is the last to come.
	await keeps(side.page, text.slice(-6));
}
