import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import { nesteSlutt, type Actor } from '#lib/domain/actor.ts';
import { erId } from '#lib/domain/id.ts';
import { can, decide } from '#lib/server/authz/index.ts';
import { lesOkt, lesOktByHash, type Okt } from '#lib/server/auth/okter.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { findCollabDoc, type CollabDoc } from '#lib/server/queries/collab.ts';
import { noterInnsyn } from '#lib/server/queries/innsyn.ts';
import { findSamtale } from '#lib/server/queries/samtale.ts';

/** What the client says of itself in the address (PROTOCOL.md, «Handshake parameters»). */
export type Handshake = { docId: string; lagre: boolean; epoch: number | undefined; schema: string | undefined };

/**
 * The rights of one connection, and the document's access_version, head_seq and epoch at which they were decided. `until`: when a validity that they rest on
 * ends by itself (a deputy's last day), so that they must be decided anew; null: never.
 */
export type Rights = {
	actor: Actor;
	okt: Okt;
	canWrite: boolean;
	accessVersion: number;
	headSeq: number;
	epoch: number;
	until: Date | null;
};

export type Admission = { ok: true; rights: Rights } | { ok: false; code: CloseCode };

const no = (code: CloseCode): Admission => ({ ok: false, code });

/** Takes the handshake from the address of the upgrade request. Whatever stands there, it never throws: nobody has been asked who they are. */
export function parseHandshake(url: string): Handshake {
	const [path = '', query] = url.split('?', 2);
	const searchParams = new URLSearchParams(query);
	const epoch = searchParams.get('epoke');
	return {
		docId: path.replace(/^\/samarbeid\//, ''),
		lagre: searchParams.get('lagret') === '1',
		epoch: epoch === null ? undefined : Number(epoch),
		schema: searchParams.get('skjema') ?? undefined
	};
}

/**
 * Decides who it is and what they may do. Malformed, unknown and foreign documents answer alike. Throws when the database
 * is away: then nothing is known, and nobody is logged out.
 */
export async function admit(db: Db, handshake: Handshake, token: string | undefined, now: Date): Promise<Admission> {
	if (!token) return no(CLOSE.sessionEnded);
	const doc = erId(handshake.docId) ? await findCollabDoc(db, handshake.docId) : undefined;
	const okt = await lesOkt(db, token, now);
	if (!okt) return no(CLOSE.sessionEnded);
	if (!doc) return no(CLOSE.noAccess);
	const admission = await decideRights(db, doc, okt, now);
	if (!admission.ok) return admission;
	if (handshake.schema !== undefined && handshake.schema !== SCHEMA_FINGERPRINT) return no(CLOSE.oldSchema);
	if (handshake.epoch !== undefined && handshake.epoch !== admission.rights.epoch) return no(CLOSE.otherEpoch);
	return admission;
}

/** Decides a connection's rights anew, after something about access has changed. Throws when the database is away. */
export async function readmit(db: Db, docId: string, oktHash: string, now: Date): Promise<Admission> {
	const doc = await findCollabDoc(db, docId);
	const okt = await lesOktByHash(db, oktHash, now);
	if (!okt) return no(CLOSE.sessionEnded);
	return doc ? decideRights(db, doc, okt, now) : no(CLOSE.noAccess);
}

/** The document was read first of all: if access changes while the person and the samtale are read, its version is an old one, and the append finds it stale. */
async function decideRights(db: Db, doc: CollabDoc, okt: Okt, now: Date): Promise<Admission> {
	const samtale = await findSamtale(db, doc.id);
	if (!samtale || !decide(okt.actor, 'samtale.les', samtale, now).ok) return no(CLOSE.noAccess);
	// Whether the state allows writing is the document's own matter (open, closing, final); here it is the person's right.
	const canWrite = can(okt.actor, 'samtale.skriv', { ...samtale, status: 'aktiv' }, now);
	const until = nesteSlutt(
		[
			...samtale.deltakere.filter((deltaker) => deltaker.personId === okt.actor.brukerId),
			...okt.actor.relasjoner.filter((relasjon) => relasjon.lisId === samtale.lisId)
		],
		now
	);
	const { accessVersion, headSeq, epoch } = doc;
	return { ok: true, rights: { actor: okt.actor, okt, canWrite, accessVersion, headSeq, epoch, until } };
}

/** Notes in the access log of the record that the person opened the samtale. */
export async function noteOpened(db: Db, docId: string, actor: Actor, now: Date): Promise<void> {
	const samtale = await findSamtale(db, docId);
	if (!samtale) return;
	const rolle = actor.brukerId === samtale.lisId ? 'lis' : 'veileder';
	await noterInnsyn(db, { lisId: samtale.lisId, personId: actor.brukerId, rolle, samtaleId: docId, now });
}
