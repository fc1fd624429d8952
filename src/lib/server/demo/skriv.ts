import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import type { RootName } from '#lib/collab/schema.ts';
import { loadDoc } from '../collab-state.ts';
import type { Db } from '../db/pool.ts';
import { appendBatches } from '../queries/collab-append.ts';

/** Paragraphs that one person writes at the end of one part. */
export type Innlegg = { userId: string; fragment: RootName; avsnitt: string[]; at: Date };

/** Writes synthetic text through the same append as people do, one row per contribution. */
export async function skrivTekst(db: Db, docId: string, innlegg: Innlegg[]): Promise<void> {
	for (const ett of innlegg) {
		const loaded = await loadDoc(db, docId);
		if (!loaded) throw new Error(`no document ${docId}`);
		const client = new Y.Doc();
		Y.applyUpdate(client, Y.encodeStateAsUpdate(loaded.doc));
		const before = Y.encodeStateVector(client);
		client.transact(() => {
			for (const text of ett.avsnitt) addParagraph(client.getXmlFragment(ett.fragment), text);
		});
		const [answer] = await appendBatches(
			db,
			[
				{
					id: docId,
					head: loaded.head.headSeq,
					epoch: loaded.head.epoch,
					rows: [
						{
							userId: ett.userId,
							sessionId: randomUUID(),
							connId: randomUUID(),
							access: loaded.head.accessVersion,
							kind: 'edit',
							upd: Y.encodeStateAsUpdate(client, before),
							clients: [client.clientID]
						}
					]
				}
			],
			ett.at.getTime() * 1000
		);
		if (answer?.outcome !== 'ok') throw new Error(`could not write to ${docId}: ${answer?.outcome}`);
	}
}

function addParagraph(fragment: Y.XmlFragment, text: string): void {
	const paragraph = new Y.XmlElement('paragraph');
	const ytext = new Y.XmlText();
	// Into the document first: Yjs types outside one cannot be read, and say so on the console.
	fragment.push([paragraph]);
	paragraph.push([ytext]);
	ytext.insert(0, text);
}
