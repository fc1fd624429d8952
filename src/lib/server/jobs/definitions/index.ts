import type { JobDefinition } from './definition.ts';
import { inaktivitet } from './inaktivitet.ts';
import { invitasjoner } from './invitasjoner.ts';
import { paminnelser } from './paminnelser.ts';
import { planInaktivitet } from './plan-inaktivitet.ts';
import { ryddOkter } from './rydd-okter.ts';
import { sendEpost } from './send-epost.ts';
import { signerFerdigstilte } from './signer-ferdigstilte.ts';
import { sjekkFiler } from './sjekk-filer.ts';
import { ukesoppsummering } from './ukesoppsummering.ts';
import { utlopFerdigstilling } from './utlop-ferdigstilling.ts';

export type { JobDefinition } from './definition.ts';

/** Every job there is. A definition is light: it may be imported by whoever enqueues, without its handler. */
export const jobDefinitions: readonly JobDefinition[] = [
	ryddOkter,
	utlopFerdigstilling,
	sendEpost,
	inaktivitet,
	invitasjoner,
	ukesoppsummering,
	paminnelser,
	planInaktivitet,
	sjekkFiler,
	signerFerdigstilte
];
