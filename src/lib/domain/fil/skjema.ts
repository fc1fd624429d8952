import * as v from 'valibot';
import { valgfrittAvsnitt } from '../felt.ts';
import { findFodselsnumre } from '../fodselsnummer.ts';
import { KATEGORIER, tolkKobling, type Kobling } from './fil.ts';
import { rensFilnavn } from './navn.ts';

/** What is said of a file when it is sent. Messages are keys of the message files. */
export const filSkjema = v.object({
	navn: v.pipe(
		v.optional(v.string(), ''),
		v.check((t) => t.trim() !== '' && t.length <= 1000, 'fil_feil_navn_mangler'),
		v.transform(rensFilnavn),
		v.check((t) => findFodselsnumre(t.replaceAll('_', ' ')).length === 0, 'fil_feil_navn_fodselsnummer')
	),
	kategori: v.fallback(v.picklist(KATEGORIER), 'annet'),
	beskrivelse: valgfrittAvsnitt(500),
	kobling: v.pipe(
		v.optional(v.string(), ''),
		v.rawTransform<string, Kobling>(({ dataset, addIssue, NEVER }) => {
			const kobling = tolkKobling(dataset.value);
			if (kobling) return kobling;
			addIssue({ message: 'fil_feil_kobling' });
			return NEVER;
		})
	)
});

export type FilOpplysninger = v.InferOutput<typeof filSkjema>;
