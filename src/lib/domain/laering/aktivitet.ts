import { AppError } from '../feil.ts';

/** draft → sent → signed · underkjent · recalled → draft; or registered where no supervisør signs (product.md, «States», registrering). */
export type AktivitetStatus = 'kladd' | 'sendt' | 'signert' | 'underkjent' | 'registrert';

/** What fulfils a krav, and what an aktivitet is: signed by a supervisør, registered by the LIS, a course certificate, or evidence from the hospital. */
export const AKTIVITET_SLAG = ['signeres', 'egenregistrert', 'kursbevis', 'fra_sykehus'] as const;
export type AktivitetSlag = (typeof AKTIVITET_SLAG)[number];
export type KravSlag = Exclude<AktivitetSlag, 'fra_sykehus'>;

/** The two courses that legevakt without bakvakt asks for. */
export const KURS = ['akuttmedisin', 'vold_og_overgrep'] as const;
export type Kurs = (typeof KURS)[number];

/** What can be done with one. `angre`: the LIS takes it back to a draft, to mend it; `annuller`: the wrong person scanned the code. */
export type AktivitetHandling =
	'endre' | 'slett' | 'send' | 'registrer' | 'trekk' | 'angre' | 'signer' | 'underkjenn' | 'annuller';

const OVERGANGER: Record<AktivitetHandling, Partial<Record<AktivitetStatus, AktivitetStatus>>> = {
	endre: { kladd: 'kladd' },
	slett: { kladd: 'kladd' },
	send: { kladd: 'sendt' },
	registrer: { kladd: 'registrert' },
	trekk: { sendt: 'kladd' },
	angre: { underkjent: 'kladd', registrert: 'kladd' },
	signer: { sendt: 'signert' },
	underkjenn: { sendt: 'underkjent' },
	annuller: { signert: 'kladd' }
};

/** The status after an act. Throws a conflict that says where the aktivitet stands. */
export function overgang(
	aktivitet: { status: AktivitetStatus; slag: AktivitetSlag },
	handling: AktivitetHandling
): AktivitetStatus {
	const til = OVERGANGER[handling][aktivitet.status];
	const passer =
		handling === 'send' ? aktivitet.slag === 'signeres' : handling !== 'registrer' || aktivitet.slag !== 'signeres';
	if (til === undefined || !passer) throw new AppError('conflict', { reason: HVORFOR_IKKE[aktivitet.status] });
	return til;
}

/** Whether the act is possible in this state. */
export function kanGjores(
	aktivitet: { status: AktivitetStatus; slag: AktivitetSlag },
	handling: AktivitetHandling
): boolean {
	try {
		overgang(aktivitet, handling);
		return true;
	} catch (error) {
		if (error instanceof AppError) return false;
		throw error;
	}
}

/** Why an act does not fit, as a message key: the state somebody may have brought about meanwhile. */
const HVORFOR_IKKE: Record<AktivitetStatus, string> = {
	kladd: 'laering_konflikt_aktivitet_kladd',
	sendt: 'laering_konflikt_aktivitet_sendt',
	signert: 'laering_konflikt_aktivitet_signert',
	underkjent: 'laering_konflikt_aktivitet_underkjent',
	registrert: 'laering_konflikt_aktivitet_registrert'
};

/** Whether it fulfils the krav that it names. */
export function fullforer(status: AktivitetStatus): boolean {
	return status === 'signert' || status === 'registrert';
}
