import * as v from 'valibot';
import { linje } from '../felt.ts';
import { erDato } from '../samtale/skjema.ts';
import { plussUker } from './kalender.ts';
import type { Fravaersslag } from './tjenestetid.ts';

/** The form of an absence from the service. Messages are keys of the message files. */

/** Ferie that the plan of the service has counted with is no absence; what goes beyond it is `annet`. */
export const FRAVAERSSLAG = ['permisjon', 'sykdom', 'annet'] as const satisfies readonly Fravaersslag[];
export const FRAVAER_FELTER = ['slag', 'fra', 'til', 'prosent'] as const;

/** Nobody registers what is further away than this: a mistyped year would move the end of the service out of sight. */
const UKER_TILBAKE = 156;
const UKER_FREM = 156;

const dag = (mangler: string) =>
	v.pipe(
		linje(10),
		v.check((t) => t !== '', mangler),
		v.check((t) => t === '' || erDato(t), 'samtale_feil_dato')
	);

/** Kind, first and last day (both counted), and how much of a whole position. `iDag`: YYYY-MM-DD in Norway. */
export const fravaerSkjema = (iDag: string) => {
	const tidligst = plussUker(iDag, -UKER_TILBAKE);
	const senest = plussUker(iDag, UKER_FREM);
	return v.pipe(
		v.object({
			slag: v.picklist(FRAVAERSSLAG, 'fremdrift_feil_slag'),
			fra: v.pipe(
				dag('fremdrift_feil_fra'),
				v.check((t) => !erDato(t) || t >= tidligst, 'fremdrift_feil_ar')
			),
			til: v.pipe(
				dag('fremdrift_feil_til'),
				v.check((t) => !erDato(t) || t <= senest, 'fremdrift_feil_ar')
			),
			prosent: v.pipe(
				linje(20),
				v.check((t) => /^\d{1,3}$/.test(t) && Number(t) >= 1 && Number(t) <= 100, 'fremdrift_feil_prosent'),
				v.transform(Number)
			)
		}),
		v.forward(
			v.partialCheck([['fra'], ['til']], ({ fra, til }) => til >= fra, 'fremdrift_feil_til_for_fra'),
			['til']
		)
	);
};
export type NyttFravaer = v.InferOutput<ReturnType<typeof fravaerSkjema>>;
