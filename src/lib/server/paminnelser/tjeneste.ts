import { dagINorge } from '#lib/domain/dager.ts';
import { dagerMellom, plussDager } from '#lib/domain/laering/kalender.ts';
import { beregnTjenestetid } from '#lib/domain/laering/tjenestetid.ts';
import { halvveisSies, stilleSiden } from '#lib/domain/paminnelse/paminnelse.ts';
import type { Varselmer } from '#lib/domain/varsel/tekst.ts';
import { transaction, type Db } from '../db/pool.ts';
import { listFremdrift } from '../queries/fremdrift.ts';
import { listLisITjeneste, noterPaminnelse, type Gang, type LisITjeneste } from '../queries/paminnelse.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

/** Nobody is followed for longer from their first day. */
const LENGST_DAGER = 3653;

/**
 * Tells, for each LIS in the service, that there has been no samtale for so many weeks, once for each silence; and that half of the service has
 * passed, once. After the last day of the service neither is told.
 */
export async function paminnOmTjenesten(
	db: Db,
	{ now, uker }: { now: Date; uker: number }
): Promise<{ stille: number; halvveis: number }> {
	const antall = { stille: 0, halvveis: 0 };
	const iDag = dagINorge(now);
	const nar = { fra: plussDager(iDag, -LENGST_DAGER), til: iDag };
	for (const sett of await listLisITjeneste(db, nar)) {
		const les = async (trx: Db) => (await listLisITjeneste(trx, { ...nar, id: sett.id }))[0];
		if (stillhet(sett, uker, iDag) && (await transaction(db, async (trx) => siStille(trx, await les(trx), uker, now))))
			antall.stille++;
		if (halvveis(sett, iDag) && (await transaction(db, async (trx) => siHalvveis(trx, await les(trx), now))))
			antall.halvveis++;
	}
	return antall;
}

/** Since when, when it is to be told and has not been. */
function stillhet(lis: LisITjeneste, uker: number, iDag: string): string | undefined {
	const siden = stilleSiden(lis, uker, iDag);
	if (siden === undefined || siden === lis.stille) return undefined;
	return beregnTjenestetid(lis.startDato, lis.fravaer).slutt < iDag ? undefined : siden;
}

function halvveis(lis: LisITjeneste, iDag: string): boolean {
	return !lis.halvveis && halvveisSies(beregnTjenestetid(lis.startDato, lis.fravaer), iDag);
}

async function siStille(trx: Db, lis: LisITjeneste | undefined, uker: number, now: Date): Promise<boolean> {
	const iDag = dagINorge(now);
	const siden = lis && stillhet(lis, uker, iDag);
	if (!lis || siden === undefined) return false;
	const mer = { uker: Math.floor(dagerMellom(siden, iDag) / 7) };
	return si(trx, { slag: 'stille', objektId: lis.id, gang: siden }, 'samtale.uteblitt', mer, now);
}

/** With the numbers of the day; what was sent is counted as neither completed nor remaining. */
async function siHalvveis(trx: Db, lis: LisITjeneste | undefined, now: Date): Promise<boolean> {
	if (!lis || !halvveis(lis, dagINorge(now))) return false;
	const mal = (await listFremdrift(trx, [lis.id], now))[0]?.mal ?? [];
	const fullfort = mal.filter(({ status }) => status === 'godkjent').length;
	const sendt = mal.filter(({ status }) => status === 'sendt').length;
	const mer = { fullfort, sendt, gjenstar: mal.length - fullfort - sendt };
	return si(trx, { slag: 'halvveis', objektId: lis.id, gang: '' }, 'tjeneste.halvveis', mer, now);
}

async function si(
	trx: Db,
	gang: Gang,
	type: 'samtale.uteblitt' | 'tjeneste.halvveis',
	mer: Varselmer,
	now: Date
): Promise<boolean> {
	if (!(await noterPaminnelse(trx, gang, now))) return false;
	await insertHendelse(trx, {
		...{ type, at: now, aktorId: null, aktorRolle: null, lisId: gang.objektId, data: { mer } },
		requestId: 'paminnelser'
	});
	return true;
}
