import type { Db } from '../db/pool.ts';
import { listDocIds, listOrphans } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { verifyFinal } from './final.ts';
import { verifyFiler } from './filer.ts';
import { verifyGodkjente } from './godkjent.ts';
import { verifyLog } from './log.ts';
import { verifySignerte } from './signert.ts';

/** What does not hold in a document of a samtale, a signed aktivitet, an approved goal or a file: `docId` is its id. */
export type Fault = { docId: string; fault: string };
export type Report = Record<'documents' | 'rows' | 'finals' | 'signed' | 'approved' | 'files', number> & {
	faults: Fault[];
};

const PAGE = 500;

/**
 * Recomputes every chain, snapshot and finished document (collab.md, promises 1–4) what was signed and approved, and every file,
 * and names the first thing in
 * each that does not hold. Reads only; memory does not grow with the number of documents. `told` hears of each fault as it is found.
 */
export async function verifyAll(db: Db, told: (fault: Fault) => void = () => undefined): Promise<Report> {
	const report: Report = { documents: 0, rows: 0, finals: 0, signed: 0, approved: 0, files: 0, faults: [] };
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
	report.signed = await iSider(db, verifySignerte, note);
	report.approved = await iSider(db, verifyGodkjente, note);
	report.files = await iSider(db, verifyFiler, note);
	return report;
}

type Sidesjekk = typeof verifySignerte;

/** Goes through everything that a check looks at, a page at a time; returns how many. */
async function iSider(db: Db, sjekk: Sidesjekk, note: (fault: Fault) => void): Promise<number> {
	let antall = 0;
	for (let after: string | null = null; ;) {
		const ids = await sjekk(db, after, PAGE, (docId, fault) => note({ docId, fault }));
		antall += ids.length;
		after = ids.at(-1) ?? null;
		if (after === null) return antall;
	}
}
