import { BIT } from '../queries/fil-del.ts';

/** Cuts what arrives into pieces of the one length; only the last is shorter. A piece holds until the next is asked for. */
export async function* iBiter(innhold: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	const bit = Buffer.allocUnsafeSlow(BIT);
	let fylt = 0;
	for await (const del of innhold) {
		let lest = 0;
		while (lest < del.length) {
			const antall = Math.min(BIT - fylt, del.length - lest);
			bit.set(del.subarray(lest, lest + antall), fylt);
			fylt += antall;
			lest += antall;
			if (fylt < BIT) continue;
			yield bit;
			fylt = 0;
		}
	}
	if (fylt > 0) yield bit.subarray(0, fylt);
}
