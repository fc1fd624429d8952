import { formatDato, iOslo } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { lagPapir, type Papir } from './papir.ts';

/** «Bekreftelse på gjennomført tjeneste», made of its row alone: the same row gives the same bytes. */
export function lagBekreftelsePdf(rad: {
	id: string;
	lisNavn: string;
	avNavn: string;
	fra: string;
	til: string;
	merknad: string | null;
	at: Date;
}): Promise<Papir> {
	const { id, lisNavn, avNavn, merknad, at } = rad;
	const [fra, til] = [formatDato(rad.fra), formatDato(rad.til)];
	return lagPapir({
		tittel: m.fremdrift_bekreft_tittel(),
		om: lisNavn,
		fakta: [
			[m.pdf_lis(), lisNavn],
			[m.fremdrift_papir_tjeneste(), m.fremdrift_periode({ fra, til })]
		],
		avsnitt: [
			m.fremdrift_papir_bekreftes({ leder: avNavn, navn: lisNavn, fra, til }),
			...(merknad === null ? [] : merknad.split('\n')),
			m.fremdrift_papir_bekreftet({ navn: avNavn, dato: formatDato(iOslo(at).dato) })
		],
		deler: [],
		bunn: `LIS Kommune · ${id}`,
		at
	});
}
