import { json } from '@sveltejs/kit';
import { samtaletittel } from '#lib/i18n/samtale.ts';
import { hentMineSamtaler } from '#lib/server/views/mine-samtaler.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** Contract: which samtaler the signed-in person may join, with their names in the person's language. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const samtaler = await vis(event, () => hentMineSamtaler(ctx));
	return json(
		samtaler.map(({ id, lisId, status, dato }) => ({ id, lisId, status, tittel: samtaletittel(dato), dato }))
	);
};
