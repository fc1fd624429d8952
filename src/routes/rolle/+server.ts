import { redirect } from '@sveltejs/kit';
import { ROLLER } from '#lib/domain/actor.ts';
import { velgRolle } from '#lib/server/commands/velg-rolle.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => redirect(303, '/');

/** The chosen role, or all; then Hjem, which is what it changes. No page that one may not open is opened by it. */
export const POST: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { rolle } = await tekstfelter(event.request, ['rolle']);
	const valgt = ROLLER.find((kjent) => kjent === rolle);
	if (valgt || rolle === '') await vis(event, () => velgRolle(ctx, krevOkt(event), valgt ?? null));
	redirect(303, '/hjem');
};
