import type { Locator, Page } from '@playwright/test';
import { openRecord } from '../../scripts/lib/records.ts';
import { expect, origin, visit } from './browser.ts';
import { monster, tekst } from './browser-text.ts';

export type Del = 'forberedelse' | 'referat';
export type Tid = Partial<Record<'dato' | 'fra' | 'til' | 'sted', string>>;

/** A number with a date and control digits that hold, of the series for made-up people (month + 80). */
export const syntheticNumber = '21868100033';
openRecord('pid', 'samtale')(syntheticNumber);

/** The samtaler that somebody may join, by the contract's endpoint. */
export async function listSamtaler(page: Page): Promise<{ id: string; lisId: string; status: string }[]> {
	const response = await page.request.get('/api/samtaler');
	expect(response.status()).toBe(200);
	return (await response.json()) as { id: string; lisId: string; status: string }[];
}

/** The id of the LIS who is logged in. */
export async function findLisId(lis: Page): Promise<string> {
	const response = await lis.request.get('/api/okt');
	return ((await response.json()) as { brukerId: string }).brukerId;
}

/** A samtale of the test's own, made by the veileder; without a date unless given one, so that nobody's next one changes. */
export async function createSamtale(veileder: Page, lisId: string, tid: Tid = {}): Promise<string> {
	const response = await veileder.request.post(`/veiledning/${lisId}?/ny`, {
		form: { dato: '', fra: '', til: '', sted: '', ...tid },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(response.status()).toBe(303);
	return response.headers()['location']?.split('/').at(-1) ?? '';
}

/** The samtale page, as people find their way in it. */
export class Samtaleside {
	readonly page: Page;
	readonly status: Locator;
	readonly tilstede: Locator;
	readonly tilSide: Locator;

	constructor(page: Page) {
		this.page = page;
		this.status = page.getByTestId('lagret-status').first();
		this.tilstede = page.getByTestId('tilstede');
		this.tilSide = page.getByTestId('ikke-lagret');
	}

	/** Opens it, and waits until one can write. */
	static async open(page: Page, samtaleId: string): Promise<Samtaleside> {
		await visit(page, `/samtaler/${samtaleId}`);
		const side = new Samtaleside(page);
		await side.ready();
		return side;
	}

	async ready(): Promise<void> {
		await expect(this.del('referat')).toBeVisible();
		await expect(this.del('referat')).toHaveAttribute('aria-readonly', 'false');
	}

	/** Where one writes. */
	del(del: Del): Locator {
		return this.page.getByRole('textbox', { name: tekst(`samtale_${del}`), exact: true });
	}

	toolbar(del: Del): Locator {
		return this.page.getByRole('toolbar', { name: tekst('editor_verktoy', { del: tekst(`samtale_${del}`) }) });
	}

	tool(del: Del, name: string): Locator {
		return this.toolbar(del).getByRole('button', { name, exact: true });
	}

	/** Puts the caret at the very end, and types there. */
	async write(del: Del, text: string, delay = 0): Promise<void> {
		await this.del(del).focus();
		await this.page.keyboard.press('Control+End');
		await this.page.keyboard.type(text, { delay });
	}

	/**
	 * Takes away all that stands there and writes something else. Saved in between: a change that does both at once keeps the
	 * words that the two texts share, and on a slow machine two changes become one.
	 */
	async rewrite(del: Del, text: string): Promise<void> {
		await this.del(del).focus();
		await this.page.keyboard.press('Control+a');
		await this.page.keyboard.press('Delete');
		await this.saved();
		await this.write(del, text);
		await this.saved();
	}

	/** All that was written here is committed, and it is said. */
	async saved(): Promise<void> {
		await expect(this.page.getByTestId('samtale-editor')).toHaveAttribute('data-ulagret', 'false');
		await expect(this.status).toHaveText(monster('editor_lagret_kl'));
	}

	/** The words that are shown, without those of others' carets. */
	async text(del: Del): Promise<string> {
		return (await this.del(del).innerText()).replace(/\s+/g, ' ').trim();
	}
}

/** LIS and veileder, each in a browser of their own, on a samtale that nobody else has. */
export async function together(
	as: (who: 'lis' | 'veileder') => Promise<Page>,
	beforeOpening: (pages: { lis: Page; veileder: Page }) => Promise<unknown> = () => Promise.resolve()
): Promise<{ id: string; lis: Samtaleside; veileder: Samtaleside }> {
	const [lisPage, veilederPage] = await Promise.all([as('lis'), as('veileder')]);
	const id = await createSamtale(veilederPage, await findLisId(lisPage));
	await beforeOpening({ lis: lisPage, veileder: veilederPage });
	const [lis, veileder] = await Promise.all([Samtaleside.open(lisPage, id), Samtaleside.open(veilederPage, id)]);
	return { id, lis, veileder };
}

/** A part with everything in it that one can write, by the keyboard's short ways. */
export async function writeEverything(side: Samtaleside, del: Del): Promise<void> {
	const { keyboard } = side.page;
	await side.del(del).focus();
	const blocks: [shortcut: string, text: string][] = [
		['# ', 'Siden sist'],
		['', 'Tre vakter, og en samtale med pårørende som gikk bra.'],
		['## ', 'Til neste gang'],
		['- ', 'Lese retningslinjen for antibiotika'],
		['', 'Prioritere når flere venter samtidig'],
		['', ''],
		['1. ', 'Spør først'],
		['', 'Dokumenter etterpå'],
		['', ''],
		['[ ] ', 'Ringe legevakta om introduksjonsvakt'],
		['', ''],
		['> ', '«Det viktigste er å si fra når en er usikker.»'],
		['', '']
	];
	for (const [shortcut, text] of blocks) {
		await keyboard.type(shortcut);
		await keyboard.insertText(text);
		await keyboard.press('Enter');
	}
	await keyboard.type('Se https://www.fhi.no om ');
	await keyboard.press('Control+b');
	await keyboard.type('Fet');
	await keyboard.press('Control+b');
	await keyboard.press('Control+i');
	await keyboard.type(' og kursiv.');
	await side.saved();
}

/** Both pages show the same in both parts, formatting included. */
export async function converged(one: Samtaleside, other: Samtaleside): Promise<void> {
	for (const del of ['forberedelse', 'referat'] as const) {
		await expect
			.poll(async () => (await content(one.del(del))) === (await content(other.del(del))), {
				message: `${del} is the same on both pages`
			})
			.toBe(true);
	}
}

/** The markup without what belongs to this reader only: others' carets and selections, and the placeholder. */
async function content(part: Locator): Promise<string> {
	return part.evaluate((element) => {
		const copy = element.cloneNode(true) as Element;
		for (const widget of copy.querySelectorAll('.caret, .ProseMirror-separator, .ProseMirror-trailingBreak'))
			widget.remove();
		for (const selection of copy.querySelectorAll('.caret-selection'))
			selection.replaceWith(...Array.from(selection.childNodes));
		for (const node of copy.querySelectorAll('[class]')) node.removeAttribute('class');
		copy.normalize();
		return copy.innerHTML.replace(/ data-placeholder="[^"]*"/g, '').replaceAll('\u2060', '');
	});
}

/** A day next year, so that a test's samtale comes after those of the demo world; with how it is written. */
export function planned(): { dato: string; iOrd: string } {
	const year = new Date().getFullYear() + 1;
	const maned = tekst('dato_maned_3');
	return { dato: `${year}-03-09`, iOrd: tekst('dato_lang', { dag: '9', maned, ar: String(year) }) };
}
