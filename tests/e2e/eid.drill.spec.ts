import { sendSignal } from '../../scripts/lib/processes.ts';
import { acceptAs, expect, follow, invite, newAddress, stranger, test } from '../support/browser-folk.ts';
import { findPids } from '../support/drill.ts';
import { tekst } from '../support/browser-text.ts';

/** The provider of electronic ID does not answer: alone, since everybody else would wait with it. */

test('while the provider is away one is told so in plain words, and goes on where one was when it is back', async ({
	make,
	pageOf,
	browse
}) => {
	const lis = await make('Aud Ness', { lis: true });
	const epost = newAddress();
	await invite(await pageOf(lis), 'Egil Rud', epost, 'supervisor');
	const guest = await follow(await browse(), epost);
	const { 'test-eid': provider } = await findPids();
	expect(provider).toBeDefined();
	sendSignal(provider ?? 0, 'SIGSTOP');
	try {
		await guest.getByRole('button', { name: tekst('invitasjon_aksepter'), exact: true }).click();
		await expect(guest.getByText(tekst('eid_feil_utilgjengelig'))).toBeVisible();
		await expect(guest).toHaveURL(/\/eid\/feil\?grunn=utilgjengelig&neste=%2Finvitasjon$/);
		await guest.getByRole('link', { name: tekst('eid_feil_til_innlogging') }).click();
		await expect(guest.getByLabel(tekst('innlogging_brukernavn'))).toBeVisible();
		await guest.goto('/invitasjon');
	} finally {
		sendSignal(provider ?? 0, 'SIGCONT');
	}
	await acceptAs(guest, stranger('Egil Rud'));
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText(tekst('invitasjon_kvittering_tittel'));
});
