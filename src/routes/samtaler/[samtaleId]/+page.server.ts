import { AppError } from '#lib/domain/feil.ts';
import {
	avlysSkjema,
	forslagSkjema,
	merknadSkjema,
	samtaleKladdSkjema,
	tidspunktSkjema
} from '#lib/domain/samtale/skjema.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import { gjenopprettVersjon } from '#lib/server/commands/gjenopprett-versjon.ts';
import { foreslaTid } from '#lib/server/commands/foresla-tid.ts';
import { leggVedMerknad } from '#lib/server/commands/legg-ved-merknad.ts';
import { lagreSamtaleKladd, slettSamtaleKladd } from '#lib/server/commands/samtale-kladd.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import { avvisForslag, godtaForslag } from '#lib/server/commands/svar-pa-forslag.ts';
import { hentEndringslogg } from '#lib/server/views/endringslogg.ts';
import { hentFilerFor } from '#lib/server/views/filer.ts';
import { hentSamtaleSide } from '#lib/server/views/samtale.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { filregler, svarFraOpplasting } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { feilet, merkSkjema, svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

/** Longest wait for the endringslogg of a samtale that is being written, milliseconds. */
const LOG_MS = 700;
const TIDSFELTER = ['dato', 'fra', 'til', 'sted'] as const;

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { samtaleId } = event.params;
	const side = await vis(event, () => hentSamtaleSide(ctx, samtaleId, { vent: deps().sleep }));
	// The samtale is what the page is for: a log that takes long, or cannot be made, must not keep it; the page asks again. A frozen
	// page waits, so that it is whole without scripts too.
	const { historikk, log, sleep } = deps();
	const asked = hentEndringslogg(ctx, { samtaleId, historikk, foer: null }).catch((error: unknown) => {
		log.warn({ err: error, requestId: ctx.requestId }, 'endringslogg not shown');
		return null;
	});
	const frozen = side.dokument.tilstand === 'ferdigstilt';
	const sted = { lisId: side.lis.id, kobling: { slag: 'samtale', id: samtaleId } } as const;
	const filer = await vis(event, () => hentFilerFor(ctx, sted, filregler()));
	return {
		...side,
		filer,
		opplasting: svarFraOpplasting(event.url),
		endringslogg: await (frozen ? asked : Promise.race([asked, sleep(LOG_MS).then(() => null)]))
	};
};

export const actions: Actions = {
	tid: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, [...TIDSFELTER, 'versjon']);
		return svarPa(event, 'tid', verdier, () =>
			settTidOgSted(ctx, { samtaleId, versjon: Number(verdier.versjon), ...tolk(tidspunktSkjema, verdier) })
		);
	},
	foresla: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, TIDSFELTER);
		return svarPa(event, 'foresla', verdier, () => {
			const { dato, ...resten } = tolk(forslagSkjema, verdier);
			if (dato === null) throw new AppError('invalid', { fields: { dato: 'samtale_feil_dato_ma_fylles' } });
			return foreslaTid(ctx, { samtaleId, dato, ...resten });
		});
	},
	svar: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const { forslagId, svar } = await tekstfelter(event.request, ['forslagId', 'svar']);
		const godtatt = svar === 'godta';
		return svarPa(event, godtatt ? 'godta' : 'avvis', {}, () =>
			(godtatt ? godtaForslag : avvisForslag)(ctx, { samtaleId, forslagId })
		);
	},
	ferdigstill: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		return svarPa(event, 'ferdigstill', {}, () => begynnFerdigstilling(ctx, { samtaleId }));
	},
	avbryt: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		return svarPa(event, 'avbryt', {}, () => avbrytFerdigstilling(ctx, { samtaleId }));
	},
	bekreft: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const { seq, hash, versjon, filer } = await tekstfelter(event.request, ['seq', 'hash', 'versjon', 'filer']);
		return svarPa(event, 'bekreft', {}, () =>
			bekreftFerdigstilling(ctx, {
				samtaleId,
				vist: { seq: Number(seq), hash, versjon: Number(versjon), filer },
				nokkel: deps().nokkel
			})
		);
	},
	gjenopprett: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const { seq } = await tekstfelter(event.request, ['seq']);
		return svarPa(event, 'gjenopprett', {}, () =>
			gjenopprettVersjon(ctx, { samtaleId, seq: Number(seq), historikk: deps().historikk })
		);
	},
	merknad: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, ['tekst']);
		return svarPa(event, 'merknad', verdier, () => leggVedMerknad(ctx, { samtaleId, ...tolk(merknadSkjema, verdier) }));
	},
	kladd: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, ['tekst', 'versjon', 'hvem']);
		const svar = await utfor(event, verdier, () =>
			lagreSamtaleKladd(ctx, { samtaleId, hvem: verdier.hvem, ...tolk(samtaleKladdSkjema, verdier) })
		);
		if (feilet(svar)) return merkSkjema('kladd', svar);
		return { skjema: 'kladd', ok: true, verdier: { versjon: String(svar.versjon) } };
	},
	slettKladd: (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		return svarPa(event, 'slettKladd', {}, () => slettSamtaleKladd(ctx, { samtaleId }));
	},
	avlys: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, ['grunn']);
		return svarPa(event, 'avlys', verdier, () => avlysSamtale(ctx, { samtaleId, ...tolk(avlysSkjema, verdier) }));
	}
};
