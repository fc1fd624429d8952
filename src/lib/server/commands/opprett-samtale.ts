import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { AppError } from '#lib/domain/feil.ts';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { SCHEMA_VERSION } from '#lib/collab/schema.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { createCollabDocs } from '../queries/collab.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { findLis } from '../queries/lis.ts';
import { insertSamtaler } from '../queries/samtale.ts';

/**
 * S7: the veileder makes a samtale; its document is made in the same transaction, so that no client ever sets initial
 * content. Throws `not_found` or `forbidden`.
 */
export async function opprettSamtale(ctx: Ctx, ny: Tidspunkt & { lisId: string }): Promise<{ id: string }> {
	authorize(ctx.actor, 'samtale.opprett', { lisId: ny.lisId }, ctx.now);
	return transaction(ctx.db, async (trx) => {
		if (!(await findLis(trx, ny.lisId))) throw new AppError('not_found');
		const id = randomUUID();
		await createCollabDocs(trx, [{ id, userId: ctx.actor.brukerId }], {
			schemaVersion: SCHEMA_VERSION,
			now: ctx.now,
			init: Y.encodeStateAsUpdate(new Y.Doc())
		});
		await insertSamtaler(trx, [
			{
				...ny,
				id,
				opprettetAv: ctx.actor.brukerId,
				now: ctx.now,
				deltakere: [
					{ personId: ny.lisId, rolle: 'lis' },
					{ personId: ctx.actor.brukerId, rolle: 'veileder' }
				]
			}
		]);
		await insertHendelse(trx, {
			type: 'samtale.opprettet',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: 'veileder',
			lisId: ny.lisId,
			objektId: id,
			data: { dato: ny.dato, fra: ny.fra, til: ny.til, sted: ny.sted },
			requestId: ctx.requestId
		});
		return { id };
	});
}
