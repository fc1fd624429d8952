import { Refusal } from './refusal.ts';
import { scanText } from './utf8.ts';

/** Longest name (root, node, mark, attribute) that is worth comparing with the whitelists, bytes. */
const NAME_BYTES = 32;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads lib0's encoding from bytes that nobody has looked at. Every read is checked against the bytes that are left, and nothing is
 * allocated because of a number that was only declared. lib0's own decoder does neither: it believes counts, reads over-long and
 * overflowing numbers, and may return NaN.
 *
 * Every method throws Refusal.
 */
export class Reader {
	readonly bytes: Uint8Array;
	private at = 0;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	get left(): number {
		return this.bytes.length - this.at;
	}

	byte(): number {
		const byte = this.bytes[this.at];
		if (byte === undefined) throw new Refusal('invalid', 'ends too early');
		this.at += 1;
		return byte;
	}

	/** An unsigned integer of at most `max` (below 2^53), in its shortest form. */
	uint(max: number): number {
		let byte = this.byte();
		let value = byte & 0x7f;
		let factor = 1;
		while (byte >= 0x80) {
			factor *= 128;
			byte = this.byte();
			value += (byte & 0x7f) * factor;
			if (value > max || byte === 0) throw new Refusal('invalid', 'number out of range');
		}
		if (value > max) throw new Refusal('invalid', 'number out of range');
		return value;
	}

	/** A signed integer as lib0 writes it: sign and six bits in the first byte. */
	int(): number {
		let byte = this.byte();
		const sign = byte & 0x40 ? -1 : 1;
		let value = byte & 0x3f;
		let factor = 64;
		while (byte >= 0x80) {
			byte = this.byte();
			value += (byte & 0x7f) * factor;
			factor *= 128;
			if (value > Number.MAX_SAFE_INTEGER || byte === 0) throw new Refusal('invalid', 'number out of range');
		}
		return sign * value;
	}

	float(bytes: 4 | 8): number {
		const raw = this.raw(bytes);
		const view = new DataView(raw.buffer, raw.byteOffset, bytes);
		return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0);
	}

	/** A declared number of things, each of at least `bytesEach`: more than the bytes left can hold is refused before any is read. */
	count(bytesEach: number, max: number): number {
		const count = this.uint(Number.MAX_SAFE_INTEGER);
		if (count * bytesEach > this.left) throw new Refusal('invalid', 'declares more than it holds');
		if (count > max) throw new Refusal('tooMany', 'declares more than is allowed');
		return count;
	}

	/** The next `length` bytes, as a view. */
	raw(length: number): Uint8Array {
		if (length > this.left) throw new Refusal('invalid', 'ends too early');
		const raw = this.bytes.subarray(this.at, this.at + length);
		this.at += length;
		return raw;
	}

	/** Bytes behind their length, as a view. */
	lengthPrefixed(): Uint8Array {
		return this.raw(this.uint(Number.MAX_SAFE_INTEGER));
	}

	/** A string of document text: only its length in UTF-16 units, after every character was judged. */
	text(): number {
		const length = this.uint(Number.MAX_SAFE_INTEGER);
		const from = this.at;
		this.raw(length);
		return scanText(this.bytes, from, from + length);
	}

	/** Any well-formed string of at most `maxBytes`. */
	string(maxBytes: number): string {
		const raw = this.lengthPrefixed();
		if (raw.length > maxBytes) throw new Refusal('tooLarge', 'string too long');
		try {
			return strictUtf8.decode(raw);
		} catch {
			throw new Refusal('invalid', 'malformed UTF-8');
		}
	}

	/** A short name in ASCII; what is no such name cannot be on any whitelist. */
	name(): string {
		const raw = this.lengthPrefixed();
		if (raw.length > NAME_BYTES) throw new Refusal('invalid', 'unknown name');
		let name = '';
		for (const byte of raw) {
			if (byte < 0x30 || byte > 0x7a) throw new Refusal('invalid', 'unknown name');
			name += String.fromCharCode(byte);
		}
		return name;
	}

	/** Refuses bytes that nothing declared. */
	end(): void {
		if (this.left > 0) throw new Refusal('invalid', 'trailing bytes');
	}
}
