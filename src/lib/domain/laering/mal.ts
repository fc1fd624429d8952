import { AppError } from '../feil.ts';

/** in progress → sent → approved · sent back · underkjent; approval withdrawn (product.md, «States», læringsmål). */
export const MAL_STATUSER = ['pagar', 'sendt', 'godkjent', 'sendt_tilbake', 'underkjent', 'trukket'] as const;
export type MalStatus = (typeof MAL_STATUSER)[number];

/** What can be done. `bekreft` and `trekkBekreftelse` are Helsedirektoratet's and change no status by themselves. */
export type MalHandling =
	'send' | 'trekk' | 'godkjenn' | 'sendTilbake' | 'underkjenn' | 'trekkGodkjenning' | 'bekreft' | 'trekkBekreftelse';

const OVERGANGER: Record<MalHandling, Partial<Record<MalStatus, MalStatus>>> = {
	send: { pagar: 'sendt', sendt_tilbake: 'sendt', underkjent: 'sendt', trukket: 'sendt' },
	trekk: { sendt: 'pagar' },
	godkjenn: { sendt: 'godkjent' },
	sendTilbake: { sendt: 'sendt_tilbake' },
	underkjenn: { sendt: 'underkjent' },
	trekkGodkjenning: { godkjent: 'trukket' },
	bekreft: { godkjent: 'godkjent' },
	trekkBekreftelse: { godkjent: 'trukket' }
};

/** Why an act does not fit, as a message key: the state somebody may have brought about meanwhile. */
export const HVORFOR_IKKE: Record<MalStatus, string> = {
	pagar: 'laering_konflikt_mal_pagar',
	sendt: 'laering_konflikt_mal_sendt',
	godkjent: 'laering_konflikt_mal_godkjent',
	sendt_tilbake: 'laering_konflikt_mal_sendt_tilbake',
	underkjent: 'laering_konflikt_mal_underkjent',
	trukket: 'laering_konflikt_mal_trukket'
};

/** The status after an act; `bekreftet`: Helsedirektoratet has confirmed it. Throws a conflict that says where the goal stands. */
export function overgang(mal: { status: MalStatus; bekreftet: boolean }, handling: MalHandling): MalStatus {
	const til = OVERGANGER[handling][mal.status];
	if (til === undefined) throw new AppError('conflict', { reason: HVORFOR_IKKE[mal.status] });
	// What Helsedirektoratet has confirmed only Helsedirektoratet takes back; what is not confirmed it has nothing to take back.
	if ((handling === 'trekkGodkjenning' || handling === 'bekreft') && mal.bekreftet)
		throw new AppError('conflict', { reason: 'laering_konflikt_mal_bekreftet' });
	if (handling === 'trekkBekreftelse' && !mal.bekreftet)
		throw new AppError('conflict', { reason: 'laering_konflikt_mal_ikke_bekreftet' });
	return til;
}

/** Whether the act is possible in this state. */
export function kanGjores(mal: { status: MalStatus; bekreftet: boolean }, handling: MalHandling): boolean {
	try {
		overgang(mal, handling);
		return true;
	} catch (error) {
		if (error instanceof AppError) return false;
		throw error;
	}
}

/** Whether a recommendation can be given or taken back: not once the goal is approved, which rests on those that stand. */
export function kanAnbefales(status: MalStatus): boolean {
	return status !== 'godkjent';
}

/** What an approval lacks: krav that are not fulfilled, the veileder's recommendation, a supervisør's. */
export type Mangler = { krav: number; veileder: boolean; supervisor: boolean };

/** The choices that a leder has for approving with something missing (product.md, «Rules from the field»). */
export const UTEN = ['muntlig', 'vurderingskollegium', 'annet'] as const;
export type Uten = (typeof UTEN)[number];

/** Whether approving needs a reason; the database holds the same rule. */
export function trengerGrunn({ krav, veileder, supervisor }: Mangler): boolean {
	return krav > 0 || veileder || supervisor;
}
