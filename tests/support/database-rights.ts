/** What each process may do in the database, written out by hand: s(elect) i(nsert) u(pdate of these columns) d(elete). */
export type Right = 's' | 'i' | 'd' | `u:${string}`;
export const ROLES = ['lisk_web', 'lisk_ws', 'lisk_worker'] as const;

export const TABLES: Record<string, Record<(typeof ROLES)[number], Right[]>> = {
	anbefaling: { lisk_web: ['s', 'i', 'u:trukket_at'], lisk_ws: [], lisk_worker: ['s'] },
	apning: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: [] },
	arbeidssted: { lisk_web: ['s', 'i', 'u:kommune_nummer', 'u:navn', 'u:slag'], lisk_ws: [], lisk_worker: ['s'] },
	avmelding: { lisk_web: ['s', 'u:brukt_at'], lisk_ws: [], lisk_worker: ['s', 'i', 'd'] },
	bruker: {
		lisk_web: [
			...([
				's',
				'i',
				'u:arbeidssted_id',
				'u:brukernavn',
				'u:deaktivert_at',
				'u:epost',
				'u:hpr_nummer',
				'u:ingen_epost',
				'u:mobil'
			] as const),
			...([
				'u:navn',
				'u:oppsummering_dag',
				'u:sist_innlogget_at',
				'u:sprak',
				'u:status',
				'u:stilling',
				'u:varslet_at',
				'u:varslet_igjen_at'
			] as const)
		],
		lisk_ws: ['s'],
		lisk_worker: ['s', 'u:deaktivert_at', 'u:status', 'u:varslet_at', 'u:varslet_igjen_at']
	},
	collab_client: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	collab_doc: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	collab_final: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	collab_reject: { lisk_web: ['s'], lisk_ws: [], lisk_worker: [] },
	collab_signatur: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s', 'i'] },
	collab_snapshot: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	collab_update: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	eid_bevis: {
		lisk_web: [
			...(['s', 'i', 'u:created_at', 'u:hpr_nummer', 'u:id', 'u:id_token', 'u:navn', 'u:neste', 'u:pid_hash'] as const),
			...(['u:pid_kryptert', 'u:sid', 'u:utloper_at', 'd'] as const)
		],
		lisk_ws: [],
		lisk_worker: ['s', 'd']
	},
	eid_forsok: {
		lisk_web: [
			...([
				's',
				'i',
				'u:brukt_at',
				'u:created_at',
				'u:felles_maskin',
				'u:formal',
				'u:id',
				'u:neste',
				'u:nonce'
			] as const),
			...(['u:okt_id', 'u:state_hash', 'u:verifier', 'd'] as const)
		],
		lisk_ws: [],
		lisk_worker: ['s', 'd']
	},
	eid_identitet: { lisk_web: ['s', 'i', 'u:koblet_at', 'u:pid_kryptert'], lisk_ws: [], lisk_worker: [] },
	epost: {
		lisk_web: ['s', 'i', 'u:data', 'u:sett_at'],
		lisk_ws: [],
		lisk_worker: ['s', 'i', 'u:data', 'u:feil', 'u:forsok', 'u:hemmelig', 'u:neste_at', 'u:sendt_at', 'u:status', 'd']
	},
	epost_bytte: { lisk_web: ['s', 'i', 'u:brukt_at'], lisk_ws: [], lisk_worker: [] },
	fast_rolle: { lisk_web: ['s', 'i', 'u:til'], lisk_ws: ['s'], lisk_worker: ['s'] },
	fil: {
		lisk_web: [
			...(['s', 'i', 'u:sha256', 'u:slettet_at', 'u:slettet_av', 'u:status', 'u:storrelse', 'u:type', 'd'] as const)
		],
		lisk_ws: [],
		lisk_worker: ['s', 'u:funn', 'u:status', 'd']
	},
	fil_del: { lisk_web: ['s', 'i', 'd'], lisk_ws: [], lisk_worker: ['s', 'd'] },
	fravaer: { lisk_web: ['s', 'i', 'u:slettet_at'], lisk_ws: [], lisk_worker: ['s'] },
	hendelse: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s', 'i'] },
	innlogget_bruker: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: [] },
	innloggingsforsok: { lisk_web: ['s', 'i', 'd'], lisk_ws: [], lisk_worker: ['s', 'd'] },
	innsyn: { lisk_web: ['s', 'i'], lisk_ws: ['s', 'i'], lisk_worker: ['s'] },
	invitasjon: {
		lisk_web: [
			...(['s', 'i', 'u:akseptert_av', 'u:akseptert_navn', 'u:apnet_at', 'u:avgjort_at', 'u:bedt_om_ny_at'] as const),
			...(['u:epost', 'u:navn', 'u:purret', 'u:sendt_at', 'u:status', 'u:token_hash', 'u:utloper_at'] as const)
		],
		lisk_ws: [],
		lisk_worker: ['s', 'u:purret', 'u:status']
	},
	invitasjon_lenke: { lisk_web: ['s', 'd'], lisk_ws: [], lisk_worker: ['i'] },
	invitasjon_rolle: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s'] },
	katalog: {
		lisk_web: [
			's',
			'i',
			'u:gyldig_fra',
			'u:id',
			'u:merknad_nb',
			'u:merknad_nn',
			'u:navn_nb',
			'u:navn_nn',
			'u:opprettet_at',
			'u:opprettet_av',
			'u:overgang_til',
			'u:plan',
			'u:publisert_at',
			'u:publisert_av',
			'u:status',
			'u:ufullstendig',
			'u:versjon',
			'd'
		],
		lisk_ws: [],
		lisk_worker: ['s']
	},
	katalog_krav: {
		lisk_web: [
			's',
			'i',
			'u:eget_forslag',
			'u:katalog_id',
			'u:kode',
			'u:krav_id',
			'u:rekkefolge',
			'u:slag',
			'u:tittel_nb',
			'u:tittel_nn',
			'd'
		],
		lisk_ws: [],
		lisk_worker: ['s']
	},
	katalog_mal: {
		lisk_web: [
			's',
			'i',
			'u:arenaer',
			'u:katalog_id',
			'u:kode',
			'u:nivaer',
			'u:rekkefolge',
			'u:skjerpet',
			'u:tema_nb',
			'u:tema_nn',
			'u:tittel_nb',
			'u:tittel_nn',
			'd'
		],
		lisk_ws: [],
		lisk_worker: ['s']
	},
	kjent_enhet: {
		lisk_web: ['s', 'i', 'u:bruker_id', 'u:enhet_hash', 'u:sist_at'],
		lisk_ws: [],
		lisk_worker: ['s', 'd']
	},
	kommune: { lisk_web: ['s', 'i', 'u:navn'], lisk_ws: [], lisk_worker: ['s'] },
	krav: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s'] },
	laeringsaktivitet: {
		lisk_web: [
			's',
			'i',
			'u:avgjort_at',
			'u:avgjort_av',
			'u:dato',
			'u:endret_at',
			'u:grunn',
			'u:invitasjon_id',
			'u:krav_id',
			'u:kurs',
			'u:nivaa',
			'u:refleksjon',
			'u:sendt_at',
			'u:signert_hash',
			'u:slag',
			'u:status',
			'u:sted',
			'u:supervisor_id',
			'u:tekst',
			'u:tilbakemelding',
			'u:versjon',
			'd'
		],
		lisk_ws: [],
		lisk_worker: ['s']
	},
	laeringsaktivitet_mal: { lisk_web: ['s', 'i', 'd'], lisk_ws: [], lisk_worker: ['s'] },
	laeringsmal: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s'] },
	lis: { lisk_web: ['s', 'i', 'u:arbeidssted_id', 'u:start_dato'], lisk_ws: ['s'], lisk_worker: ['s'] },
	maloppnaelse: {
		lisk_web: [
			...(['s', 'i', 'u:avgjort_at', 'u:avgjort_av', 'u:avgjort_rolle', 'u:bekreftet_at', 'u:bekreftet_av'] as const),
			...(['u:fullfort_dato', 'u:godkjent_hash', 'u:grunn', 'u:katalog_id', 'u:kommentar'] as const),
			'u:ny_vurdering',
			'u:sendt_at',
			'u:status',
			'u:uten',
			'u:uten_tekst',
			'u:versjon'
		],
		lisk_ws: [],
		lisk_worker: ['s']
	},
	melding: { lisk_web: ['s', 'i', 'u:trukket_at'], lisk_ws: [], lisk_worker: [] },
	okt: {
		lisk_web: [
			...(['s', 'i', 'u:absolutt_utloper_at', 'u:created_at', 'u:eid_at', 'u:eid_id_token', 'u:eid_sid'] as const),
			...(['u:expires_at', 'u:felles_maskin', 'u:id', 'u:rolle'] as const),
			...(['u:idle_ms', 'u:offentlig_id', 'u:sist_sett_at', 'u:user_id', 'd'] as const)
		],
		lisk_ws: ['s', 'u:sist_sett_at'],
		lisk_worker: ['s', 'd']
	},
	paminnelse: { lisk_web: [], lisk_ws: [], lisk_worker: ['s', 'i'] },
	passord: { lisk_web: ['s', 'i', 'u:hash', 'u:satt_at'], lisk_ws: [], lisk_worker: [] },
	pgmigrations: { lisk_web: ['s'], lisk_ws: ['s'], lisk_worker: ['s'] },
	plan_tildeling: {
		lisk_web: [
			's',
			'i',
			'u:arkivert_at',
			'u:behandlet_at',
			'u:delt_at',
			'u:fullfort_at',
			'u:inaktiv_at',
			'u:katalog_id',
			'u:paabegynt_at',
			'u:status',
			'd'
		],
		lisk_ws: [],
		lisk_worker: ['s', 'u:inaktiv_at', 'u:status']
	},
	relasjon: { lisk_web: ['s', 'i', 'u:til'], lisk_ws: ['s'], lisk_worker: ['s'] },
	rolle_mangler: { lisk_web: ['s', 'i', 'd'], lisk_ws: [], lisk_worker: [] },
	samtale: {
		lisk_web: [
			...(['s', 'i', 'u:avlyst_grunn', 'u:dato', 'u:ferdigstilt_at', 'u:ferdigstilt_av', 'u:fra', 'u:sted'] as const),
			...(['u:status', 'u:til'] as const)
		],
		lisk_ws: ['s'],
		lisk_worker: ['s']
	},
	samtale_deltaker: { lisk_web: ['s', 'i', 'u:til'], lisk_ws: ['s'], lisk_worker: ['s'] },
	samtale_forslag: { lisk_web: ['s', 'i', 'u:avgjort_at', 'u:utfall'], lisk_ws: ['s'], lisk_worker: ['s'] },
	samtale_kladd: {
		lisk_web: ['s', 'i', 'u:tekst', 'u:updated_at', 'u:versjon', 'd'],
		lisk_ws: [],
		lisk_worker: []
	},
	samtale_merknad: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: [] },
	signeringskode: {
		lisk_web: ['s', 'i', 'u:avvist_at', 'u:bekreftet_at', 'u:brukt_at', 'u:brukt_av'],
		lisk_ws: [],
		lisk_worker: ['s', 'd']
	},
	signeringsnokkel: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s', 'i'] },
	tjenestebekreftelse: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: ['s'] },
	ukesoppsummering: { lisk_web: [], lisk_ws: [], lisk_worker: ['s', 'i'] },
	utdanningsplan: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: [] },
	utdanningsplan_enighet: { lisk_web: ['s', 'i'], lisk_ws: [], lisk_worker: [] },
	varsel: {
		lisk_web: ['s', 'i', 'u:lest_at'],
		lisk_ws: [],
		lisk_worker: ['s', 'i', 'u:epost_id', 'u:lest_at', 'u:oppsummering_id', 'd']
	},
	varselvalg: {
		lisk_web: ['s', 'i', 'u:hjem', 'u:ukentlig', 'u:umiddelbar', 'd'],
		lisk_ws: [],
		lisk_worker: ['s']
	}
};
