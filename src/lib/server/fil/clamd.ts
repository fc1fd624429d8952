import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Clamd } from '../config.ts';

/** Silence after which the scanner is given up on, in milliseconds. */
const STILLE_MS = 60_000;
/** An answer is one line. */
const SVAR_MAKS = 4096;

/**
 * Lets clamd look at a file, sent piece by piece (clamd(8), INSTREAM). What it found, or null for nothing. Throws when it cannot be reached
 * or says anything else than that the file is clean or not: whoever asks must then take the file for unchecked.
 */
export async function sjekkVirus(clamd: Clamd, biter: AsyncIterable<Buffer>): Promise<string | null> {
	const socket = 'path' in clamd ? connect(clamd.path) : connect(clamd.port, clamd.host);
	socket.setTimeout(STILLE_MS, () => socket.destroy(new Error('clamd is silent')));
	const svar = lesSvar(socket);
	// It may fail while the file is still being sent; it is awaited below all the same.
	svar.catch(() => undefined);
	try {
		await once(socket, 'connect');
		await pipeline(instream(biter), socket, { end: false });
		return tolkSvar(await svar);
	} finally {
		socket.destroy();
	}
}

/** Each piece with its length before it; a length of nothing ends them. */
async function* instream(biter: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	yield Buffer.from('zINSTREAM\0');
	for await (const bit of biter) {
		const lengde = Buffer.alloc(4);
		lengde.writeUInt32BE(bit.length);
		yield lengde;
		yield bit;
	}
	yield Buffer.alloc(4);
}

async function lesSvar(socket: Socket): Promise<string> {
	let tekst = '';
	for await (const del of socket as AsyncIterable<Buffer>) {
		tekst += del.toString('utf8');
		if (tekst.includes('\0') || tekst.length > SVAR_MAKS) break;
	}
	return tekst.replace(/\0.*$/s, '').trim();
}

function tolkSvar(svar: string): string | null {
	if (svar === 'stream: OK') return null;
	const funn = /^stream: (.+) FOUND$/.exec(svar)?.[1];
	if (funn === undefined) throw new Error(`clamd did not decide: ${JSON.stringify(svar.slice(0, 200))}`);
	return funn.slice(0, 200);
}
