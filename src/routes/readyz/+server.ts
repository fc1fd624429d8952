import { json } from '@sveltejs/kit';
import { listFaults } from '#lib/server/readiness.ts';
import { deps } from '#lib/web/deps.ts';
import type { RequestHandler } from './$types';

/** Whether the web process can do its work (contract.md, «health»). Tells no more than that to anybody. */
export const GET: RequestHandler = async () => {
	const faults = await listFaults(deps().db);
	return faults.length === 0 ? json({ status: 'ok' }) : json({ status: 'not ready', faults }, { status: 503 });
};
