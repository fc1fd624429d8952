import { createDb } from '#lib/server/db/pool.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { withDatabase } from './lib/database.ts';
import { readConfig } from './lib/environment.ts';

const report = await withDatabase(readConfig(), async (url) => {
	const { db } = createDb(url, undefined, { max: 1 });
	try {
		return await verifyAll(db, ({ docId, fault }) => console.error(`${docId}: ${fault}`));
	} finally {
		await db.destroy();
	}
});
const { documents, rows, finals, signed, approved, files, faults } = report;
console.log(
	`${documents} documents, ${rows} rows, ${finals} finished, ${signed} signed, ${approved} approved, ${files} files: ${faults.length === 0 ? 'all hold' : `${faults.length} do not hold`}.`
);
process.exitCode = faults.length === 0 ? 0 : 1;
