import * as v from 'valibot';
import { SPRAK } from '../actor.ts';
import { erArbeidsstedSlag, type ArbeidsstedSlag } from '../arbeidssted.ts';
import { epostfelt, linje, valgfriLinje } from '../felt.ts';
import { erMobil } from '../konto/skjema.ts';
import { erDato } from '../samtale/skjema.ts';
import { passordFeil } from './passord.ts';

/** What a person tells when they register, or accept their first invitation (S1, S2). Messages are keys of the message files. */

/** The choice in the list of workplaces that opens the fields for one that is not in it. */
export const ANNET_STED = 'annet';

/** Fields of both forms, as they are called there. */
export const PERSON_FELTER = [
	...(['epost', 'mobil', 'arbeidssted', 'kommune', 'stedsnavn', 'slag', 'stilling', 'sprak', 'hpr'] as const),
	...(['brukernavn', 'passord'] as const)
];
export const REGISTRER_FELTER = [...PERSON_FELTER, 'start'] as const;

/** A user name as the database keeps it: lower case. Letters and numbers, and . _ - between them. */
export function erBrukernavn(tekst: string): boolean {
	return /^[\p{Ll}\p{N}]([\p{Ll}\p{N}._-]{0,62}[\p{Ll}\p{N}])$/u.test(tekst);
}

/** A workplace: one from the list, or a new one in a kommune; null when none is given. */
export type Sted = { id: string } | { kommune: string; navn: string; slag: ArbeidsstedSlag } | null;

const felter = {
	epost: epostfelt,
	mobil: v.pipe(
		linje(30),
		v.check((t) => t !== '', 'registrering_feil_mobil_mangler'),
		v.check((t) => t === '' || erMobil(t), 'konto_feil_mobil')
	),
	arbeidssted: linje(40),
	kommune: linje(4),
	stedsnavn: linje(200),
	slag: linje(20),
	stilling: valgfriLinje(200),
	sprak: v.picklist(SPRAK, 'felles_feil_ugyldig'),
	hpr: v.pipe(
		valgfriLinje(20),
		v.check((t) => t === null || /^[0-9]{1,9}$/.test(t), 'registrering_feil_hpr')
	),
	brukernavn: v.pipe(
		valgfriLinje(64),
		v.transform((t) => t?.toLowerCase() ?? null),
		v.check((t) => t === null || erBrukernavn(t), 'registrering_feil_brukernavn')
	),
	passord: v.pipe(
		v.optional(v.string(), ''),
		v.transform((t) => (t === '' ? null : t))
	)
};

type Lest = v.InferOutput<v.ObjectSchema<typeof felter, undefined>>;
export type Person = Pick<Lest, 'epost' | 'mobil' | 'stilling' | 'sprak' | 'hpr' | 'brukernavn' | 'passord'> & {
	sted: Sted;
};

/** The form of somebody who accepts an invitation; `navn` is the one of their electronic ID. */
export const personSkjema = (navn: string) =>
	v.pipe(
		v.object(felter),
		v.forward(
			v.check((p) => p.arbeidssted !== ANNET_STED || p.stedsnavn !== '', 'registrering_feil_sted_mangler'),
			['stedsnavn']
		),
		v.forward(
			v.check((p) => p.arbeidssted !== ANNET_STED || /^\d{4}$/.test(p.kommune), 'registrering_feil_kommune'),
			['kommune']
		),
		v.forward(
			v.check((p) => p.arbeidssted !== ANNET_STED || erArbeidsstedSlag(p.slag), 'registrering_feil_slag'),
			['slag']
		),
		v.forward(
			v.check((p) => p.passord === null || p.brukernavn !== null, 'registrering_feil_brukernavn_mangler'),
			['brukernavn']
		),
		v.rawCheck(({ dataset, addIssue }) => {
			if (!dataset.typed || dataset.value.passord === null) return;
			const { passord, brukernavn, epost } = dataset.value;
			const message = passordFeil(passord, [navn, brukernavn ?? '', epost]);
			if (message)
				addIssue({
					message,
					path: [{ type: 'object', origin: 'value', input: dataset.value, key: 'passord', value: undefined }]
				});
		}),
		v.transform((p): Person & { [K in 'navn']: string } => ({
			navn,
			epost: p.epost,
			mobil: p.mobil,
			stilling: p.stilling,
			sprak: p.sprak,
			hpr: p.hpr,
			brukernavn: p.brukernavn,
			passord: p.passord,
			sted: stedAv(p)
		}))
	);

function stedAv({ arbeidssted, kommune, stedsnavn, slag }: Lest): Sted {
	if (arbeidssted === ANNET_STED) return erArbeidsstedSlag(slag) ? { kommune, navn: stedsnavn, slag } : null;
	return arbeidssted === '' ? null : { id: arbeidssted };
}

/** The first day of the service, of a LIS who registers. */
export const startSkjema = v.object({
	start: v.pipe(
		linje(10),
		v.check((t) => t !== '', 'registrering_feil_start_mangler'),
		v.check((t) => t === '' || erDato(t), 'samtale_feil_dato')
	)
});
