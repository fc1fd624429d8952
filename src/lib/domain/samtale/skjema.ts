import * as v from 'valibot';
import { valgfrittAvsnitt } from '../felt.ts';
import { erTryggLinje, erTryggTekst } from '../tekst.ts';

/** Form schemas of a samtale, the same in the browser and on the server. Messages are keys of the message files. */

/** An existing calendar day, YYYY-MM-DD, in this century or the last years of the one before. */
export function erDato(tekst: string): boolean {
	const treff = /^(\d{4})-(\d{2})-(\d{2})$/.exec(tekst);
	if (!treff) return false;
	const [ar, maned, dag] = [Number(treff[1]), Number(treff[2]), Number(treff[3])];
	const dato = new Date(Date.UTC(ar, maned - 1, dag));
	return (
		ar >= 2000 &&
		ar <= 2100 &&
		dato.getUTCFullYear() === ar &&
		dato.getUTCMonth() === maned - 1 &&
		dato.getUTCDate() === dag
	);
}

/** A time of day, HH:MM. */
export function erKlokkeslett(tekst: string): boolean {
	return /^([01]\d|2[0-3]):[0-5]\d$/.test(tekst);
}

const tomErNull = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.transform((tekst) => (tekst === '' ? null : tekst))
);
const dato = v.pipe(
	tomErNull,
	v.check((t) => t === null || erDato(t), 'samtale_feil_dato')
);
const klokkeslett = v.pipe(
	tomErNull,
	v.check((t) => t === null || erKlokkeslett(t), 'samtale_feil_klokkeslett')
);
const sted = v.pipe(
	tomErNull,
	v.check((t) => t === null || t.length <= 200, 'samtale_feil_sted_langt'),
	v.check((t) => t === null || erTryggLinje(t), 'felles_feil_tegn')
);

/** Date, time and place: all may be left empty, but a time needs a date, and an end a start before it. */
export const tidspunktSkjema = v.pipe(
	v.object({ dato, fra: klokkeslett, til: klokkeslett, sted }),
	v.forward(
		v.partialCheck(
			[['dato'], ['fra'], ['til']],
			(t) => t.dato !== null || (t.fra === null && t.til === null),
			'samtale_feil_dato_mangler'
		),
		['dato']
	),
	v.forward(
		v.partialCheck([['fra'], ['til']], (t) => t.til === null || t.fra !== null, 'samtale_feil_fra_mangler'),
		['fra']
	),
	v.forward(
		v.partialCheck(
			[['fra'], ['til']],
			(t) => t.til === null || t.fra === null || t.til > t.fra,
			'samtale_feil_til_for_fra'
		),
		['til']
	)
);

/** A proposed date must name a day. */
export const forslagSkjema = v.pipe(
	tidspunktSkjema,
	v.forward(
		v.check((t) => t.dato !== null, 'samtale_feil_dato_ma_fylles'),
		['dato']
	)
);

export const avlysSkjema = v.object({
	grunn: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		// A form sends every line break as CR LF (HTML, «form submission»).
		v.transform((tekst) => tekst.replaceAll(/\r\n?/g, '\n')),
		v.minLength(1, 'samtale_feil_grunn_mangler'),
		v.maxLength(1000, 'samtale_feil_grunn_lang'),
		v.check(erTryggTekst, 'felles_feil_tegn')
	)
});

/** Longest merknad, and longest note of one's own. Characters. */
const MERKNAD_TEGN = 20_000;

export const merknadSkjema = v.object({
	tekst: v.pipe(
		valgfrittAvsnitt(MERKNAD_TEGN),
		v.check((t) => t !== null, 'samtale_feil_merknad_tom'),
		v.transform((t) => t ?? '')
	)
});

/** One's own note: nothing written is no note. */
export const samtaleKladdSkjema = v.object({
	tekst: valgfrittAvsnitt(MERKNAD_TEGN),
	versjon: v.pipe(v.optional(v.string(), '0'), v.regex(/^\d{1,9}$/, 'felles_feil_ugyldig'), v.transform(Number))
});

/** Whether a note can be saved as it stands. */
export function kanLagreKladd(verdier: { tekst: string; versjon: string }): boolean {
	return v.is(samtaleKladdSkjema, verdier);
}

/** Field → message key, the first fault of each field. */
export function feltfeil(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const issue of issues) {
		const felt = String(issue.path?.[0]?.key ?? 'skjema');
		fields[felt] ??= issue.message;
	}
	return fields;
}
