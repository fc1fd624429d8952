import type { Db } from '../db/pool.ts';
import { listDocIds, listOrphans } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { verifyFinal } from './final.ts';
import { verifyLog } from './log.ts';
import { verifySignerte } from './signert.ts';

/** What does not hold in a document of a samtale, or in a signed aktivitet: `docId` is its id. */
export type Fault = { docId: string; fault: string };
export type Report = { documents: number; rows: number; finals: number; signed: number; faults: Fault[] };

const PAGE = 500;

/**
 * Recomputes every chain, snapshot and finished document (collab.md, promises 1–4) and what was signed, and names the first thing in
 * each that does not hold. Reads only; memory does not grow with the number of documents. `told` hears of each fault as it is found.
 */
export async function verifyAll(db: Db, told: (fault: Fault) => void = () => undefined): Promise<Report> {
	const report: Report = { documents: 0, rows: 0, finals: 0, signed: 0, faults: [] };
	const note = (fault: Fault) => {
		report.faults.push(fault);
		told(fault);
	};
	for (const docId of await listOrphans(db)) note({ docId, fault: 'rows without a document' });
	for (
		let after: string | null = null, ids = await listDocIds(db, after, PAGE);
		ids.length > 0;
		ids = await listDocIds(db, after, PAGE)
	) {
		for (const docId of ids) {
			report.documents += 1;
			try {
				const verified = await verifyLog(db, docId);
				report.rows += verified.rows;
				if (await verifyFinal(db, docId, verified)) report.finals += 1;
			} catch (error) {
				if (!(error instanceof Broken)) throw error;
				note({ docId, fault: error.message });
			}
		}
		after = ids.at(-1) ?? null;
	}
	const noteSigned = (docId: string, fault: string) => note({ docId, fault });
	for (
		let ids = await verifySignerte(db, null, PAGE, noteSigned);
		ids.length > 0;
		ids = await verifySignerte(db, ids.at(-1) ?? null, PAGE, noteSigned)
	)
		report.signed += ids.length;
	return report;
}
