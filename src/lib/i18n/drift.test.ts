import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { epostslag } from './drift.ts';

test('every kind of mail has a name for drift', () => {
	const templates = readdirSync(new URL('../server/mail/templates', import.meta.url)).filter(
		(file) => file !== 'index.ts'
	);
	const kinds = templates.map((file) => file.replace('.ts', '').replaceAll('-', '_'));
	expect(kinds).toContain('invitasjon');
	expect(kinds.filter((kind) => epostslag(kind) === kind)).toEqual([]);
});
