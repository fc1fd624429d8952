import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/server/config.ts';
import { freePort, isPortFree } from './ports.ts';

/** The local test provider of electronic ID, and the settings by which the portal knows it. */
export interface TestEid {
	issuer: string;
	env: Record<'EID_ISSUER' | 'EID_CLIENT_ID' | 'EID_PRIVATE_JWK', string>;
}

/** The file in the data folder that holds the portal's key for the test provider. */
export const testEidKeyFile = 'eid-test-key.json';

/** What is needed to run a test provider; undefined when a real one is set, and in production always. */
export async function prepareTestEid(config: Config): Promise<TestEid | undefined> {
	if (config.production || config.eid !== undefined) return undefined;
	const wanted = config.port < 65_533 ? config.port + 3 : config.port - 3;
	const port = wanted !== config.wsPort && (await isPortFree(wanted, 'localhost')) ? wanted : await freePort();
	const issuer = `http://localhost:${port}`;
	return {
		issuer,
		env: { EID_ISSUER: issuer, EID_CLIENT_ID: 'lis-kommune', EID_PRIVATE_JWK: await readOrMakeKey(config.dataDir) }
	};
}

async function readOrMakeKey(dataDir: string): Promise<string> {
	const path = join(dataDir, testEidKeyFile);
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID() });
	await mkdir(dataDir, { recursive: true });
	await writeFile(path, jwk, { mode: 0o600 });
	await chmod(path, 0o600);
	return jwk;
}
