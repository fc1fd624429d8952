import { redirect } from '@sveltejs/kit';
import { lesEttVarsel } from '#lib/server/commands/les-varsel.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** The way from a card or a mail to what it tells of: opened is read. Programs that follow links in mail are not logged in and mark nothing. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { sti } = await vis(event, () => lesEttVarsel(ctx, { id: event.params.varselId }));
	redirect(303, sti);
};
