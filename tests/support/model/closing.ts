import { AppError } from '#lib/domain/feil.ts';
import { GRACE_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { findCollabDoc, findFinal, lapseClosing, type CollabDoc } from '#lib/server/queries/collab.ts';
import { CLOSING_MS } from '#lib/domain/samtale/ferdigstilling.ts';
import { shown } from '../finished.ts';

/** How a command ended; anything but these two is a fault. */
export type Outcome = 'ok' | 'conflict';

/** The veileder's ferdigstilling of one samtale, by the commands of the page. */
export class Closing {
	private readonly ctx: Ctx;
	private readonly ws: Db;
	private readonly samtaleId: string;
	private begunAt = 0;

	/** @param ws the ws-server's connection: it is what lets a closing lapse */
	constructor(ctx: Ctx, ws: Db, samtaleId: string) {
		this.ctx = ctx;
		this.ws = ws;
		this.samtaleId = samtaleId;
	}

	async state(): Promise<CollabDoc['state']> {
		const doc = await findCollabDoc(this.ws, this.samtaleId);
		if (!doc) throw new Error('no document');
		return doc.state;
	}

	/** «Ferdigstill», pressed so many milliseconds ago: the second of grace is measured by real clocks. */
	async begin(agoMs: number): Promise<Outcome> {
		const at = Date.now() - agoMs;
		const outcome = await outcomeOf(begynnFerdigstilling(this.at(at), { samtaleId: this.samtaleId }));
		if (outcome === 'ok') this.begunAt = at;
		return outcome;
	}

	cancel(): Promise<Outcome> {
		return outcomeOf(avbrytFerdigstilling(this.at(Date.now()), { samtaleId: this.samtaleId }));
	}

	async lapse(): Promise<Outcome> {
		const lapsed = await lapseClosing(this.ws, new Date(Date.now() + CLOSING_MS + 1));
		return lapsed.includes(this.samtaleId) ? 'ok' : 'conflict';
	}

	/**
	 * «Bekreft ferdigstilling» of what the dialog shows now.
	 * @throws Error when something is frozen after a conflict, or nothing after a success
	 */
	async confirm(): Promise<Outcome> {
		const before = await this.state();
		const ctx = this.at(Math.max(Date.now(), this.begunAt + GRACE_MS + 1));
		const vist = await shown(ctx, this.samtaleId);
		const outcome = await outcomeOf(bekreftFerdigstilling(ctx, { samtaleId: this.samtaleId, vist }));
		const frozen = (await findFinal(this.ws, this.samtaleId)) !== undefined;
		if (frozen !== (outcome === 'ok' || before === 'final'))
			throw new Error(`${before}: confirmed with ${outcome}, but frozen is ${frozen}`);
		return outcome;
	}

	private at(ms: number): Ctx {
		return { ...this.ctx, now: new Date(ms) };
	}
}

async function outcomeOf(work: Promise<void>): Promise<Outcome> {
	try {
		await work;
		return 'ok';
	} catch (error) {
		if (error instanceof AppError && error.code === 'conflict') return 'conflict';
		throw error;
	}
}
