import type { Sprak } from '#lib/domain/actor.ts';
import * as m from './paraglide/messages.js';

const NAVN: Record<Sprak, () => string> = { nb: m.sprak_nb, nn: m.sprak_nn, en: m.sprak_en };

/** The name of a language in itself. */
export function spraknavn(sprak: Sprak): string {
	return NAVN[sprak]();
}
