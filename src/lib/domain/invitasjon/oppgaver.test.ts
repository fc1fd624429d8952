import { expect, test } from 'vitest';
import type { RelasjonRolle } from '../actor.ts';
import type { InvitasjonStatus } from './invitasjon.ts';
import { rolleoppgaver } from './oppgaver.ts';

const NA = new Date('2026-11-22T12:00:00Z');
const FOR = new Date(NA.getTime() - 1);
const ETTER = new Date(NA.getTime() + 1);
const alle: RelasjonRolle[] = ['leder', 'veileder', 'supervisor'];
const uten = (rolle: RelasjonRolle) => alle.filter((r) => r !== rolle);
const til = (
	status: InvitasjonStatus,
	{ utloperAt = ETTER, slutt = null as Date | null, navn = 'Kari Nordby' } = {}
) => ({
	...{ status, utloperAt, navn },
	roller: [{ rolle: 'leder' as const, til: slutt }]
});
const leder = (invitasjoner: ReturnType<typeof til>[], vetIkke: RelasjonRolle[] = []) =>
	rolleoppgaver({ innehatt: uten('leder'), invitasjoner, vetIkke }, NA);

test('nothing is left when every role is held, whatever else was said', () => {
	expect(rolleoppgaver({ innehatt: alle, invitasjoner: [til('sendt')], vetIkke: alle }, NA)).toEqual([]);
});

test.each<[string, ReturnType<typeof til>[], object]>([
	['nobody invited', [], { tilstand: 'vet_ikke' }],
	['sent', [til('sendt')], { tilstand: 'venter', navn: 'Kari Nordby' }],
	['opened', [til('apnet')], { tilstand: 'venter', navn: 'Kari Nordby' }],
	[
		'by another name',
		[til('sendt'), til('til_bekreftelse', { navn: 'Per Berg' })],
		{ tilstand: 'bekreft', navn: 'Per Berg' }
	],
	['two out', [til('sendt', { navn: 'Per Berg' }), til('apnet')], { tilstand: 'venter', navn: 'Per Berg' }],
	['past its deadline', [til('apnet', { utloperAt: FOR })], { tilstand: 'vet_ikke' }],
	['declined', [til('avslatt'), til('ikke_meg'), til('trukket'), til('utlopt')], { tilstand: 'vet_ikke' }],
	['accepted, and ended since', [til('akseptert')], { tilstand: 'vet_ikke' }],
	['a deputy', [til('sendt', { slutt: ETTER })], { tilstand: 'vet_ikke' }]
])('a leder is missing: %s', (_hva, invitasjoner, oppgave) => {
	expect(leder(invitasjoner, ['leder'])).toEqual([{ rolle: 'leder', ...oppgave }]);
});

test('a role that nothing was said of is missing too', () => {
	expect(leder([])).toEqual([{ rolle: 'leder', tilstand: 'mangler' }]);
});
