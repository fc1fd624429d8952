import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Postmann } from '#lib/server/mail/postmann.ts';
import { sendNeste } from '#lib/server/mail/send.ts';
import { smtpTransport } from '#lib/server/mail/transport.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { invitation, MailWorld, receiver } from '../support/mail-world.ts';

let world: MailWorld;
beforeEach(async () => {
	world = await MailWorld.create();
});
afterEach(() => world.destroy());

const statuses = async (): Promise<string[]> =>
	(await world.owner.selectFrom('epost').select('status').orderBy('created_at').execute()).map(({ status }) => status);

test('a server that is away, then busy, then well: nothing is lost and nothing comes twice', async () => {
	const ids: string[] = [];
	for (let i = 0; i < 8; i++) ids.push(await world.queue(invitation()));
	await world.sink.stop();
	// Two hours: each round asks the server once and leaves the others alone.
	for (let i = 0; i < 24; i++) {
		expect([[], ['borte']]).toContainEqual((await sendNeste(world.sending)) === 'borte' ? ['borte'] : []);
		world.later(5);
	}
	expect(new Set(await statuses())).toEqual(new Set(['venter']));

	await world.sink.start();
	let answers = 0;
	world.sink.onRcpt = () => (answers++ % 2 === 0 ? { code: 451, text: 'greylisted, try again' } : undefined);
	world.sink.onData = () => (answers++ % 3 === 0 ? { code: 452, text: 'no room' } : undefined);
	for (let i = 0; i < 12; i++) {
		await world.sendAll();
		world.later(60);
	}
	world.sink.onRcpt = () => undefined;
	world.sink.onData = () => undefined;
	for (let i = 0; i < 4; i++) {
		world.later(480);
		await world.sendAll();
	}
	expect(new Set(await statuses())).toEqual(new Set(['sendt']));
	expect([...world.sink.counts().values()]).toEqual(ids.map(() => 1));
	expect([...world.sink.counts().keys()].sort()).toEqual(ids.map((id) => `<${id}@lis.example.no>`).sort());
});

test('a permanent refusal is told without the address, and the secret is forgotten', async () => {
	const mottaker = receiver();
	world.sink.onRcpt = (address) => ({ code: 550, text: `5.1.1 <${address}> no such user, see https://smtp.example/x` });
	const id = await world.queue(invitation(mottaker));
	expect(await world.sendAll()).toEqual(['aldri']);
	const row = await world.row(id);
	expect(row).toMatchObject({ status: 'feilet', forsok: 1, hemmelig: null, sendt_at: null });
	expect(row.feil).toBe('550 5.1.1 [adresse] no such user, see [lenke]');
	expect(world.lines.join()).not.toContain(mottaker.epost);
	// Others are not held up by it.
	world.sink.onRcpt = () => undefined;
	await world.queue(invitation());
	expect(await world.sendAll()).toEqual(['sendt']);
});

test('a server that is never well: given up after two days, not before', async () => {
	const id = await world.queue(invitation());
	const begun = world.now.getTime();
	await world.sink.stop();
	let attempts = 0;
	while ((await world.row(id)).status === 'venter') {
		const row = await world.row(id);
		world.now = row.neste_at;
		await sendNeste(world.sending);
		attempts++;
		expect(attempts).toBeLessThan(20);
	}
	const hours = (world.now.getTime() - begun) / 3_600_000;
	expect(hours).toBeGreaterThanOrEqual(47);
	expect(hours).toBeLessThanOrEqual(56);
	expect(await world.row(id)).toMatchObject({
		status: 'feilet',
		hemmelig: null,
		feil: expect.stringContaining('ECONN')
	});
});

test('a refusal of us as a whole is no fault of the mail: it waits', async () => {
	const id = await world.queue(invitation());
	world.sink.onRcpt = () => ({ code: 421, text: 'too many connections' });
	expect(await sendNeste(world.sending)).toBe('borte');
	expect(await world.row(id)).toMatchObject({ status: 'venter', forsok: 1 });
	expect(await sendNeste(world.sending)).toBeUndefined();
});

test.each(['never greets', 'falls silent after the mail'])(
	'a server that %s: the attempt ends by a time limit, the mail waits, and comes once the server is well',
	async (hvordan) => {
		const hengende = new Set<Socket>();
		const taus = createServer((socket) => {
			hengende.add(socket.on('error', () => undefined));
			if (hvordan === 'never greets') return;
			let data = false;
			socket.write('220 her\r\n');
			// Says yes to every step until the mail itself has begun.
			socket.on('data', (linje: Buffer) => {
				if (!data) socket.write(/^DATA/.test(linje.toString()) ? '354 kom\r\n' : '250 ja\r\n');
				data ||= linje.toString().startsWith('DATA');
			});
		});
		await new Promise<void>((resolve) => taus.listen(0, '127.0.0.1', resolve));
		try {
			const ider = [await world.queue(invitation()), await world.queue(invitation())];
			const port = (taus.address() as AddressInfo).port;
			const kort = { connectionTimeout: 300, greetingTimeout: 300, dnsTimeout: 300, socketTimeout: 300 };
			const transport = smtpTransport({ ...world.sink.address, port }, kort);
			expect(await sendNeste({ ...world.sending, transport })).toBe('borte');
			const rader = await Promise.all(ider.map((id) => world.row(id)));
			expect(rader.map(({ status, forsok }) => [status, forsok]).toSorted()).toEqual([
				['venter', 0],
				['venter', 1]
			]);
			world.later(5);
			expect(await world.sendAll()).toEqual(['sendt', 'sendt']);
			expect([...world.sink.counts().keys()].toSorted()).toEqual(ider.map((id) => `<${id}@lis.example.no>`).toSorted());
		} finally {
			for (const socket of hengende) socket.destroy();
			await new Promise((resolve) => taus.close(resolve));
		}
	}
);

test('two workers at once send none twice', async () => {
	for (let i = 0; i < 40; i++) await world.queue(invitation());
	const others = [0, 1, 2].map(() => createDb(world.url, 'lisk_worker', { max: 2 }).db);
	await Promise.all(
		others.map(async (db) => {
			while ((await sendNeste({ ...world.sending, db })) !== undefined);
		})
	);
	await Promise.all(others.map((db) => db.destroy()));
	expect(world.sink.received).toHaveLength(40);
	expect(world.sink.counts().size).toBe(40);
});

test('a mail leaves within seconds of its commit, by the hint', async () => {
	const postmann = new Postmann({ ...world.sending, clock: () => new Date(), databaseUrl: world.url });
	postmann.start();
	try {
		// The first look is over and the connection that listens is open.
		await world.queue(invitation());
		await expect.poll(() => world.sink.received.length, { timeout: 8_000 }).toBe(1);
		const begun = performance.now();
		for (let i = 0; i < 5; i++) await world.queue(invitation());
		await expect.poll(() => world.sink.received.length, { timeout: 8_000, interval: 20 }).toBe(6);
		expect(performance.now() - begun).toBeLessThan(3_000);
	} finally {
		await postmann.stop();
	}
});
