import type WebSocket from 'ws';
import { MESSAGE, readOurs, type ToClient } from '#lib/collab/messages.ts';
import { listRows, findCollabDoc } from '#lib/server/queries/collab.ts';
import { faultsOfLog, rendered, replay } from './log-state.ts';
import { Client, until } from './realtime.ts';
import type { World } from './world.ts';

/** A stock client that keeps every message of ours that it got, in order. */
export class Listener extends Client {
	readonly heard: ToClient[] = [];

	constructor(...args: ConstructorParameters<typeof Client>) {
		super(...args);
		const handle = this.provider.messageHandlers[MESSAGE.ours];
		this.provider.messageHandlers[MESSAGE.ours] = (encoder, decoder, ...rest) => {
			const start = decoder.pos;
			const message = readOurs(decoder);
			if (message) this.heard.push(message);
			decoder.pos = start;
			handle?.(encoder, decoder, ...rest);
		};
	}

	get states(): string[] {
		return this.heard.flatMap((message) => (message.kind === 'tilstand' ? [message.state] : []));
	}
}

/** How often a word stands in a client, in either part. */
export function occurrences(client: Client, word: string): number {
	return (client.text('forberedelse') + client.text('referat')).split(word).length - 1;
}

/**
 * Everything that the client sent so far has been handed to its room, and the server has had some turns since: what it answers
 * at once, it has answered.
 */
export async function heardByServer({ ws }: { ws: unknown }): Promise<void> {
	const socket = ws as WebSocket;
	for (let turn = 0; turn < 5; turn++) {
		const pong = new Promise((resolve) => socket.once('pong', resolve));
		socket.ping();
		await pong;
	}
}

/** What is wrong once all has come to rest: the clients and the log differ, a word is not there exactly once, the log is broken. */
export async function faultsOf(world: World, docId: string, clients: Client[], words: string[]): Promise<string[]> {
	const log = await replay(world.owner, docId);
	await until(() => clients.every((client) => rendered(client.doc) === rendered(log)));
	return [
		...words.filter((word) => rendered(log).split(word).length !== 2).map((word) => `${word} is not there once`),
		...(await faultsOfLog(world.owner, docId))
	];
}

/** The ids of those who wrote the rows of a document after the first, in order. */
export async function authors(world: World, docId: string): Promise<string[]> {
	const head = await findCollabDoc(world.owner, docId);
	return (await listRows(world.owner, docId, 1, head?.headSeq ?? 0)).map(({ userId }) => userId);
}
