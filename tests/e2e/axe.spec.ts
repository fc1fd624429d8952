import type { Locator, Page } from '@playwright/test';
import {
	FOLK,
	Faults,
	expect,
	hydrated,
	logInQuietly,
	origin,
	password,
	test,
	visit,
	type Brukernavn
} from '../support/browser.ts';
import { expectAccessible, expectAccessibleState, expectNoOverflow, looksFor, wear } from '../support/browser-axe.ts';
import {
	Samtaleside,
	createSamtale,
	findLisId,
	planned,
	syntheticNumber,
	together,
	writeEverything
} from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';
import { Wire, claimsMillions } from '../support/browser-wire.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });
// What these find is told in words; a trace of hundreds of looks would cost more than they do.
test.use({ trace: 'off' });

type Reader = Brukernavn | 'nobody';
const people = ['lis', 'veileder', 'leder', 'supervisor', 'hdir', 'drift'] as const satisfies readonly Reader[];
const everybody: Reader[] = ['nobody', ...people];

/** Each page with those who can open it; what a leder meets instead of a samtale is a page, too. */
const pages: [path: string, readers: Reader[]][] = [
	['/logg-inn?next=%2Fveiledning', ['nobody']],
	['/hjem', [...people]],
	['/veiledning', people.filter((who) => who !== 'lis')],
	['/veiledning/:lis', ['lis', 'veileder', 'leder']],
	['/veiledning/:lis/laeringsmal', ['lis', 'veileder', 'leder']],
	['/veiledning/:lis/fremdrift', ['lis', 'veileder', 'leder']],
	['/veiledning/:lis/utdanningsplan', ['lis', 'veileder', 'leder']],
	['/veiledning/:lis/filer', ['lis', 'veileder', 'leder']],
	['/filer', ['veileder', 'leder']],
	['/fremdrift', ['veileder', 'leder', 'supervisor']],
	['/samtaler/:samtale', ['lis', 'veileder', 'leder']],
	['/samtaler/:avlyst', ['lis', 'veileder']],
	['/samtaler/:ferdigstilt', ['lis', 'veileder']],
	['/innstillinger', [...people]],
	['/innstillinger/varsler', ['lis', 'drift']],
	['/varsler', ['lis', 'supervisor', 'hdir']],
	['/meldinger', ['hdir', 'drift']],
	['/avmelding/ukjent', ['nobody']],
	['/folk', ['lis', 'veileder']],
	['/registrer', ['nobody']],
	['/eid/feil?grunn=avbrutt', ['nobody']],
	['/admin', ['drift']],
	['/admin/brukere/:lis', ['drift']],
	['/admin/steder', ['drift']],
	['/hjelp', everybody],
	['/hjelp/veileder', ['nobody', 'lis']],
	['/kontroll', ['nobody', 'lis']],
	['/personvern', everybody],
	['/tilgjengelighet', everybody],
	['/finnes-ikke', everybody]
];

/** The ids that stand in the addresses: a samtale with all that one can write, one that is avlyst, one that is ferdigstilt. */
async function makeContent(lis: Page, veileder: Page): Promise<Record<string, string>> {
	const lisId = await findLisId(lis);
	const tid = { dato: planned().dato, fra: '14:30', til: '15:15', sted: 'Sentrum legekontor, møterom 2' };
	const samtale = await createSamtale(veileder, lisId, tid);
	const avlyst = await createSamtale(veileder, lisId);
	const form = { grunn: 'Nora er syk.' };
	await veileder.request.post(`/samtaler/${avlyst}?/avlys`, { form, headers: { origin, accept: 'text/html' } });
	const side = await Samtaleside.open(lis, samtale);
	for (const del of ['forberedelse', 'referat'] as const) await writeEverything(side, del);

	const ferdigstilt = await createSamtale(veileder, lisId, tid);
	const last = await Samtaleside.open(veileder, ferdigstilt);
	await writeEverything(last, 'referat');
	await veileder.getByRole('button', { name: tekst('ferdigstill_knapp'), exact: true }).click();
	await veileder.getByRole('button', { name: tekst('ferdigstill_bekreft'), exact: true }).click();
	await expect(veileder.getByText(monster('ferdigstill_av', { navn: FOLK.veileder }))).toBeVisible();
	return { ':lis': lisId, ':samtale': samtale, ':avlyst': avlyst, ':ferdigstilt': ferdigstilt };
}

/** What is only looked at is made once for each worker. */
const lookAt = test.extend<object, { ids: Record<string, string> }>({
	ids: [
		async ({ browser }, use) => {
			const faults = new Faults();
			const contexts = await Promise.all([
				browser.newContext({ baseURL: origin }),
				browser.newContext({ baseURL: origin })
			]);
			for (const context of contexts) faults.watch(context);
			const [lis, veileder] = contexts;
			await Promise.all([logInQuietly(lis, 'lis'), logInQuietly(veileder, 'veileder')]);
			const ids = await makeContent(await lis.newPage(), await veileder.newPage());
			await Promise.all(contexts.map((context) => context.close()));
			expect(faults.unexpected, 'faults while what is looked at was made').toEqual([]);
			await use(ids);
		},
		{ scope: 'worker', timeout: 120_000 }
	]
});

async function open(page: Page, path: string): Promise<void> {
	await visit(page, path);
	if ((await page.getByTestId('samtale-editor').count()) > 0)
		await expect(page.getByTestId('lagret-status').first()).not.toHaveText(/…/);
}

for (const who of everybody) {
	const own = pages.filter(([, readers]) => readers.includes(who));
	lookAt(
		`every page that ${who} can open is accessible, and fits into 320 pixels`,
		async ({ as, ids, page: stranger, faults }) => {
			faults.expect(/status of 404/);
			const page = who === 'nobody' ? stranger : await as(who);
			for (const [path, readers] of own) {
				const address = path.replace(/:\w+/, (name) => ids[name] ?? name);
				for (const look of looksFor(readers.indexOf(who), readers.length)) {
					await wear(page, look);
					await open(page, address);
					await expect(page.locator('html')).toHaveAttribute('lang', look.sprak);
					await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
					await expectAccessible(page, `${path} as ${who}, ${Object.values(look).join(', ')}`);
				}
				await page.setViewportSize({ width: 320, height: 640 });
				await expectNoOverflow(page, `${path} as ${who}, 320 wide`);
			}
		}
	);
}

test('what opens on the samtale page is accessible: menu, forms, their errors, dialogs', async ({ as, faults }) => {
	// 401: the page may just be asking whose session it is when that is ended.
	faults.expect(/status of 40[01]/);
	const { lis, veileder } = await together(as);
	const { page } = veileder;
	await lis.write('referat', 'Nora skriver her.');
	await expect(veileder.del('referat').locator('.caret')).toBeAttached();
	await page.locator('header summary').click();
	await expectAccessibleState(page, 'the menu and somebody’s caret');
	await page.keyboard.press('Escape');

	await page.getByText(tekst('samtale_sett_tid'), { exact: true }).click();
	await page.locator('#tid-til').fill('08:00');
	await page.getByRole('button', { name: tekst('samtale_lagre_tid') }).click();
	await expect(page.locator('.ds-error-summary')).toBeFocused();
	await page.getByText(tekst('samtale_avlys'), { exact: true }).click();
	await expectAccessibleState(page, 'forms with errors');

	await veileder.del('referat').focus();
	await page.keyboard.press('Control+k');
	await page.keyboard.press('Enter');
	await expect(page.getByText(tekst('editor_lenke_ugyldig'))).toBeVisible();
	await expectAccessibleState(page, 'the link dialog with an error');
	await page.keyboard.press('Escape');

	const changed = page.getByTestId('endringslogg').getByRole('listitem').filter({ hasText: 'Nora skriver her.' });
	await changed.getByRole('button').click();
	await expect(changed.locator('ins').last()).toBeVisible();
	await expectAccessibleState(page, 'an opened entry of the endringslogg');
	await changed.getByRole('button', { name: tekst('endringslogg_versjon') }).click();
	await expect(page.getByRole('dialog')).toContainText('Nora skriver her.');
	await expectAccessibleState(page, 'an earlier version');
	await page.keyboard.press('Escape');

	await page.getByRole('button', { name: tekst('ferdigstill_knapp'), exact: true }).click();
	await expect(page.getByRole('dialog', { name: tekst('ferdigstill_dialog_tittel') })).toBeVisible();
	await expectAccessibleState(page, 'what will be ferdigstilt');
	await page.keyboard.press('Escape');
	await veileder.ready();

	await page.request.post('/logg-ut', { headers: { origin }, maxRedirects: 0 });
	await expect(page.getByRole('dialog', { name: tekst('editor_inn_tittel') })).toBeVisible();
	await expectAccessibleState(page, 'the log-in dialog');
	await page.getByRole('button', { name: tekst('editor_inn_senere') }).click();
	await expectAccessibleState(page, 'the banner of who is logged out');
});

test('what one is told while writing is accessible: refusals, text set aside, no network', async ({ as, faults }) => {
	faults.expect(Wire.late, /ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/);
	let wire: Wire | undefined;
	const { lis } = await together(as, async (pages) => (wire = await Wire.of(pages.lis)));
	const { page } = lis;
	await lis.write('referat', 'Lagret. ');
	await lis.saved();
	wire?.replaceNextEdit(claimsMillions);
	await page.keyboard.insertText('Ble ikke tatt imot.');
	await expect(lis.tilSide).toBeVisible();
	await lis.ready();
	await lis.tilSide.getByRole('button', { name: tekst('editor_lukk') }).click();
	await expectAccessibleState(page, 'text set aside');
	await lis.write('referat', syntheticNumber);
	await expect(page.locator('.notice').filter({ hasText: tekst('editor_nektet_fodselsnummer') })).toBeVisible();
	await page.context().setOffline(true);
	await expect(page.locator('.notice').filter({ hasText: tekst('editor_banner_pa_enheten') })).toBeVisible();
	await expectAccessibleState(page, 'a refusal and the offline banner');
});

test('by the keyboard alone: log in, open a samtale, write, format, and go on', async ({ as, browse }) => {
	const [lisPage, veilederPage] = await Promise.all([as('lis'), as('veileder')]);
	const id = await createSamtale(veilederPage, await findLisId(lisPage));
	const other = await Samtaleside.open(veilederPage, id);

	const page = await (await browse()).newPage();
	const { keyboard } = page;
	const tabTo = async (target: Locator) => {
		for (let presses = 0; presses < 60; presses++) {
			if (await target.evaluate((element) => element === document.activeElement)) return;
			await keyboard.press('Tab');
		}
		await expect(target).toBeFocused();
	};
	await visit(page, `/veiledning/${await findLisId(lisPage)}`);
	await keyboard.press('Tab');
	await expect(page.getByRole('link', { name: tekst('skall_hopp') })).toBeFocused();
	await keyboard.press('Enter');
	await tabTo(page.getByLabel(tekst('innlogging_brukernavn')));
	await keyboard.type('lis');
	await keyboard.press('Tab');
	await keyboard.type(password);
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(tekst('veiledning_min'));
	await hydrated(page);
	await tabTo(page.locator(`a[href="/samtaler/${id}"]`));
	await keyboard.press('Enter');

	const side = new Samtaleside(page);
	await side.ready();
	await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	await tabTo(side.del('referat'));
	await keyboard.type('Skrevet med ');
	await keyboard.press('Alt+F10');
	await expect(side.toolbar('referat').getByRole('button').first()).toBeFocused();
	for (let presses = 0; presses < 3; presses++) await keyboard.press('ArrowRight');
	await expect(side.tool('referat', tekst('editor_fet'))).toBeFocused();
	await keyboard.press('End');
	await keyboard.press('ArrowRight');
	await expect(side.toolbar('referat').getByRole('button').first()).toBeFocused();
	await keyboard.press('Escape');
	await expect(side.del('referat')).toBeFocused();
	await keyboard.press('Alt+F10');
	for (let presses = 0; presses < 3; presses++) await keyboard.press('ArrowRight');
	await keyboard.press('Space');
	await expect(side.del('referat')).toBeFocused();
	await keyboard.type('tastatur');
	await expect(other.del('referat').locator('strong')).toHaveText('tastatur');

	await keyboard.press('Enter');
	await keyboard.type('- i en liste');
	// What comes after the text in the order of Tab: the endringslogg, which follows a second later.
	await expect(page.getByTestId('endringslogg').getByRole('button')).toHaveCount(1);
	await keyboard.press('Tab');
	await expect(side.del('referat')).not.toBeFocused();
	await expect(other.del('referat').locator('ul > li')).toHaveText('i en liste');
	await keyboard.press('Shift+Tab');
	await expect(side.del('referat')).toBeFocused();
	await keyboard.press('Shift+Tab');
	await expect(side.toolbar('referat').locator(':focus')).toHaveCount(1);
	await keyboard.press('Shift+Tab');
	await expect(side.toolbar('referat').locator(':focus')).toHaveCount(0);
});

test('with twice the text size nothing hangs over the edge', async ({ as }) => {
	const { id, lis } = await together(as);
	await writeEverything(lis, 'referat');
	for (const path of ['/hjem', '/veiledning', `/samtaler/${id}`, '/personvern']) {
		await open(lis.page, path);
		await lis.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
		await expectNoOverflow(lis.page, `${path} with 200 % text`);
	}
});
