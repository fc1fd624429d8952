import { canonicalJson, toJson } from '#lib/collab/render.ts';
import type { FrossenSamtale } from '#lib/collab/frozen.ts';
import type { Db } from '../db/pool.ts';
import { findFinalRow, findSamtaleRow } from '../queries/verify.ts';
import { listSignaturer } from '../queries/signatur.ts';
import { samtalemelding } from '../signatur/melding.ts';
import { holder, nokkelId } from '../signatur/nokkel.ts';
import { sha256 } from './chain.ts';
import { Broken } from './broken.ts';
import { sammenliknFiler } from './filer.ts';
import type { Verified } from './log.ts';

/**
 * Checks that a frozen document is what its log makes, what its hash says, what its samtale says, and has the files of today; that
 * exactly the finished ones are frozen; and that every signature of it holds. Returns whether the document is finished.
 * @throws Broken when one of them does not hold
 */
export async function verifyFinal(db: Db, id: string, { head, doc }: Verified): Promise<boolean> {
	const final = await findFinalRow(db, id);
	const samtale = await findSamtaleRow(db, id);
	if (!samtale) throw new Broken('the document has no samtale');
	if (
		(final !== undefined) !== (head.state === 'final') ||
		(final !== undefined) !== (samtale.status === 'ferdigstilt')
	) {
		throw new Broken(`frozen: ${final !== undefined}, document: ${head.state}, samtale: ${samtale.status}`);
	}
	if (!final) return false;

	if (!sha256(final.json).equals(final.json_sha256)) throw new Broken('frozen text: it is not what was hashed');
	const frossen = parse(final.json);
	if (canonicalJson(frossen) !== final.json) throw new Broken('frozen text: it is not in canonical form');
	const expected: [string, unknown, unknown][] = [
		['row', final.seq, head.head_seq],
		['chain', final.chain_hash.toString('hex'), head.head_hash.toString('hex')],
		['epoch', final.epoch, head.epoch],
		['row in the text', frossen.seq, final.seq],
		['chain in the text', frossen.kjede, final.chain_hash.toString('hex')],
		['epoch in the text', frossen.epoke, final.epoch],
		['id in the text', frossen.id, id],
		['forberedelse', canonicalJson(frossen.forberedelse), canonicalJson(toJson(doc, 'forberedelse'))],
		['referat', canonicalJson(frossen.referat), canonicalJson(toJson(doc, 'referat'))],
		['by whom', frossen.ferdigstiltAv.id, final.ferdigstilt_av],
		['when', Date.parse(frossen.ferdigstiltAt) * 1000, final.at_us],
		['LIS', frossen.lis.id, samtale.lis_id],
		['dato', frossen.dato, samtale.dato],
		['fra', frossen.fra, samtale.fra],
		['til', frossen.til, samtale.til],
		['sted', frossen.sted, samtale.sted],
		['by whom, in the samtale', samtale.ferdigstilt_av, final.ferdigstilt_av],
		['when, in the samtale', (samtale.ferdigstilt_at?.getTime() ?? 0) * 1000, final.at_us]
	];
	for (const [what, is, should] of expected)
		if (is !== should) throw new Broken(`frozen document: ${what} does not hold`);
	const melding = samtalemelding(id, final.json_sha256.toString('hex'));
	for (const { nokkelId: key, offentlig, signatur } of await listSignaturer(db, id))
		if (nokkelId(offentlig) !== key || !holder(offentlig, melding, signatur))
			throw new Broken(`signature by the key ${key}: it does not hold`);
	await sammenliknFiler(db, { lisId: samtale.lis_id, kobling: { slag: 'samtale', id } }, frossen.filer);
	return true;
}

function parse(json: string): FrossenSamtale {
	try {
		return JSON.parse(json) as FrossenSamtale;
	} catch {
		throw new Broken('frozen text: it is no JSON');
	}
}
