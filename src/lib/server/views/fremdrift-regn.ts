import { dagINorge } from '#lib/domain/dager.ts';
import { beregnFremdrift, type Fremdrift } from '#lib/domain/laering/fremdrift.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { grupperStaende, type Hos, type Staende, type StarHos } from '#lib/domain/laering/standing.ts';
import type { Ctx } from '../ctx.ts';
import type { FremdriftRad } from '../queries/fremdrift.ts';

/** What is to be done by the one it stands with. */
export type Venter = 'signering' | 'godkjenning' | 'anbefaling';

/** The 26 weeks of a LIS whose first day is known. */
export function regnFremdrift(rad: FremdriftRad, now: Date): Fremdrift | null {
	const { startDato, fravaer, mal } = rad;
	return startDato === null
		? null
		: beregnFremdrift({ startDato, idag: dagINorge(now), fravaer, mal, antallMal: mal.length });
}

export type StarHosMed<T> = Omit<StarHos, 'saker'> & { saker: (StarHos['saker'][number] & T)[] };

/**
 * What stands with whom, of one LIS. A goal that was sent stands with the leder, and with the veileder as long as they have not recommended it, for
 * the leder should have that first. Where somebody has a deputy it stands with the asker when they are one of the two, else with the first.
 */
export function regnStaende(
	rad: FremdriftRad,
	ctx: Pick<Ctx, 'actor' | 'now'>,
	tittel: { mal: (kode: string) => Tospraklig | null; krav: (id: string) => Tospraklig | null }
): { grupper: StarHosMed<{ hva: Venter; tekst: Tospraklig | null }>[]; utenLeder: number } {
	const sendte = rad.mal.filter(({ status }) => status === 'sendt');
	const leder = hos(rad, 'leder', ctx.actor.brukerId);
	const veileder = hos(rad, 'veileder', ctx.actor.brukerId);
	const staende: Staende[] = rad.venter.map(({ id, sendtAt, supervisorId, navn }) => ({
		...{ type: 'aktivitet', id: `signering ${id}`, tittel: '', siden: new Date(sendtAt) },
		hos: { personId: supervisorId, navn, rolle: 'supervisor' }
	}));
	for (const { kode, sendtAt, anbefalt } of sendte) {
		const mal = { type: 'mal', tittel: kode, siden: new Date(sendtAt ?? ctx.now) } as const;
		if (leder) staende.push({ ...mal, id: `godkjenning ${kode}`, hos: leder });
		if (veileder && !anbefalt) staende.push({ ...mal, id: `anbefaling ${kode}`, hos: veileder });
	}
	const kravAv = new Map(rad.venter.map(({ id, kravId }) => [id, kravId]));
	const grupper = grupperStaende(staende, ctx.now).map(({ saker, ...gruppe }) => ({
		...gruppe,
		saker: saker.map((sak) => {
			const [hva, id = ''] = sak.id.split(' ') as [Venter, string?];
			const tekst = hva === 'signering' ? tittel.krav(kravAv.get(id) ?? '') : tittel.mal(id);
			return { ...sak, id, hva, tekst };
		})
	}));
	return { grupper, utenLeder: leder ? 0 : sendte.length };
}

function hos(rad: FremdriftRad, rolle: 'leder' | 'veileder', spor: string): Hos | null {
	const mulige = rad.folk.filter((person) => person.rolle === rolle);
	const person = mulige.find(({ id }) => id === spor) ?? mulige[0];
	return person ? { personId: person.id, navn: person.navn, rolle } : null;
}
