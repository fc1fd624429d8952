import * as Y from 'yjs';
import { expect, test, visit } from '../support/browser.ts';
import { expectAccessibleState } from '../support/browser-axe.ts';
import { together } from '../support/browser-samtale.ts';
import { tekst } from '../support/browser-text.ts';
import { Wire, claimsMillions } from '../support/browser-wire.ts';

// It waits for refusals, and looks at the page in several ways.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const MARKUP = '<img src=x onerror="document.title=1"> og ordene mine';

/** What can be decoded, and nests deeper than any document may. */
function tooDeep(words: string): Uint8Array {
	const doc = new Y.Doc();
	let inner: Y.XmlFragment = doc.getXmlFragment('referat');
	doc.transact(() => {
		for (let depth = 0; depth < 40; depth++) {
			const quote = new Y.XmlElement('blockquote');
			inner.push([quote]);
			inner = quote;
		}
		inner.push([new Y.XmlText(words)]);
	});
	return Y.encodeStateAsUpdate(doc);
}

test('what the server refused is listed to its author as text, and nobody else is given a word of it', async ({
	as,
	faults
}) => {
	faults.expect(Wire.late, /status of 404/);
	let wire: Wire | undefined;
	const { id, lis, veileder } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	await lis.write('referat', 'Godt. ');
	await lis.saved();
	for (const update of [tooDeep(MARKUP), claimsMillions]) {
		wire?.replaceNextEdit(update);
		await lis.del('referat').focus();
		// In one piece: what is typed after it would be refused with it.
		await lis.page.keyboard.insertText('Noe.');
		await expect(lis.tilSide).toBeVisible();
		await lis.tilSide.getByRole('button', { name: tekst('editor_lukk') }).click();
		await lis.tilSide.getByRole('button', { name: tekst('editor_tilside_lukk_likevel') }).click();
		await lis.ready();
	}

	const { page } = lis;
	await expect(async () => {
		await visit(page, `/samtaler/${id}`);
		await page.getByRole('link', { name: tekst('avvist_se') }).click({ timeout: 2_000 });
		await expect(page.getByTestId('avvist')).toHaveCount(2, { timeout: 2_000 });
	}).toPass();
	const [newest, first] = [page.getByTestId('avvist').nth(0), page.getByTestId('avvist').nth(1)];
	await expect(newest).toContainText(tekst('avvist_hvorfor_ugyldig'));
	await expect(newest).toContainText(tekst('avvist_uleselig'));
	await expect(first).toContainText(tekst('avvist_hvorfor_for_stor'));
	await expect(first.getByRole('textbox')).toHaveValue(MARKUP);
	await expect(page.locator('#innhold img')).toHaveCount(0);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await first.getByRole('button', { name: tekst('editor_kopier') }).click();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(MARKUP);
	await expectAccessibleState(page, '/samtaler/:samtale/avvist');

	await visit(veileder.page, `/samtaler/${id}`);
	await veileder.ready();
	expect(await veileder.page.content()).not.toContain('ordene mine');
	await expect(veileder.page.getByRole('link', { name: tekst('avvist_se') })).toHaveCount(0);
	await visit(veileder.page, `/samtaler/${id}/avvist`);
	await expect(veileder.page.locator('#innhold')).toContainText(tekst('avvist_ingen'));
	expect(await veileder.page.content()).not.toContain('ordene mine');
	const leder = await as('leder');
	expect((await leder.goto(`/samtaler/${id}/avvist`))?.status()).toBe(404);

	await page.getByRole('button', { name: tekst('avvist_slett') }).click();
	await expect(page.locator('#innhold')).toContainText(tekst('avvist_slettet'));
	await expect(page.locator('#innhold')).toContainText(tekst('avvist_ingen'));
	await visit(page, `/samtaler/${id}`);
	await lis.ready();
	await expect(page.getByRole('link', { name: tekst('avvist_se') })).toHaveCount(0);
});
