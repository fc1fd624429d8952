import { expect, test } from 'vitest';
import { EID_GRUNNER, eidGrunn, erBekreftet } from './eid.ts';

const now = new Date('2026-11-24T10:00:00Z');
const ago = (ms: number) => ({ eidAt: new Date(now.getTime() - ms) });

test('a session is confirmed when its person identified in it, and not too long ago', () => {
	expect(erBekreftet({ eidAt: null }, now, 60_000)).toBe(false);
	expect(erBekreftet(ago(0), now, 60_000)).toBe(true);
	expect(erBekreftet(ago(60_000), now, 60_000)).toBe(true);
	expect(erBekreftet(ago(60_001), now, 60_000)).toBe(false);
});

test('an address names a reason that is one, or none', () => {
	for (const grunn of EID_GRUNNER) expect(eidGrunn(grunn)).toBe(grunn);
	for (const other of [null, '', 'toString', '<script>']) expect(eidGrunn(other)).toBe('ugyldig');
});
