import * as v from 'valibot';
import type { RelasjonRolle } from '../actor.ts';
import { erNavn, epostfelt, linje } from '../felt.ts';
import { erDato } from '../samtale/skjema.ts';

/** The forms around invitations. Field names carry the row's number, so that they work without scripts. */

/** The roles that one can be invited to, in the order in which they are asked for. */
export const INVITERBARE = ['leder', 'veileder', 'supervisor'] as const satisfies readonly RelasjonRolle[];
/** A LIS has at most one of each of these at a time (product.md, «Roles»). */
const EN_AV = ['leder', 'veileder'] as const satisfies readonly RelasjonRolle[];
/** As many people as one form takes. */
export const MAKS_RADER = 6;

/** Every field of the form for `MAKS_RADER` people. */
export const INVITER_FELTER: string[] = [
	...Array.from({ length: MAKS_RADER }, (_, rad) => [
		`navn-${rad}`,
		`epost-${rad}`,
		...INVITERBARE.map((rolle) => `${rolle}-${rad}`)
	]).flat(),
	...INVITERBARE.map((rolle) => `mangler-${rolle}`),
	'del'
];

export type NyInvitert = { navn: string; epost: string; roller: RelasjonRolle[] };
export type Invitering = { personer: NyInvitert[]; mangler: RelasjonRolle[]; delTidligere: boolean };

const navnefelt = v.pipe(
	linje(100),
	v.check((t) => t !== '', 'invitasjon_feil_navn_mangler'),
	v.check((t) => t === '' || erNavn(t), 'invitasjon_feil_navn')
);
const radSkjema = v.object({ navn: navnefelt, epost: epostfelt });

/**
 * People to invite, several at once. A row without name and address is left out; two rows with one address are one person.
 * @param alle each role must be filled or said «Vet ikke ennå» to (registration)
 */
export const inviterSkjema = ({ alle }: { alle: boolean }) =>
	v.pipe(
		v.record(v.string(), v.string()),
		v.rawTransform(({ dataset, addIssue, NEVER }): Invitering => {
			const felt = dataset.value;
			const feil = (navn: string, message: string) =>
				addIssue({
					message,
					path: [{ type: 'object', origin: 'value', input: felt, key: navn, value: felt[navn] }]
				});
			const personer = new Map<string, NyInvitert>();
			const opptatt = new Set<RelasjonRolle>();
			let tomt = true;
			for (let rad = 0; rad < MAKS_RADER; rad++) {
				const verdier = { navn: felt[`navn-${rad}`] ?? '', epost: felt[`epost-${rad}`] ?? '' };
				if (verdier.navn.trim() === '' && verdier.epost.trim() === '') continue;
				tomt = false;
				const lest = v.safeParse(radSkjema, verdier);
				for (const issue of lest.issues ?? []) feil(`${String(issue.path?.[0].key)}-${rad}`, issue.message);
				const roller = INVITERBARE.filter((rolle) => felt[`${rolle}-${rad}`]);
				if (roller.length === 0) feil(`roller-${rad}`, 'invitasjon_feil_rolle_mangler');
				if (!lest.success) continue;
				const kjent = personer.get(lest.output.epost.toLowerCase());
				for (const rolle of EN_AV) {
					if (!roller.includes(rolle) || kjent?.roller.includes(rolle)) continue;
					if (opptatt.has(rolle)) feil(`roller-${rad}`, 'invitasjon_feil_bare_en');
					opptatt.add(rolle);
				}
				const alleRoller = new Set([...(kjent?.roller ?? []), ...roller]);
				personer.set(lest.output.epost.toLowerCase(), { ...(kjent ?? lest.output), roller: [...alleRoller] });
			}
			const invitert = new Set([...personer.values()].flatMap(({ roller }) => roller));
			const mangler = INVITERBARE.filter((rolle) => felt[`mangler-${rolle}`] && !invitert.has(rolle));
			if (alle) {
				for (const rolle of INVITERBARE)
					if (!invitert.has(rolle) && !mangler.includes(rolle))
						feil(`mangler-${rolle}`, 'invitasjon_feil_eller_vet_ikke');
			} else if (tomt) feil('navn-0', 'invitasjon_feil_navn_mangler');
			if (dataset.issues) return NEVER;
			return { personer: [...personer.values()], mangler, delTidligere: Boolean(felt['del']) };
		})
	);

/** Another address, and perhaps another person. */
export const mottakerSkjema = radSkjema;

/** Why a relation ends. */
export const avsluttSkjema = v.object({
	relasjonId: v.string(),
	grunn: v.pipe(
		linje(300),
		v.check((t) => t !== '', 'folk_feil_grunn_mangler')
	)
});

/** A deputy: who, for which LIS, in which of one's roles, until when. */
export const stedfortrederSkjema = v.object({
	lisId: v.string(),
	rolle: v.picklist(INVITERBARE, 'felles_feil_ugyldig'),
	...radSkjema.entries,
	til: v.pipe(
		linje(10),
		v.check((t) => erDato(t), 'samtale_feil_dato')
	)
});
