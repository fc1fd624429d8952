import * as Y from 'yjs';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { findCollabDoc, findFinal, listRows } from '#lib/server/queries/collab.ts';
import { findSnapshotRow } from '#lib/server/queries/verify.ts';
import { verifyFinal } from '#lib/server/verify/final.ts';
import { verifyLog } from '#lib/server/verify/log.ts';
import { faultsOfLog, rendered } from '../log-state.ts';
import { letterAt } from './account.ts';
import { faultsOfAuthors } from './authors.ts';
import type { Device } from './device.ts';
import { named } from './letters.ts';
import type { Play, Stage } from './play.ts';
import { keptRejects } from './rejects.ts';
import { Rows } from './rows.ts';

/** What does not hold when a play is over and its pages are closed; `live`: the pages that were open until then. */
export async function faultsOf(
	{ world, people }: Stage,
	{ docId, devices, tricks, revoked }: Play,
	live: readonly Device[]
): Promise<string[]> {
	const db = world.owner;
	const head = await findCollabDoc(db, docId);
	const final = await findFinal(db, docId);
	if (!head) return ['no document'];
	const open = head.state === 'open';

	const judged = new Rows(people, devices);
	const rows = await listRows(db, docId, 0, head.headSeq);
	for (const row of rows) judged.add(row);
	const { doc: log, faults } = judged;
	faults.push(...(await faultsOfLog(db, docId)));
	faults.push(...faultsOfAuthors(rows, people));

	// The chain, the snapshot and the frozen document, by the same means as `npm run verify`.
	await verifyLog(db, docId)
		.then((verified) => verifyFinal(db, docId, verified))
		.catch((error: unknown) => faults.push(String(error)));
	const snapshot = await findSnapshotRow(db, docId);
	if (snapshot && snapshot.seq > head.headSeq)
		faults.push(`the snapshot stands on row ${snapshot.seq}, the log ends at ${head.headSeq}`);
	if (final && final.seq !== head.headSeq) faults.push(`frozen at row ${final.seq}, the log ends at ${head.headSeq}`);

	const shown = rendered(log);
	for (const device of live) {
		if (rendered(device.client.doc) !== shown)
			faults.push(`${device.name} shows something else than the log: ${rendered(device.client.doc)} ≠ ${shown}`);
		if (open && !Y.equalSnapshots(Y.snapshot(device.client.doc), Y.snapshot(log)))
			faults.push(`${device.name} holds something else than the log`);
		if (Y.getState(log.store, device.client.doc.clientID) !== device.account.units.length)
			faults.push(`${device.name} wrote what the log does not have`);
	}
	for (const device of devices)
		faults.push(...faultsOfDevice(device, log, final !== undefined, revoked.has(device.who)));

	for (const { userId, structs } of await keptRejects(db, docId))
		for (const { client } of structs) {
			const author = devices.find((device) => device.client.doc.clientID === client);
			// What was tried in another's name is kept for whoever tried.
			if (tricks.usurped.has(client) && author && people[author.who].id !== userId) continue;
			if (!author || people[author.who].id !== userId)
				faults.push(`what ${author?.name} wrote was kept for somebody else`);
		}
	return faults;
}

/** What this page was promised, or did by itself, that does not hold. */
function faultsOfDevice(device: Device, log: Y.Doc, final: boolean, revoked: boolean): string[] {
	const { name, account, client, refusedWith } = device;
	const faults: string[] = [];
	const expected = (refusedWith === CLOSE.final && final) || (refusedWith === CLOSE.noAccess && revoked);
	if (refusedWith !== undefined && !expected) faults.push(`${name} was refused with ${refusedWith}`);
	for (const { text, document } of account.lostByReading)
		faults.push(`${name} deleted ${named(text)} by reading ${document}`);
	const logged = Y.getState(log.store, client.doc.clientID);
	if (device.acknowledged().units > logged) faults.push(`${name}: unit ${logged} is acknowledged and not in the log`);
	const deleted = Y.snapshot(log).ds;
	for (const { client: owner, clock, len } of device.ackedDeletions())
		for (let at = clock; at < clock + len; at++) {
			// Of a finished document only what shows is refused; readers' clean-ups are dropped.
			const known = at < Y.getState(log.store, owner);
			const isText = known && letterOf(log, owner, at) !== '';
			if (!Y.isDeleted(deleted, Y.createID(owner, at)) && (isText || !final))
				faults.push(`${name}: the deletion of ${owner}:${at} is acknowledged and not in the log`);
		}
	return faults;
}

function letterOf(doc: Y.Doc, client: number, clock: number): string {
	const item = Y.getItem(doc.store, Y.createID(client, clock));
	return letterAt(item, clock - item.id.clock);
}
