import { FOLK, expect, firstName, logIn, test } from '../support/browser.ts';
import { Samtaleside, converged, together } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

test('LIS and veileder log in, write in both parts at once, see each other, and find it again', async ({ browse }) => {
	const { lis, veileder } = await together(async (who) => logIn(await browse(), who));

	await Promise.all([
		(async () => {
			await lis.write('forberedelse', 'Nora vil snakke om vakter. ', 15);
			await lis.write('referat', 'Nora skrev dette. ', 15);
		})(),
		(async () => {
			await veileder.write('referat', 'Kari skrev dette. ', 15);
			await veileder.write('forberedelse', 'Kari vil snakke om søvn. ', 15);
		})()
	]);
	for (const side of [lis, veileder]) {
		await expect(side.del('forberedelse')).toContainText('Nora');
		await expect(side.del('forberedelse')).toContainText('Kari');
		await expect(side.del('referat')).toContainText('Nora');
		await expect(side.del('referat')).toContainText('Kari');
	}
	await converged(lis, veileder);
	const letters = [...(await lis.text('referat')).replaceAll(' ', '')].toSorted().join('');
	expect(letters).toBe([...'Noraskrevdette.Kariskrevdette.'].toSorted().join(''));
	await Promise.all([lis.saved(), veileder.saved()]);

	const before = await lis.text('referat');
	await lis.page.reload();
	await lis.ready();
	expect(await lis.text('referat')).toBe(before);
	await converged(lis, veileder);
});

test('it is said in words who is here, and who can read what is written', async ({ as }) => {
	const { lis, veileder } = await together(as);
	const beside = (other: string): string =>
		tekst('editor_her', { navn: tekst('liste_to', { a: tekst('editor_du'), b: other }) });
	await expect(lis.tilstede).toContainText(beside(firstName('veileder')));
	await expect(lis.tilstede.locator('.avatar')).toHaveText(['NH', 'KN']);
	await expect(veileder.tilstede).toContainText(beside(firstName('lis')));
	await expect(
		lis.page.getByText(
			tekst('samtale_lesere', {
				navn: tekst('liste_to', { a: tekst('samtale_lesere_du'), b: FOLK.veileder })
			})
		)
	).toBeVisible();

	const announced = lis.page.locator('[data-live=polite]');
	await expect(announced).toContainText(tekst('editor_kom', { navn: firstName('veileder') }));
	await veileder.page.goto('/hjem');
	await expect(lis.tilstede).toContainText(tekst('editor_her_bare_du'));
	await expect(announced).toContainText(tekst('editor_gikk', { navn: firstName('veileder') }));
});

test('the other one’s caret stands where they write, with their name', async ({ as }) => {
	const { lis, veileder } = await together(as);
	await veileder.write('referat', 'Her er jeg');
	const caret = lis.del('referat').locator('.caret');
	await expect(caret).toHaveAttribute('data-navn', firstName('veileder'));
	await expect(caret).toHaveCSS('border-left-style', 'solid');
	await expect(lis.del('forberedelse').locator('.caret')).toHaveCount(0);

	await veileder.page.keyboard.press('Shift+Home');
	await expect(lis.del('referat').locator('.caret-selection')).toHaveText('Her er jeg');
	await veileder.write('forberedelse', 'Nå her');
	await expect(lis.del('forberedelse').locator('.caret')).toHaveAttribute('data-navn', firstName('veileder'));
	await expect(caret).toHaveCount(0);
});

test('what the toolbar makes of the text, the other one sees', async ({ as }) => {
	const { lis, veileder } = await together(as);
	const { keyboard } = lis.page;
	const seen = veileder.del('referat');
	const press = (name: string) => lis.tool('referat', name).click();
	const newParagraph = async (times = 1) => {
		for (let i = 0; i < times; i++) await keyboard.press('Enter');
	};

	await lis.del('referat').click();
	await press(tekst('editor_overskrift', { niva: '2' }));
	await keyboard.type('Overskriften');
	await expect(seen.locator('h4')).toHaveText('Overskriften');
	await newParagraph();
	await press(tekst('editor_fet'));
	await expect(lis.tool('referat', tekst('editor_fet'))).toHaveAttribute('aria-pressed', 'true');
	await keyboard.type('fet');
	await press(tekst('editor_fet'));
	await press(tekst('editor_kursiv'));
	await keyboard.type('kursiv');
	await press(tekst('editor_kursiv'));
	await expect(seen.locator('strong')).toHaveText('fet');
	await expect(seen.locator('em')).toHaveText('kursiv');

	await newParagraph();
	await press(tekst('editor_punktliste'));
	await keyboard.type('punkt');
	await newParagraph();
	await press(tekst('editor_rykk_inn'));
	await keyboard.type('underpunkt');
	await expect(seen.locator('ul ul > li')).toHaveText('underpunkt');
	await press(tekst('editor_rykk_ut'));
	await newParagraph(2);
	await press(tekst('editor_nummerliste'));
	await keyboard.type('først');
	await expect(seen.locator('ol > li')).toHaveText('først');
	await newParagraph(2);
	await press(tekst('editor_oppgaveliste'));
	await keyboard.type('ringe legevakta');
	const task = seen.getByRole('checkbox', { name: tekst('editor_oppgave', { tekst: 'ringe legevakta' }) });
	await expect(task).not.toBeChecked();
	await newParagraph(2);
	await press(tekst('editor_sitat'));
	await keyboard.type('sitert');
	await expect(seen.locator('blockquote')).toHaveText('sitert');
	await newParagraph(2);
	await press(tekst('editor_lenke'));
	await lis.page.getByRole('dialog').getByLabel(tekst('editor_lenke_adresse')).fill('helsedirektoratet.no');
	await lis.page.getByRole('button', { name: tekst('editor_lenke_lagre') }).click();
	await expect(seen.getByRole('link')).toHaveAttribute('href', 'https://helsedirektoratet.no');

	await task.check();
	await expect(
		lis.del('referat').getByRole('checkbox', { name: tekst('editor_oppgave', { tekst: 'ringe legevakta' }) })
	).toBeChecked();
	await converged(lis, veileder);
});

test('what keys make of the text, the other one sees', async ({ as }) => {
	const { lis, veileder } = await together(as);
	const { keyboard } = lis.page;
	const seen = veileder.del('forberedelse');

	await lis.del('forberedelse').focus();
	await keyboard.type('# Øverst');
	await expect(seen.locator('h3')).toHaveText('Øverst');
	await keyboard.press('Enter');
	await keyboard.press('Control+Alt+3');
	await keyboard.type('Lenger ned');
	await expect(seen.locator('h5')).toHaveText('Lenger ned');
	await keyboard.press('Enter');
	await keyboard.press('Control+b');
	await keyboard.type('fet');
	await keyboard.press('Control+b');
	await keyboard.press('Control+i');
	await keyboard.type('kursiv');
	await keyboard.press('Control+i');
	await expect(seen.locator('strong')).toHaveText('fet');
	await expect(seen.locator('em')).toHaveText('kursiv');
	await keyboard.press('Enter');
	await keyboard.type('- punkt');
	await expect(seen.locator('ul > li')).toHaveText('punkt');
	await keyboard.press('Enter');
	await keyboard.press('Control+]');
	await keyboard.type('under');
	await expect(seen.locator('ul ul > li')).toHaveText('under');
	await keyboard.press('Control+[');
	await keyboard.press('Enter');
	await keyboard.press('Enter');
	await keyboard.type('1. nummer');
	await expect(seen.locator('ol > li')).toHaveText('nummer');
	await keyboard.press('Enter');
	await keyboard.press('Enter');
	await keyboard.press('Control+Shift+9');
	await keyboard.type('oppgave');
	await expect(seen.locator('[data-type=taskList] > li')).toContainText('oppgave');
	await keyboard.press('Enter');
	await keyboard.press('Enter');
	await keyboard.type('> sitat');
	await expect(seen.locator('blockquote')).toHaveText('sitat');
	await keyboard.press('Enter');
	await keyboard.press('Enter');
	await keyboard.type('lenke');
	await keyboard.press('Shift+Home');
	await keyboard.press('Control+k');
	await lis.page.getByRole('dialog').getByLabel(tekst('editor_lenke_adresse')).fill('https://www.fhi.no/');
	await keyboard.press('Enter');
	await expect(seen.getByRole('link', { name: 'lenke' })).toHaveAttribute('href', 'https://www.fhi.no/');
	await converged(lis, veileder);
});

test('a link that is not one is refused with words', async ({ as }) => {
	const { lis } = await together(as);
	await lis.del('referat').focus();
	await lis.page.keyboard.press('Control+k');
	const address = lis.page.getByRole('dialog').getByLabel(tekst('editor_lenke_adresse'));
	await address.fill('javascript:alert(1)');
	await lis.page.keyboard.press('Enter');
	await expect(lis.page.getByText(tekst('editor_lenke_ugyldig'))).toBeVisible();
	await expect(address).toBeFocused();
	await expect(address).toHaveAttribute('aria-invalid', 'true');
	await lis.page.keyboard.press('Escape');
	await expect(lis.del('referat')).toBeFocused();
});

test('undo takes back one’s own edits only', async ({ as }) => {
	const { lis, veileder } = await together(as);
	await lis.write('referat', 'Noras setning. ');
	await expect(veileder.del('referat')).toContainText('Noras setning.');
	await veileder.write('referat', 'Karis setning.');
	await expect(lis.del('referat')).toContainText('Karis setning.');

	await lis.del('referat').focus();
	await lis.page.keyboard.press('Control+z');
	await expect(veileder.del('referat')).not.toContainText('Noras');
	await expect(veileder.del('referat')).toContainText('Karis setning.');
	await lis.tool('referat', tekst('editor_gjor_om')).click();
	await expect(veileder.del('referat')).toContainText('Noras setning.');
	await lis.tool('referat', tekst('editor_angre')).click();
	await expect(lis.del('referat')).toHaveText('Karis setning.');
	await converged(lis, veileder);
	await expect(lis.tool('referat', tekst('editor_angre'))).toHaveAttribute('aria-disabled', 'true');
});

test('two tabs of one person are one person, and both can be written in', async ({ as }) => {
	const { id, lis, veileder } = await together(as);
	const second = await Samtaleside.open(await lis.page.context().newPage(), id);
	await lis.write('referat', 'Fra den ene fanen. ');
	await expect(second.del('referat')).toContainText('Fra den ene fanen.');
	await second.write('referat', 'Fra den andre.');
	await converged(lis, second);
	await converged(lis, veileder);
	await expect(veileder.tilstede.locator('.avatar')).toHaveText(['KN', 'NH']);
	await second.page.close();
	await lis.write('forberedelse', 'Fortsatt her.');
	await expect(veileder.del('forberedelse')).toHaveText('Fortsatt her.');
	await expect(veileder.tilstede).toContainText(firstName('lis'));
});

test('the last known content stands on the page before scripts have run', async ({ as, browse }) => {
	const { id, lis } = await together(as);
	await lis.write('referat', 'Står på siden fra tjeneren.');
	await lis.saved();
	const context = await browse({ javaScriptEnabled: false });
	await context.addCookies(await lis.page.context().cookies());
	const page = await context.newPage();
	await page.goto(`/samtaler/${id}`);
	await expect(page.locator('#referat')).toContainText('Står på siden fra tjeneren.');
	await expect(page.locator('#referat')).toContainText(monster('editor_kobler_til'));
});
