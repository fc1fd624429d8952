import { dagINorge } from '#lib/domain/dager.ts';
import { STANDARDVALG } from '#lib/domain/varsel/grupper.ts';
import { transaction, type Db } from '../db/pool.ts';
import { koEpost, type MalData } from '../mail/ko.ts';
import {
	listBrevlinjer,
	listBrevmottakere,
	noterPaminnelse,
	updateIBrev,
	type Brevlinje,
	type Brevmottaker
} from '../queries/paminnelse.ts';

const GRUPPE = 'paminnelser';
/** What was told longer ago is no news; it stands on Hjem and in the summary. In milliseconds. */
const NYTT_MS = 3 * 24 * 60 * 60 * 1000;
/** More lines than anybody reads in a mail; the rest are counted. */
const MAKS_LINJER = 30;

/** Puts the reminders of the day into the outbox: one mail to each person however many there are, however many workers do so. Returns how many. */
export async function sendPaminnelsesbrev(db: Db, now: Date): Promise<number> {
	const utvalg = {
		gruppe: GRUPPE,
		standard: STANDARDVALG[GRUPPE].umiddelbar,
		fra: new Date(now.getTime() - NYTT_MS)
	} as const;
	let antall = 0;
	for (const mottaker of await listBrevmottakere(db, utvalg)) {
		const sendt = await transaction(db, async (trx) => {
			const gang = { slag: 'brev', objektId: mottaker.id, gang: dagINorge(now) } as const;
			if (!(await noterPaminnelse(trx, gang, now))) return false;
			const linjer = await listBrevlinjer(trx, mottaker.id, utvalg);
			await skrivBrev(trx, mottaker, linjer, now);
			return true;
		});
		if (sendt) antall++;
	}
	return antall;
}

async function skrivBrev(trx: Db, mottaker: Brevmottaker, linjer: Brevlinje[], now: Date): Promise<void> {
	const [forste] = linjer;
	if (!forste) return;
	const ett = linjer.length === 1 ? `/varsler/${forste.id}` : undefined;
	const felles = linjer.every(({ sti }) => sti === forste.sti) ? forste.sti : '/varsler';
	const data: MalData['paminnelse'] = {
		linjer: linjer.slice(0, MAKS_LINJER).map(({ type, som, data: navn }) => ({ type, som, navn })),
		...{ antall: linjer.length, sti: ett ?? felles, lenke: lenkeFor(linjer) }
	};
	const epostId = await koEpost(trx, { mal: 'paminnelse', mottaker, data }, now);
	await updateIBrev(
		trx,
		linjer.map(({ id }) => id),
		epostId
	);
}

/** Whoever has let something stand for two weeks can set a deputy; a LIS whose leder has can choose another. */
function lenkeFor(linjer: Brevlinje[]): MalData['paminnelse']['lenke'] {
	const star = linjer.filter(({ type }) => type.endsWith('.paminnet-igjen'));
	const hosMeg = ({ type, som }: Brevlinje) => som === (type.startsWith('mal.') ? 'leder' : 'supervisor');
	if (star.some(hosMeg)) return 'stedfortreder';
	return star.some(({ som }) => som === 'lis') ? 'leder' : null;
}
