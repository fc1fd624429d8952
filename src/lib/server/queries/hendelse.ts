import type { Rolle } from '#lib/domain/actor.ts';
import type { Db } from '../db/pool.ts';

/** Every kind of event that changes state; each is written in the transaction of the change. */
export type HendelseType =
	| 'okt.opprettet'
	| 'okt.avsluttet'
	| 'eid.avvist'
	| 'eid.bekreftet'
	| 'eid.bevist'
	| 'bruker.reaktivert'
	| 'bruker.varslet'
	| 'bruker.deaktivert'
	| 'bruker.opprettet'
	| 'bruker.profil-endret'
	| 'bruker.innlogging-satt'
	| 'bruker.epost-rettet'
	| 'bruker.epost-bedt-om'
	| 'bruker.epost-byttet'
	| 'epost.sett'
	| 'sted.opprettet'
	| 'rolle.gitt'
	| 'rolle.avsluttet'
	| 'bruker.registrert'
	| 'plan.tildelt'
	| 'rolle.mangler'
	| 'invitasjon.sendt'
	| 'invitasjon.apnet'
	| 'invitasjon.akseptert'
	| 'invitasjon.til-bekreftelse'
	| 'invitasjon.bekreftet'
	| 'invitasjon.avvist'
	| 'invitasjon.avslatt'
	| 'invitasjon.ikke-meg'
	| 'invitasjon.trukket'
	| 'invitasjon.bedt-om-ny'
	| 'invitasjon.purret'
	| 'invitasjon.utlopt'
	| 'relasjon.opprettet'
	| 'relasjon.avsluttet'
	| 'samtale.opprettet'
	| 'samtale.aktiv'
	| 'samtale.flyttet'
	| 'samtale.forslag'
	| 'samtale.forslag-godtatt'
	| 'samtale.forslag-avvist'
	| 'samtale.ferdigstilling-begynt'
	| 'samtale.ferdigstilling-avbrutt'
	| 'samtale.ferdigstilling-utlopt'
	| 'samtale.ferdigstilt'
	| 'samtale.avlyst'
	| 'samtale.gjenopprettet'
	| 'aktivitet.opprettet'
	| 'aktivitet.slettet'
	| 'aktivitet.sendt'
	| 'aktivitet.trukket'
	| 'aktivitet.registrert'
	| 'aktivitet.angret'
	| 'aktivitet.signert'
	| 'aktivitet.underkjent'
	| 'aktivitet.annullert'
	| 'aktivitet.kode-laget'
	| 'mal.sendt'
	| 'mal.trukket'
	| 'mal.godkjent'
	| 'mal.sendt-tilbake'
	| 'mal.underkjent'
	| 'mal.godkjenning-trukket'
	| 'mal.anbefalt'
	| 'mal.anbefaling-trukket'
	| 'mal.bekreftet'
	| 'mal.bekreftelse-trukket'
	| 'mal.flyttet'
	| 'plan.slettet'
	| 'plan.begynt'
	| 'plan.fullfort'
	| 'plan.gjenapnet'
	| 'plan.delt'
	| 'plan.behandlet'
	| 'plan.arkivert'
	| 'plan.deaktivert'
	| 'plan.vekket'
	| 'plan.flyttet'
	| 'katalog.utkast'
	| 'katalog.endret'
	| 'katalog.publisert'
	| 'katalog.forkastet'
	| 'fravaer.registrert'
	| 'fravaer.slettet'
	| 'utdanningsplan.skrevet'
	| 'utdanningsplan.enig'
	| 'tjeneste.bekreftet'
	| 'fil.lastet-opp'
	| 'fil.klarert'
	| 'fil.avvist'
	| 'fil.slettet';

export type Hendelse = {
	type: HendelseType;
	at: Date;
	/** Null when nobody is known: an attempt at electronic ID that was refused. */
	aktorId: string | null;
	aktorRolle: Rolle | null;
	lisId?: string;
	objektId?: string;
	data?: Record<string, unknown>;
	requestId: string;
};

/** Writes one row of the append-only event log: who, in which role, when, what, why. */
export async function insertHendelse(trx: Db, hendelse: Hendelse): Promise<void> {
	await insertHendelser(trx, [hendelse]);
}

/** Writes several rows, in this order. */
export async function insertHendelser(trx: Db, hendelser: Hendelse[]): Promise<void> {
	// Nine values each: far below the 65,535 that one statement may have.
	for (let fra = 0; fra < hendelser.length; fra += 2000) {
		const rader = hendelser.slice(fra, fra + 2000).map(rad);
		await trx.insertInto('hendelse').values(rader).execute();
	}
}

function rad(hendelse: Hendelse) {
	return {
		at: hendelse.at,
		type: hendelse.type,
		aktor_id: hendelse.aktorId,
		aktor_rolle: hendelse.aktorRolle,
		lis_id: hendelse.lisId ?? null,
		objekt_id: hendelse.objektId ?? null,
		data: JSON.stringify(hendelse.data ?? {}),
		request_id: hendelse.requestId
	};
}
