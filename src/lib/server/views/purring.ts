import { purresIgjen, type Purring } from '#lib/domain/laering/purring.ts';
import type { Ctx } from '../ctx.ts';
import { listSendtstand, type Sendt } from '../queries/purring.ts';

/** For the LIS who sent them: whether each has been opened, and whether they may purre; by id. */
export async function hentPurringer(ctx: Pick<Ctx, 'db' | 'now'>, sendt: Sendt[]): Promise<Map<string, Purring>> {
	const rader = await listSendtstand(ctx.db, sendt);
	return new Map(rader.map(({ id, apnet, purret }) => [id, { apnet, purret, igjen: purresIgjen(purret, ctx.now) }]));
}
