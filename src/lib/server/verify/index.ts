import type { Db } from '../db/pool.ts';
import { listDocIds, listOrphans } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { verifyFinal } from './final.ts';
import { verifyLog } from './log.ts';

export type Fault = { docId: string; fault: string };
export type Report = { documents: number; rows: number; finals: number; faults: Fault[] };

const PAGE = 500;

/**
 * Recomputes every chain, snapshot and finished document (collab.md, promises 1–4), and names the first thing in each document
 * that does not hold. Reads only; memory does not grow with the number of documents. `told` hears of each fault as it is found.
 */
export async function verifyAll(db: Db, told: (fault: Fault) => void = () => undefined): Promise<Report> {
	const report: Report = { documents: 0, rows: 0, finals: 0, faults: [] };
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
	return report;
}
