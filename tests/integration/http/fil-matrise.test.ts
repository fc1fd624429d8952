import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import { koblingVerdi, type Kobling } from '#lib/domain/fil/fil.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { updateAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { omFil } from '../../support/filer-http.ts';
import { lastOpp, PDF } from '../../support/filer.ts';
import { finalize } from '../../support/finished.ts';
import { aktivitet, mal, malMedKrav } from '../../support/signering.ts';
import { createScene, PERSONAS, type Persona, type Scene } from './personas.ts';

/**
 * Every reader × what a file belongs to × its state, over HTTP: a linked file has exactly the readers of what it is linked to, and no page
 * names a file to anybody else (product.md, «Who may do what»).
 */

type Ting = { navn: string; filId: string; kobling: Kobling };

let scene: Scene;
let web: BuiltWeb;
let lisId: string;
let planId: string;
const tokens = {} as Record<Persona, string | undefined>;
const ting = new Map<string, Ting>();

const SAMTALER = ['aktiv', 'ferdigstilt', 'avlyst'] as const;
const AKTIVITETER = ['kladd', 'sendt', 'signert', 'underkjent', 'registrert'] as const satisfies AktivitetStatus[];
const MAL = ['pagar', 'sendt', 'godkjent', 'sendt_tilbake', 'underkjent', 'trukket'] as const satisfies MalStatus[];
const FOLGER: Persona[] = ['lis', 'veileder', 'leder'];
/** Who reads, and who is told that they once could; everybody else learns nothing. */
type Leser = { les: Persona[]; slutt: Persona[] };
const SLUTT: Persona[] = ['passedOn', 'departed'];
const samtale: Leser = { les: ['lis', 'veileder', 'departed'], slutt: ['passedOn'] };
const forventet = new Map<string, Leser>([
	['ingen', { les: FOLGER, slutt: SLUTT }],
	...SAMTALER.map((status) => [`samtale ${status}`, samtale] as const),
	...AKTIVITETER.map((status): [string, Leser] => {
		if (status === 'kladd') return [`aktivitet ${status}`, { les: ['lis'], slutt: [] }];
		const sendt: Persona[] = status === 'registrert' ? FOLGER : [...FOLGER, 'supervisor'];
		return [`aktivitet ${status}`, { les: sendt, slutt: SLUTT }];
	}),
	// Only the first goal is served by what was sent to the supervisør.
	...MAL.map((status): [string, Leser] => [
		`mal ${status}`,
		{ les: status === 'pagar' ? [...FOLGER, 'supervisor'] : FOLGER, slutt: SLUTT }
	])
]);

beforeAll(async () => {
	scene = await createScene();
	const { world, people } = scene;
	lisId = people.lis.id;
	for (const persona of PERSONAS) tokens[persona] = await scene.token(persona);
	const [lis, veileder] = await Promise.all([world.ctx(people.lis), world.ctx(people.veileder)]);
	const fil = async (navn: string, kobling: Kobling) => {
		const { id } = await lastOpp(lis, lisId, `${navn}.pdf`, PDF, { kobling });
		ting.set(navn, { navn: `${navn}.pdf`, filId: id, kobling });
	};
	await fil('ingen', { slag: 'ingen' });
	for (const status of SAMTALER) {
		const id = await scene.samtale();
		await fil(`samtale ${status}`, { slag: 'samtale', id });
		if (status === 'ferdigstilt') await finalize(veileder, id);
		if (status === 'avlyst') await avlysSamtale(veileder, { samtaleId: id, grunn: 'Sykdom' });
	}
	for (const status of AKTIVITETER) {
		const ingen = status === 'registrert' ? { supervisorId: null, slag: 'egenregistrert' as const } : {};
		const id = await aktivitet(world, { lis: people.lis, supervisor: people.supervisor, status: 'kladd', ...ingen });
		await fil(`aktivitet ${status}`, { slag: 'aktivitet', id });
		await flyttAktivitet(id, status);
	}
	for (const [nr, status] of MAL.entries()) {
		const { kode } = await malMedKrav(world, people.lis, nr);
		await fil(`mal ${status}`, { slag: 'mal', kode });
		if (status !== 'pagar') await mal(world, people.lis, kode, status, people.leder);
	}
	const plan = await world.owner.selectFrom('plan_tildeling').select('id').where('lis_id', '=', lisId).execute();
	planId = plan[0]?.id ?? '';
	web = await startBuiltWeb(world.url);
}, START_MS);
afterAll(async () => {
	await web.stop();
	await scene.world.destroy();
});

async function flyttAktivitet(id: string, til: AktivitetStatus): Promise<void> {
	const { world, people } = scene;
	const endre = (endring: Parameters<typeof updateAktivitet>[2]) => updateAktivitet(world.owner, id, endring);
	const avgjort = { avgjort_at: world.now, avgjort_av: people.supervisor.id };
	if (til === 'kladd') return;
	if (til === 'registrert') return endre({ status: til });
	await endre({ status: 'sendt', sendt_at: world.past(30) });
	if (til === 'signert') await endre({ status: til, ...avgjort, signert_hash: Buffer.alloc(32) });
	if (til === 'underkjent') await endre({ status: til, ...avgjort, grunn: 'Mangler noe' });
}

const hent = (navn: string) => {
	const funnet = ting.get(navn);
	if (!funnet) throw new Error(`no file ${navn}`);
	return funnet;
};
const uten = (persona: Persona) => (tokens[persona] === undefined || persona === 'deactivated' ? 303 : 404);
const venter = (persona: Persona, { les, slutt }: Leser) =>
	les.includes(persona) ? 200 : slutt.includes(persona) ? 403 : uten(persona);
const status = async (persona: Persona, path: string) => (await web.ask(path, { token: tokens[persona] })).status;

/** Every reader at one file, by both addresses. */
async function lesere(navn: string, leser: Leser): Promise<void> {
	const { filId } = hent(navn);
	for (const sti of [`/filer/${filId}`, `/filer/${filId}/vis`]) {
		const svar = await Promise.all(PERSONAS.map((persona) => status(persona, sti)));
		expect(Object.fromEntries(PERSONAS.map((persona, i) => [persona, svar[i]]))).toEqual(
			Object.fromEntries(PERSONAS.map((persona) => [persona, venter(persona, leser)]))
		);
	}
}

/** Every page that may name a file, as each reader gets it: it names only what that reader may open. */
async function sider(lesbare: (navn: string) => Leser, persona: Persona): Promise<Set<string>> {
	const stier = [...ting.values()].flatMap(({ kobling }) => {
		if (kobling.slag === 'samtale') return [`/samtaler/${kobling.id}`];
		if (kobling.slag === 'aktivitet') return [`/aktiviteter/${kobling.id}`, `/signering/${kobling.id}`];
		return kobling.slag === 'mal' ? [`/laeringsmal/${kobling.kode}`] : [];
	});
	const faste = [`/veiledning/${lisId}/filer`, '/godkjenning', '/signering', '/signering/flere'];
	const nevnt = new Set<string>();
	for (const sti of [...faste, ...stier, `/katalog/saker/${planId}`]) {
		const { body } = await web.ask(sti, { token: tokens[persona] });
		for (const [nokkel, { navn }] of ting) {
			if (!body.includes(navn)) continue;
			nevnt.add(nokkel);
			expect(lesbare(nokkel).les, `${sti} names ${navn} to ${persona}`).toContain(persona);
		}
	}
	return nevnt;
}
const plan = (navn: string) => forventet.get(navn) ?? { les: [], slutt: [] };

test.each([...forventet.keys()])('a file that belongs to %s is opened by exactly its readers', (navn) =>
	lesere(navn, plan(navn))
);

describe('no page names a file to anybody else, and each names it where it belongs', () => {
	test.each(PERSONAS)('%s', async (persona) => {
		const nevnt = await sider(plan, persona);
		const alle = [...forventet].filter(([, { les }]) => les.includes(persona)).map(([navn]) => navn);
		// The supervisør has no page of goals; whoever left has those of the samtaler.
		const skal = persona === 'supervisor' ? alle.filter((navn) => navn.startsWith('aktivitet')) : alle;
		expect([...nevnt].sort()).toEqual([...skal].sort());
	});
});

describe('once it is sent, signed, approved, finished or cancelled', () => {
	test.each([...forventet.keys()])('%s: what may still be added and deleted', async (navn) => {
		const { filId, kobling } = hent(navn);
		const laast = /samtale (ferdigstilt|avlyst)|(aktivitet|mal) (sendt|signert|godkjent)$/.test(navn);
		const lagt = await web.ask(`/veiledning/${lisId}/filer/last-opp`, {
			...{ method: 'POST', token: tokens['lis'], body: new Uint8Array(PDF) },
			headers: {
				...{ accept: 'application/json', 'content-type': 'application/octet-stream' },
				'x-fil': omFil('Ny.pdf', koblingVerdi(kobling))
			}
		});
		expect(lagt.status).toBe(laast ? 409 : 201);
		if (!laast) return;
		const body = new URLSearchParams({ filId });
		const slettet = await web.ask(`/veiledning/${lisId}/filer?/slett`, { method: 'POST', token: tokens['lis'], body });
		expect(slettet.status).toBe(409);
		expect(await status('lis', `/filer/${filId}`)).toBe(200);
	});
});

test('once the plan is shared Helsedirektoratet reads what belongs to its goals and aktiviteter, drafts and samtaler not', async () => {
	await scene.world.owner.connection().execute(async (db) => {
		await sql`set session_replication_role = replica`.execute(db);
		await sql`update plan_tildeling set status = 'delt', delt_at = now() where id = ${planId}`.execute(db);
		await sql`set session_replication_role = origin`.execute(db);
	});
	const delt = (navn: string): Leser => {
		const { les, slutt } = plan(navn);
		return { les: /^(mal|aktivitet (?!kladd))/.test(navn) ? [...les, 'hdir'] : les, slutt };
	};
	for (const navn of forventet.keys()) await lesere(navn, delt(navn));
	const nevnt = await sider(delt, 'hdir');
	expect([...nevnt].sort()).toEqual([...forventet.keys()].filter((navn) => delt(navn).les.includes('hdir')).sort());
});
