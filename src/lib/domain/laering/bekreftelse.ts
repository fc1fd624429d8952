import * as v from 'valibot';
import { linje, valgfrittAvsnitt } from '../felt.ts';
import { erDato } from '../samtale/skjema.ts';

/** The form of the leder's confirmation that the service is done. Messages are keys of the message files. */

export const MAKS_MERKNAD = 1000;
export const BEKREFT_FELTER = ['fra', 'til', 'merknad'] as const;

const dag = (mangler: string) =>
	v.pipe(
		linje(10),
		v.check((t) => t !== '', mangler),
		v.check((t) => t === '' || erDato(t), 'samtale_feil_dato')
	);

/** First and last day, which cannot lie ahead, and perhaps a remark. `iDag`: YYYY-MM-DD in Norway. */
export const bekreftSkjema = (iDag: string) =>
	v.pipe(
		v.object({
			fra: dag('fremdrift_feil_fra'),
			til: v.pipe(
				dag('fremdrift_feil_til'),
				v.check((t) => !erDato(t) || t <= iDag, 'fremdrift_feil_til_framtid')
			),
			merknad: valgfrittAvsnitt(MAKS_MERKNAD)
		}),
		v.forward(
			v.partialCheck([['fra'], ['til']], ({ fra, til }) => til >= fra, 'fremdrift_feil_til_for_fra'),
			['til']
		)
	);
export type NyBekreftelse = v.InferOutput<ReturnType<typeof bekreftSkjema>>;
