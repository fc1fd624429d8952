import { AppError } from '#lib/domain/feil.ts';
import { overgang } from '#lib/domain/laering/aktivitet.ts';
import type { Ctx } from '../ctx.ts';
import { signerLaast, type Signering } from './lib/signer.ts';
import { paAktiviteter, type Sett } from './lib/flere.ts';

/**
 * S13: «Signer», one or several in one act. Each as the supervisør saw it (`versjon`): has one of them changed or been decided meanwhile, none is
 * signed, and the conflict says why.
 */
export function signerAktiviteter(
	ctx: Ctx,
	{ aktiviteter, ...signering }: { aktiviteter: Sett[] } & Signering
): Promise<void> {
	return paAktiviteter(ctx, aktiviteter, 'aktivitet.vurder', async (trx, aktivitet, versjon) => {
		overgang(aktivitet, 'signer');
		if (aktivitet.versjon !== versjon) throw new AppError('conflict', { reason: 'signering_konflikt_endret' });
		await signerLaast(trx, ctx, aktivitet, signering);
	});
}
