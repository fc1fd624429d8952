import { createHash } from 'node:crypto';
import type { SignertFil } from '#lib/domain/fil/signert.ts';
import type { Db } from '../db/pool.ts';
import { lesBiter } from '../queries/fil-del.ts';
import { listFilerIdag, listMedInnhold, type Filsted } from '../queries/fil-signert.ts';
import { Broken } from './broken.ts';

/**
 * Checks that the files of something that was signed, approved or finished are those of today: none has come, gone or changed. What the
 * scanner has refused since may have been deleted. Without a list (the first forms knew no files) nothing is checked.
 * @throws Broken when one does not hold
 */
export async function sammenliknFiler(db: Db, sted: Filsted, signerte: SignertFil[] | undefined): Promise<void> {
	if (signerte === undefined) return;
	const idag = new Map((await listFilerIdag(db, sted)).map((fil) => [fil.id, fil]));
	for (const { id, navn, storrelse, sha256 } of signerte) {
		const fil = idag.get(id);
		const borte = fil === undefined || (fil.slettet && fil.status !== 'avvist');
		if (borte || fil.navn !== navn || fil.storrelse !== storrelse || fil.sha256 !== sha256)
			throw new Broken(`signed: file ${id} does not hold`);
		idag.delete(id);
	}
	const nye = [...idag.values()].filter(({ status, slettet }) => !slettet && status !== 'avvist');
	if (nye[0]) throw new Broken(`signed: file ${nye[0].id} has come since`);
}

/** Checks a page of files: that the bytes of each are what its SHA-256 says. As `verifySignerte`; never holds more than a piece. */
export async function verifyFiler(
	db: Db,
	after: string | null,
	limit: number,
	told: (id: string, fault: string) => void
): Promise<string[]> {
	const filer = await listMedInnhold(db, after, limit);
	for (const { id, storrelse, sha256 } of filer) {
		const hash = createHash('sha256');
		try {
			for await (const bit of lesBiter(db, id, storrelse)) hash.update(bit);
		} catch {
			told(id, 'file: a piece is gone');
			continue;
		}
		if (!hash.digest().equals(sha256)) told(id, 'file: its bytes are not what was hashed');
	}
	return filer.map(({ id }) => id);
}
