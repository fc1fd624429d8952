import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProject, projectRoot } from '../../scripts/lib/paths.ts';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { EKSEMPLER, epostAv } from '../support/brev.ts';
import { MailWorld, origin, receiver } from '../support/mail-world.ts';

let world: MailWorld;
const output: string[] = [];
beforeAll(async () => {
	world = await MailWorld.create();
});
afterAll(() => world.destroy());

/** A worker as it runs in production. */
function startWorker(): ChildProcess {
	const { host, port } = world.sink.address;
	const child = spawn(process.execPath, [inProject('src/lib/server/jobs/worker.ts')], {
		cwd: projectRoot,
		env: {
			...{ PATH: process.env['PATH'], DATABASE_URL: world.url, SMTP_URL: `smtp://${host}:${port}`, ORIGIN: origin },
			PID_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
	return child;
}

test('a worker killed between the server’s 250 and the mark: doubles ≤ kills, with the same Message-ID', async () => {
	const KILLS = 3;
	const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
	const ids: string[] = [];
	world.now = new Date();
	const bruker = { id: randomUUID(), brukernavn: 'mottaker', navn: 'Kari Nordby', farge: 0 };
	await insertBrukere(world.owner, [bruker], world.now);
	for (let i = 0; i < 12; i++) {
		const mal = (['invitasjon', 'varsel', 'ukesoppsummering'] as const)[i % 3] ?? 'varsel';
		const epost = epostAv(mal, EKSEMPLER[mal][0] ?? {}, receiver({ id: bruker.id }));
		ids.push(
			await world.queue(epost.lenke ? ({ ...epost, lenke: { ...epost.lenke, nokkel: key } } as typeof epost) : epost)
		);
	}
	let worker = startWorker();
	let kills = 0;
	// The server has kept the mail; the worker is gone before it can know.
	world.sink.beforeAnswer = async () => {
		if (kills === KILLS || world.sink.received.length % 2 === 0) return;
		kills++;
		const gone = once(worker, 'exit');
		worker.kill('SIGKILL');
		await gone;
		worker = startWorker();
	};
	const left = async (): Promise<number> =>
		(await world.owner.selectFrom('epost').select('id').where('status', '=', 'venter').execute()).length;
	await expect.poll(left, { timeout: 40_000 }).toBe(0);
	const ended = once(worker, 'exit');
	worker.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);

	const counts = world.sink.counts();
	expect(kills).toBe(KILLS);
	expect([...counts.keys()].sort()).toEqual(ids.map((id) => `<${id}@lis.example.no>`).sort());
	expect([...counts.values()].reduce((sum, count) => sum + count - 1, 0)).toBeLessThanOrEqual(KILLS);
	// A double is the same mail to the last link: what it turns off is turned off by either.
	for (const id of ids) {
		const like = world.sink.received.filter(({ mail }) => mail.messageId === `<${id}@lis.example.no>`);
		expect(new Set(like.map(({ mail }) => JSON.stringify([mail.subject, mail.date, mail.text, mail.html]))).size).toBe(
			1
		);
	}
	const avmeldinger = await world.owner.selectFrom('avmelding').select('token_hash').execute();
	expect(avmeldinger).toHaveLength(8);
	expect(output.join('')).not.toMatch(/@example\.no|\/invitasjon\//);
}, 60_000);
