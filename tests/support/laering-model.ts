import type { Actor } from '#lib/domain/actor.ts';
import { AppError, type FeilKode } from '#lib/domain/feil.ts';
import * as aktivitet from '#lib/domain/laering/aktivitet.ts';
import * as mal from '#lib/domain/laering/mal.ts';
import * as plan from '#lib/domain/laering/plan.ts';
import type { Action, Actions } from '#lib/server/authz/actions.ts';
import { authorize } from '#lib/server/authz/index.ts';

/** What somebody tries, with the thing's place in its list. */
export type Akt =
	| { hva: 'send' | 'trekk' | 'angre' | 'underkjenn'; nr: number }
	| { hva: 'signer'; nr: number; anbefal: boolean }
	| { hva: 'sendMal' | 'trekkMal' | 'sendTilbake' | 'underkjennMal' | 'trekkGodkjenning'; nr: number }
	| { hva: 'anbefal' | 'trekkAnbefaling'; nr: number }
	| { hva: 'godkjenn'; nr: number; uten: mal.Uten | null };
export type Svar = 'ok' | FeilKode | `conflict: ${string}`;

const MAL_HANDLING = {
	sendMal: 'send',
	trekkMal: 'trekk',
	sendTilbake: 'sendTilbake',
	underkjennMal: 'underkjenn',
	trekkGodkjenning: 'trekkGodkjenning',
	godkjenn: 'godkjenn'
} as const satisfies Partial<Record<Akt['hva'], mal.MalHandling>>;

/**
 * What the whole machine should be: the policies and the pure functions of the states, over a few plain values. `koder[i]` are the goals
 * that aktivitet i serves; it fulfils the one krav of goal i.
 */
export class Modell {
	aktiviteter: { status: aktivitet.AktivitetStatus; supervisorId: string; koder: number[]; finnes: boolean }[];
	mal: { status: mal.MalStatus; avgjortAv: string | null }[];
	anbefalinger = new Set<string>();
	plan: plan.PlanStatus = 'tildelt';
	private readonly lisId: string;
	private readonly now: Date;

	constructor(lisId: string, now: Date, aktiviteter: { supervisorId: string; koder: number[] }[]) {
		this.lisId = lisId;
		this.now = now;
		this.aktiviteter = aktiviteter.map((en) => ({ ...en, status: 'kladd', finnes: false }));
		this.mal = aktiviteter.map(() => ({ status: 'pagar', avgjortAv: null }));
	}

	/** What the portal should answer; the values change only when that is `ok`. */
	prov(actor: Actor, akt: Akt): Svar {
		try {
			this.gjor(actor, akt);
			return 'ok';
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			return error.code === 'conflict' ? `conflict: ${error.detail.reason}` : error.code;
		}
	}

	private gjor(actor: Actor, akt: Akt): void {
		switch (akt.hva) {
			case 'send':
			case 'trekk':
			case 'angre':
			case 'signer':
			case 'underkjenn':
				return this.paAktivitet(actor, akt);
			case 'anbefal':
			case 'trekkAnbefaling':
				return this.paAnbefaling(actor, akt.hva, akt.nr);
			default:
				return this.paMal(actor, akt.hva, akt.nr, akt.hva === 'godkjenn' ? akt.uten : null);
		}
	}

	private paAktivitet(actor: Actor, akt: Extract<Akt, { hva: aktivitet.AktivitetHandling }>): void {
		const en = this.aktiviteter[akt.nr];
		if (!en) throw new AppError('not_found');
		const egen = akt.hva === 'send' || akt.hva === 'trekk' || akt.hva === 'angre';
		const { status, supervisorId } = en;
		if (akt.hva !== 'send' || en.finnes) {
			const thing = { ...this.laering(), status, supervisorId };
			this.slippInn(actor, egen ? 'aktivitet.skriv' : 'aktivitet.vurder', en.finnes ? thing : undefined);
		}
		// What is sent is kept first, which only a draft can be.
		if (akt.hva === 'send') aktivitet.overgang({ status, slag: 'signeres' }, 'endre');
		en.status = aktivitet.overgang({ status, slag: 'signeres' }, akt.hva);
		en.finnes = true;
		if (akt.hva === 'signer' && akt.anbefal)
			for (const kode of en.koder)
				if (mal.kanAnbefales(this.mal[kode]?.status ?? 'pagar'))
					this.anbefalinger.add(`${kode} supervisor ${actor.brukerId}`);
		if (akt.hva === 'send' || akt.hva === 'signer') this.begynn();
	}

	private paMal(actor: Actor, hva: keyof typeof MAL_HANDLING, nr: number, uten: mal.Uten | null): void {
		const ett = this.mal[nr];
		if (!ett) throw new AppError('not_found');
		const egen = hva === 'sendMal' || hva === 'trekkMal';
		// A LIS sends goals of their own plan: others have none of these.
		if (egen && actor.brukerId !== this.lisId) throw new AppError('not_found');
		const action = egen ? 'mal.send' : hva === 'trekkGodkjenning' ? 'mal.trekkGodkjenning' : 'mal.avgjor';
		this.slippInn(actor, action, this.malTilgang(nr));
		const handling = MAL_HANDLING[hva];
		if (handling === 'godkjenn' && ett.status === 'sendt' && mal.trengerGrunn(this.mangler(nr)) && uten === null)
			throw new AppError('invalid');
		ett.status = mal.overgang({ status: ett.status, bekreftet: false }, handling);
		if (handling === 'send') this.begynn();
		if (handling !== 'trekk') ett.avgjortAv = egen ? null : actor.brukerId;
		if (handling === 'godkjenn' || handling === 'trekkGodkjenning') this.oppdater();
	}

	private paAnbefaling(actor: Actor, hva: 'anbefal' | 'trekkAnbefaling', nr: number): void {
		this.slippInn(actor, 'mal.anbefal', this.malTilgang(nr));
		const status = this.mal[nr]?.status ?? 'pagar';
		if (!mal.kanAnbefales(status)) throw new AppError('conflict', { reason: `laering_konflikt_mal_${status}` });
		const veileder = actor.relasjoner.some(({ lisId, rolle }) => lisId === this.lisId && rolle === 'veileder');
		const mine = [...this.anbefalinger].filter((en) => en.startsWith(`${nr} `) && en.endsWith(` ${actor.brukerId}`));
		if (hva === 'anbefal') this.anbefalinger.add(`${nr} ${veileder ? 'veileder' : 'supervisor'} ${actor.brukerId}`);
		else if (mine.length === 0) throw new AppError('conflict', { reason: 'godkjenning_konflikt_anbefaling_borte' });
		else for (const en of mine) this.anbefalinger.delete(en);
	}

	private begynn(): void {
		if (this.plan === 'tildelt') this.plan = plan.overgang(this.plan, 'begynn');
	}

	private oppdater(): void {
		const alle = this.mal.every(({ status }) => status === 'godkjent');
		if (alle && this.plan === 'paabegynt') this.plan = plan.overgang(this.plan, 'fullfor');
		if (!alle && this.plan === 'fullfort') this.plan = plan.overgang(this.plan, 'gjenapne');
	}

	private mangler(nr: number): mal.Mangler {
		const har = (rolle: string) => [...this.anbefalinger].some((en) => en.startsWith(`${nr} ${rolle} `));
		const fullfort = aktivitet.fullforer(this.aktiviteter[nr]?.status ?? 'kladd');
		return { krav: fullfort ? 0 : 1, veileder: !har('veileder'), supervisor: !har('supervisor') };
	}

	private laering(): { lisId: string; delt: boolean } {
		return { lisId: this.lisId, delt: false };
	}

	private malTilgang(nr: number): Actions['mal.se'] {
		const supervisorer = this.aktiviteter
			.filter(({ status, koder }) => status !== 'kladd' && koder.includes(nr))
			.map(({ supervisorId }) => supervisorId);
		return { ...this.laering(), supervisorer, avgjortAv: this.mal[nr]?.avgjortAv ?? null };
	}

	private slippInn<A extends Action>(actor: Actor, action: A, thing: Actions[A] | undefined): void {
		authorize(actor, action, thing, this.now);
	}
}
