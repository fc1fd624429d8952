import type { Okt } from '#lib/server/auth/okter.ts';
import type { Ctx } from '#lib/server/ctx.ts';

declare global {
	namespace App {
		interface Error {
			/** A message key. */
			message: string;
			/** What support asks for; the same id stands in the log. */
			id?: string;
			/** When one's own access ended, ISO 8601. */
			since?: string;
		}
		interface Locals {
			base: Omit<Ctx, 'actor' | 'manglerEid'>;
			okt: Okt | undefined;
			/** The database could not be asked who this is. */
			utilgjengelig: boolean;
			sprak: string;
		}
	}
}

export {};
