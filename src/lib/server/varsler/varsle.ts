import { randomUUID } from 'node:crypto';
import { STANDARDVALG, type Valg } from '#lib/domain/varsel/grupper.ts';
import type { Mottakerrolle, Varsel } from '#lib/domain/varsel/regler.ts';
import { stiTil } from '#lib/domain/varsel/sti.ts';
import type { Varselmer, Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Db } from '../db/pool.ts';
import { koEpost } from '../mail/ko.ts';
import type { Hendelse } from '../queries/hendelse.ts';
import {
	findNavn,
	insertVarsler,
	leggTilIEpost,
	listMottakere,
	type NyttVarsel,
	type VarselMottaker
} from '../queries/varsel.ts';

/** Tells everybody whom the rule means, each by the ways they have chosen. Returns who they are. */
export async function varsle(trx: Db, hendelseId: number, hendelse: Hendelse, regel: Varsel): Promise<string[]> {
	const { at, aktorId, type } = hendelse;
	const [lisId, objektId] = [hendelse.lisId ?? null, hendelse.objektId ?? null];
	const personId = tekst(hendelse, 'personId') ?? (lisId === null ? objektId : null);
	const roller = Object.keys(regel.mottakere) as Mottakerrolle[];
	const om = { lisId, objektId, personId, aktorId, at };
	const mottakere = forst(await listMottakere(trx, om, { roller, gruppe: regel.gruppe }), roller).filter(
		noeValgt(regel)
	);
	if (mottakere.length === 0) return [];
	const data: Varselnavn = {
		...(await findNavn(trx, om)),
		...{ kode: tekst(hendelse, 'kode'), rolle: tekst(hendelse, 'rolle') },
		...(hendelse.data?.['mer'] === undefined ? {} : { mer: hendelse.data['mer'] as Varselmer })
	};
	const varsler: NyttVarsel[] = [];
	for (const mottaker of mottakere) {
		const kort = regel.mottakere[mottaker.som];
		if (!kort) continue;
		const valg = mottaker.valg ?? STANDARDVALG[regel.gruppe];
		const id = randomUUID();
		const hvor = { lisId, objektId, kode: data.kode };
		const felles = { id, hendelseId, mottakerId: mottaker.id, som: mottaker.som, type, gruppe: regel.gruppe, at };
		const brev = valg.umiddelbar && mottaker.kanFaEpost && regel.egetBrev !== true;
		varsler.push({
			...{ ...felles, kort: kort.kort, lisId, objektId, sti: stiTil(kort.til, hvor), data },
			...{ vis: valg.hjem, ukentlig: valg.ukentlig },
			epostId: brev ? await skrivBrev(trx, { ...felles, lisId, data, mottaker }) : null
		});
	}
	await insertVarsler(trx, varsler);
	return mottakere.map(({ id }) => id);
}

/** Several of one kind in one act are one mail. */
async function skrivBrev(
	trx: Db,
	{
		mottaker,
		data,
		...v
	}: Pick<NyttVarsel, 'id' | 'som' | 'type' | 'gruppe' | 'at' | 'lisId'> & {
		mottaker: VarselMottaker;
		data: Varselnavn;
	}
): Promise<string> {
	const samme = await leggTilIEpost(trx, { mottakerId: mottaker.id, type: v.type, lisId: v.lisId, at: v.at });
	if (samme !== undefined) return samme;
	const { id, navn, epost, sprak } = mottaker;
	const varsel = { id: v.id, type: v.type, som: mottaker.som, gruppe: v.gruppe, antall: 1 };
	return koEpost(trx, { mal: 'varsel', mottaker: { id, navn, epost, sprak }, data: { ...data, varsel } }, v.at);
}

/** Whoever is several to the record is told once, as what stands first in the rule. */
function forst(mottakere: VarselMottaker[], roller: Mottakerrolle[]): VarselMottaker[] {
	const etterRegel = mottakere.toSorted((a, b) => roller.indexOf(a.som) - roller.indexOf(b.som));
	return [...new Map(etterRegel.toReversed().map((mottaker) => [mottaker.id, mottaker])).values()].toReversed();
}

function noeValgt({ gruppe }: Varsel): (mottaker: VarselMottaker) => boolean {
	return ({ valg, kanFaEpost }) => {
		const v: Valg = valg ?? STANDARDVALG[gruppe];
		return v.hjem || (kanFaEpost && (v.umiddelbar || v.ukentlig));
	};
}

function tekst(hendelse: Hendelse, felt: string): string | null {
	const verdi = hendelse.data?.[felt];
	return typeof verdi === 'string' ? verdi : null;
}
