import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../support/built-web.ts';
import { hentStor, MB, mestMinne, minneNa, sendStor } from '../support/filer-http.ts';
import { World } from '../support/world.ts';

/**
 * Files of 200 MB go in and out, and what the web process holds does not grow with them. What it does hold is garbage not yet collected:
 * about 75 MB above idle after one in, 115 MB after two in and out. The goal of 50 MB is not reached yet.
 */

/** Far less than the file, with room for a busy machine's late collections. */
const MAKS_MB = 150;

let world: World;
let web: BuiltWeb;

beforeAll(async () => {
	world = await World.create();
	web = await startBuiltWeb(world.url, undefined, { FIL_MAKS: '250MB', FIL_KVOTE: '2GB' });
}, START_MS);
afterAll(async () => {
	await web.stop();
	await world.destroy();
});

test.runIf(existsSync('/proc/self/clear_refs'))('200 MB in and out, twice', async () => {
	const { lis } = await world.cast();
	const token = await world.login(lis, new Date());
	await web.ask(`/veiledning/${lis.id}/filer`, { token });
	await sendStor(web, token, lis.id, 1);
	writeFileSync(`/proc/${web.pid}/clear_refs`, '5');
	const ledig = minneNa(web.pid);
	const mest: number[] = [];
	for (let i = 0; i < 2; i++) {
		const { status, body } = await sendStor(web, token, lis.id, 200);
		expect(status).toBe(201);
		mest.push((mestMinne(web.pid) - ledig) / MB);
		expect(await hentStor(web, token, (JSON.parse(body) as { id: string }).id)).toBe(200 * MB);
		mest.push((mestMinne(web.pid) - ledig) / MB);
	}
	expect(Math.max(...mest), `most above idle: ${mest.join(', ')} MB`).toBeLessThan(MAKS_MB);
});
