import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { can } from '../authz/index.ts';
import type { FilKobling } from '../authz/actions.ts';
import type { Ctx } from '../ctx.ts';
import { listSamtaletilgang } from '../queries/fil-kobling.ts';
import { listAktiviteterForLis } from '../queries/laeringsaktivitet.ts';
import { listMalForLis } from '../queries/maloppnaelse.ts';
import { listSamtalerForLis } from '../queries/samtale.ts';
import { listMaltekster } from '../queries/signering.ts';

/** What a new file may be made to belong to: only what the asker may add to now. */
export type Filvalg = {
	samtaler: { id: string; dato: string | null }[];
	mal: { kode: string; tittel: Tospraklig }[];
	aktiviteter: { id: string; dato: string | null; koder: string[] }[];
};

/** The samtaler, goals and aktiviteter of a LIS that the asker may add a file to. The caller has seen that they may open the page. */
export async function hentFilvalg(ctx: Ctx, lisId: string): Promise<Filvalg> {
	const [samtaler, mal, aktiviteter] = await Promise.all([
		listSamtalerForLis(ctx.db, lisId),
		listMalForLis(ctx.db, lisId),
		listAktiviteterForLis(ctx.db, lisId)
	]);
	const kan = (kobling: FilKobling) => can(ctx.actor, 'fil.lastOpp', { lisId, kobling }, ctx.now);
	const tilgang = await listSamtaletilgang(
		ctx.db,
		samtaler.map(({ id }) => id)
	);
	const aapne = new Set(tilgang.filter((samtale) => kan({ slag: 'samtale', samtale })).map(({ id }) => id));
	const koder = mal.filter((ett) => kan({ slag: 'mal', mal: ett })).map(({ kode }) => kode);
	return {
		samtaler: samtaler.filter(({ id }) => aapne.has(id)).map(({ id, dato }) => ({ id, dato })),
		mal: (await listMaltekster(ctx.db, lisId, koder)).map(({ kode, tittel }) => ({ kode, tittel })),
		aktiviteter: aktiviteter
			.filter((aktivitet) => kan({ slag: 'aktivitet', aktivitet }))
			.map(({ id, dato, koder: til }) => ({ id, dato, koder: til }))
	};
}
