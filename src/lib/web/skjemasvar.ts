import { fail, isActionFailure, isHttpError, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Skjemasvar } from '#lib/components/skjemasvar.ts';
import { AppError } from '#lib/domain/feil.ts';
import { feltfeil } from '#lib/domain/samtale/skjema.ts';
import { utfor, type SkjemaFeil } from './feil.ts';

/** Whether `utfor` came back with something for the person to mend. */
export function feilet<T>(svar: T | ActionFailure<SkjemaFeil>): svar is ActionFailure<SkjemaFeil> {
	return isActionFailure(svar);
}

/** Says which form of the page a failure belongs to. */
export function merkSkjema(skjema: string, feil: ActionFailure<SkjemaFeil>): ActionFailure<Skjemasvar> {
	return fail(feil.status, { skjema, ...feil.data });
}

/** As `utfor`, for a command that answers nothing on a page with several forms. */
export async function svarPa(
	event: RequestEvent,
	skjema: string,
	verdier: Record<string, string>,
	command: () => Promise<void>
): Promise<Skjemasvar | ActionFailure<Skjemasvar>> {
	const feil = await utfor(event, verdier, command);
	return feilet(feil) ? merkSkjema(skjema, feil) : { skjema, ok: true };
}

/**
 * As `svarPa`, for what somebody else can take away while the form is open: the 404 comes back to the form, where `borte` says what may have happened.
 */
export async function svarPaEllerBorte(
	event: RequestEvent,
	skjema: string,
	verdier: Record<string, string>,
	borte: string,
	command: () => Promise<void>
): Promise<Skjemasvar | ActionFailure<Skjemasvar>> {
	try {
		return await svarPa(event, skjema, verdier, command);
	} catch (thrown) {
		if (!isHttpError(thrown, 404)) throw thrown;
		return fail(404, { skjema, feil: borte, felter: {}, verdier });
	}
}

/** What the form says; throws `invalid` with a message key for each field that does not hold. */
export function tolk<S extends v.GenericSchema>(skjema: S, verdier: Record<string, string>): v.InferOutput<S> {
	const resultat = v.safeParse(skjema, verdier);
	if (!resultat.success) throw new AppError('invalid', { fields: feltfeil(resultat.issues) });
	return resultat.output;
}

/** As `tolk`, for a form that two schemas describe: the faults of both are told at once. */
export function tolkFlere<A extends v.GenericSchema, B extends v.GenericSchema>(
	[en, to]: [A, B],
	verdier: Record<string, string>
): [v.InferOutput<A>, v.InferOutput<B>] {
	const [a, b] = [v.safeParse(en, verdier), v.safeParse(to, verdier)];
	if (a.success && b.success) return [a.output, b.output];
	throw new AppError('invalid', { fields: feltfeil([...(a.issues ?? []), ...(b.issues ?? [])]) });
}
