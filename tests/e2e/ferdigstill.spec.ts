import { expect, test } from '../support/browser.ts';
import { planned, together, type Samtaleside } from '../support/browser-samtale.ts';
import { monster, tekst } from '../support/browser-text.ts';

test.describe.configure({ mode: 'parallel' });

const knapp = (side: Samtaleside, name: string) => side.page.getByRole('button', { name, exact: true });

test('the veileder finalizes while the LIS types: both read-only at once, the late text is offered to its author, the hash stays', async ({
	as,
	faults
}) => {
	faults.expect(/ERR_INTERNET_DISCONNECTED|WebSocket connection to .* failed/);
	const { lis, veileder, id } = await together(as);
	await veileder.write('referat', 'Gikk gjennom to forløp.');
	await veileder.saved();
	await expect(lis.del('referat')).toContainText('Gikk gjennom to forløp.');
	await lis.write('forberedelse', 'Vil snakke om søvn.');
	await lis.saved();

	// «Ferdigstill»: what will be frozen is shown, cancel has the focus, and nobody can write.
	await knapp(veileder, tekst('ferdigstill_knapp')).click();
	const dialog = veileder.page.getByRole('dialog', { name: tekst('ferdigstill_dialog_tittel') });
	await expect(dialog).toContainText('Gikk gjennom to forløp.');
	await expect(dialog).toContainText('Vil snakke om søvn.');
	await expect(dialog.getByRole('button', { name: tekst('ferdigstill_avbryt') })).toBeFocused();
	await expect(lis.page.getByText(tekst('editor_banner_stenges')).first()).toBeVisible();
	await expect(lis.del('referat')).toHaveAttribute('contenteditable', 'false');

	// Cancelled: people write on. Escape cancels as well.
	await veileder.page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(lis.del('referat')).toHaveAttribute('contenteditable', 'true');

	// Without a network the LIS types on, and does not hear of the end.
	await lis.page.context().setOffline(true);
	await lis.write('referat', 'Dette kom for sent.');
	await knapp(veileder, tekst('ferdigstill_knapp')).click();
	await veileder.page.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	await expect(veileder.page.getByText(monster('ferdigstill_av', { navn: 'Kari Nordby' }))).toBeVisible();
	await lis.page.context().setOffline(false);
	await expect(lis.page.getByTestId('ikke-lagret').getByRole('textbox')).toHaveValue(/Dette kom for sent\./);
	await expect(lis.page.locator('[contenteditable=true]')).toHaveCount(0);
	await expect(veileder.page.locator('[contenteditable=true]')).toHaveCount(0);

	// The frozen page is HTML for ever: the same for both, without scripts too.
	const sum = await veileder.page.getByTestId('kontrollsum').textContent();
	expect(sum).toMatch(/^[0-9a-f]{64}$/);
	const uten = await as('lis', { javaScriptEnabled: false });
	await uten.goto(`/samtaler/${id}`);
	await expect(uten.locator('main')).toContainText('Gikk gjennom to forløp.');
	await expect(uten.locator('main')).not.toContainText('Dette kom for sent.');
	expect(await uten.getByTestId('kontrollsum').textContent()).toBe(sum);
	await expect(uten.getByRole('button', { name: tekst('ferdigstill_knapp') })).toHaveCount(0);
});

test('what changed after it was shown is not frozen: the new state is shown, and nothing is ferdigstilt', async ({
	as
}) => {
	const { lis, veileder, id } = await together(as);
	await lis.write('referat', 'Noe å ferdigstille.');
	await lis.saved();
	await expect(veileder.del('referat')).toContainText('Noe å ferdigstille.');
	await knapp(veileder, tekst('ferdigstill_knapp')).click();
	const dialog = veileder.page.getByRole('dialog', { name: tekst('ferdigstill_dialog_tittel') });
	await expect(dialog).toBeVisible();
	// The same person, in a second tab, changes the place meanwhile.
	const answer = await veileder.page.request.post(`/samtaler/${id}?/tid`, {
		form: { dato: planned().dato, fra: '09:00', til: '', sted: 'Et annet sted', versjon: '1' },
		headers: { origin: new URL(veileder.page.url()).origin, accept: 'text/html' }
	});
	expect(answer.status()).toBe(200);
	await dialog.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	await expect(dialog.getByRole('alert')).toHaveText(tekst('samtale_konflikt_ikke_det_viste'));
	await expect(dialog).toContainText('Et annet sted');
	await dialog.getByRole('button', { name: tekst('ferdigstill_bekreft') }).click();
	await expect(veileder.page.getByText(monster('ferdigstill_av', { navn: 'Kari Nordby' }))).toBeVisible();
});

test('the LIS has no Ferdigstill, and a samtale without words has none', async ({ as }) => {
	const { lis, veileder, id } = await together(as);
	await expect(knapp(veileder, tekst('ferdigstill_knapp'))).toHaveCount(0);
	await lis.write('referat', 'Ord.');
	await lis.saved();
	await expect(knapp(lis, tekst('ferdigstill_knapp'))).toHaveCount(0);
	const origin = new URL(lis.page.url()).origin;
	for (const action of ['ferdigstill', 'bekreft', 'avbryt']) {
		const answer = await lis.page.request.post(`/samtaler/${id}?/${action}`, {
			form: { seq: '2', hash: '0'.repeat(64), versjon: '1' },
			headers: { origin, accept: 'text/html' }
		});
		expect(answer.status()).toBe(403);
	}
});
