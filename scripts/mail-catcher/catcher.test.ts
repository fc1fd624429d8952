import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smtpTransport } from '#lib/server/mail/transport.ts';
import { startMailCatcher, type MailCatcher } from './catcher.ts';
import { Mailbox, type CaughtMail } from './mailbox.ts';

let catcher: MailCatcher;
let base: string;
beforeAll(async () => {
	catcher = await startMailCatcher({ smtp: 0, web: 0 });
	base = `http://127.0.0.1:${catcher.webPort}`;
});
afterAll(() => catcher.close());

async function send(
	address: string,
	subject: string,
	html = '<html><head></head><body>x</body></html>'
): Promise<void> {
	const transport = smtpTransport({
		...{ host: '127.0.0.1', port: catcher.smtpPort, secure: false },
		...{ user: undefined, password: undefined }
	});
	const from = { name: 'LIS Kommune', address: 'fra@example.no' };
	await transport({
		...{ messageId: '<1@example.no>', from, to: { name: 'Kari', address }, subject, html, text: 'tekst' },
		...{ date: new Date(0), headers: {}, attachments: [], envelope: { from: from.address, to: [address] } }
	});
}

test('lists what it caught, newest first, and by receiver', async () => {
	await send('kari@example.no', 'En');
	await send(
		'per@example.no',
		'To',
		'<html><head></head><body><a href="https://x.no/?a=1&amp;b=2">x</a></body></html>'
	);
	const all = (await (await fetch(`${base}/api/mails`)).json()) as CaughtMail[];
	expect(all.map(({ subject }) => subject)).toEqual(['To', 'En']);
	const [mail] = (await (await fetch(`${base}/api/mails?to=Per@example.no`)).json()) as CaughtMail[];
	expect(mail).toMatchObject({ links: ['https://x.no/?a=1&b=2'], envelopeTo: ['per@example.no'], text: 'tekst' });
});

test('shows a mail without letting it do anything', async () => {
	await send('kari@example.no', '<script>x</script>', '<html><head></head><body><script>x</script></body></html>');
	const [mail] = catcher.mailbox.mails;
	for (const path of ['/', `/mails/${mail?.id}`]) {
		const page = await fetch(base + path);
		expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(await page.text()).not.toContain('<script>');
	}
	const framed = await fetch(`${base}/mails/${mail?.id}/html`);
	expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
	expect((await fetch(`${base}/mails/nothing`)).status).toBe(404);
});

test('answers to its own names only', async () => {
	const status = await new Promise((resolve, reject) => {
		const asked = request({ host: '127.0.0.1', port: catcher.webPort, headers: { host: 'ond.example' } });
		asked.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
		asked.end();
	});
	expect(status).toBe(403);
	expect((await fetch(base, { method: 'POST' })).status).toBe(403);
});

test('keeps the last 500', async () => {
	const mailbox = new Mailbox();
	for (let i = 0; i < 503; i++) await mailbox.take(Readable.from([`Subject: ${i}\r\n\r\nx\r\n`]), []);
	expect(mailbox.mails).toHaveLength(500);
	expect(mailbox.mails[0]?.subject).toBe('502');
});
