import type { Sprak } from '#lib/domain/actor.ts';
import { isFodselsnummer } from '#lib/domain/fodselsnummer.ts';
import { erTryggLinje } from '#lib/domain/tekst.ts';
import type { EidProfile } from '../../config-values.ts';
import { EidFeil } from './feil.ts';

/** What a provider has proven of somebody. The pid goes no further than to its hash and its sealing. */
export type EidPerson = { pid: string; navn: string; hprNummer: string | null; sid: string | null };

type Claims = Record<string, unknown>;

type Profil = {
	/** What is asked for. */
	parametre: Record<string, string>;
	/** `typ` of the client's assertions, where the provider asks for one. */
	assertionTyp: string | undefined;
	/** Whether access tokens must be bound to a key of ours. */
	dpop: boolean;
	/** Idle time that the provider's terms allow a session, in milliseconds. */
	idleMs: number | undefined;
	/** The log-in was at the highest level. */
	hoytNiva: (claims: Claims) => boolean;
	pidClaim: string;
	hprClaim: string | undefined;
};

/** The two providers (product.md, «Rules from the field»). */
export const PROFILER: Record<EidProfile, Profil> = {
	helseid: {
		parametre: {
			scope:
				'openid profile helseid://scopes/identity/pid helseid://scopes/identity/security_level helseid://scopes/hpr/hpr_number',
			acr_values: 'Level4'
		},
		assertionTyp: 'client-authentication+jwt',
		dpop: true,
		idleMs: undefined,
		hoytNiva: (claims) => claims['helseid://claims/identity/security_level'] === '4',
		pidClaim: 'helseid://claims/identity/pid',
		hprClaim: 'helseid://claims/hpr/hpr_number'
	},
	idporten: {
		parametre: { scope: 'openid profile', acr_values: 'idporten-loa-high' },
		assertionTyp: undefined,
		dpop: false,
		idleMs: 30 * 60 * 1000,
		hoytNiva: (claims) => claims['acr'] === 'idporten-loa-high',
		pidClaim: 'pid',
		hprClaim: undefined
	}
};

/** The language of the provider's pages: the person's, then what they would rather read. */
export const UI_LOCALES: Record<Sprak, string> = { nb: 'nb nn en', nn: 'nn nb en', en: 'en nb' };

/**
 * Reads the claims of an id_token whose signature, issuer, audience, nonce and age hold.
 * @throws EidFeil `lavt_niva` below the highest level, `uten_pid` without a valid fødselsnummer or D-nummer
 */
export function personAv(profil: EidProfile, claims: Claims): EidPerson {
	const { hoytNiva, pidClaim, hprClaim } = PROFILER[profil];
	if (!hoytNiva(claims)) throw new EidFeil('lavt_niva', 'level');
	const pid = claims[pidClaim];
	if (typeof pid !== 'string' || !isFodselsnummer(pid)) throw new EidFeil('uten_pid', 'pid');
	return {
		pid,
		navn: navnAv(claims),
		hprNummer: hprClaim === undefined ? null : hprAv(claims[hprClaim]),
		sid: linje(claims['sid'], 200)
	};
}

function navnAv(claims: Claims): string {
	const deler = [claims['given_name'], claims['middle_name'], claims['family_name']];
	const satt = deler.flatMap((del) => linje(del, 200) ?? []).join(' ');
	return linje(claims['name'], 200) ?? linje(satt, 200) ?? '';
}

function hprAv(verdi: unknown): string | null {
	const tekst = typeof verdi === 'number' ? String(verdi) : verdi;
	return typeof tekst === 'string' && /^[1-9]\d{0,8}$/.test(tekst) ? tekst : null;
}

/** A text that may be shown as it is, without what surrounds it; null for any other value. */
function linje(verdi: unknown, lengst: number): string | null {
	const tekst = typeof verdi === 'string' ? verdi.trim() : '';
	return tekst !== '' && tekst.length <= lengst && erTryggLinje(tekst) ? tekst : null;
}
