import type { Lytter, Sporring } from './sporringer.ts';

/** A node of PostgreSQL's plan, as EXPLAIN (ANALYZE, FORMAT JSON) tells it. */
export type Plannode = {
	'Node Type': string;
	'Relation Name'?: string;
	'Index Name'?: string;
	'Index Cond'?: string;
	'Function Name'?: string;
	'Actual Rows': number;
	'Actual Loops': number;
	'Rows Removed by Filter'?: number;
	'Rows Removed by Index Recheck'?: number;
	Plans?: Plannode[];
};

/** Tables that hold the catalogue and places of work: as long however many LIS there are. Any other counts as one that grows. */
const FASTE = new Set(['katalog', 'katalog_mal', 'katalog_krav', 'krav', 'laeringsmal', 'arbeidssted', 'kommune']);
/** They walk the rows that they are given; ours walk tables, and are to be seen through. */
const RENE_FUNKSJONER = new Set(['unnest', 'jsonb_array_elements']);

/** The plan that a statement is answered by, with the rows that were walked. It is run, so what it writes is written. */
export async function forklar(lytter: Lytter, { sql, parameters }: Sporring): Promise<Plannode> {
	const forklaring = { sql: `explain (analyze, timing off, format json) ${sql}`, parameters };
	const [rad] = await lytter.kjor<{ 'QUERY PLAN': [{ Plan: Plannode }] }>(forklaring);
	if (!rad) throw new Error(`no plan of ${sql}`);
	return rad['QUERY PLAN'][0].Plan;
}

/** Where a plan walks a whole table that grows, or more than `tak` rows of one, all its times over. */
export function vekst(plan: Plannode, tak: number, underLimit = false): string[] {
	const { 'Node Type': slag, 'Relation Name': tabell, 'Index Cond': vilkar, 'Function Name': funksjon } = plan;
	const feil: string[] = [];
	if (tabell !== undefined && !FASTE.has(tabell)) {
		const rader =
			plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
		const gaatt = Math.max(rader, 1) * plan['Actual Loops'];
		if (slag === 'Seq Scan') feil.push(`Seq Scan of ${tabell}`);
		if (/^Index/.test(slag) && vilkar === undefined && !underLimit) feil.push(`all of ${plan['Index Name']}`);
		if (gaatt > tak) feil.push(`${slag} of ${tabell} walks ${Math.round(gaatt)} rows`);
	}
	if (funksjon !== undefined && !RENE_FUNKSJONER.has(funksjon)) feil.push(`${funksjon} hides what it walks`);
	const under = (underLimit || slag === 'Limit') && slag !== 'Sort' && slag !== 'Aggregate';
	return [...feil, ...(plan.Plans ?? []).flatMap((ett) => vekst(ett, tak, under))];
}
