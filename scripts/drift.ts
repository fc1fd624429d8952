import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { AppError } from '#lib/domain/feil.ts';
import { nyPerson, settRolle, type Drift } from '#lib/server/commands/drift/roller.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { listFasteRoller } from '#lib/server/queries/fast-rolle.ts';
import { withDatabase } from './lib/database.ts';
import { readConfig } from './lib/environment.ts';

/** The command line of whoever runs the portal: its first systemadministrator, and roles for the portal. */
const HELP = `npm run drift -- ny --brukernavn kari --navn "Kari Nordmann" --epost kari@kommune.no [--rolle drift|hdir]
    makes a person who logs in with electronic ID; asks for the fødselsnummer, so that it stands in no history of commands
npm run drift -- rolle --brukernavn kari --rolle drift|hdir [--slutt]
    gives somebody who is there a role, or ends it
npm run drift -- liste
    everybody who has a role for the portal`;

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: {
		brukernavn: { type: 'string', default: '' },
		navn: { type: 'string', default: '' },
		epost: { type: 'string', default: '' },
		rolle: { type: 'string', default: 'drift' },
		slutt: { type: 'boolean', default: false }
	}
});
const { brukernavn, navn, epost, slutt } = values;
const rolle = values.rolle === 'drift' || values.rolle === 'hdir' ? values.rolle : fail('--rolle is drift or hdir.');
const config = readConfig();

const WORK: Record<string, (drift: Drift) => Promise<string>> = {
	ny: async (drift) => {
		await nyPerson(drift, { brukernavn, navn, epost, pid: await askForPid(), rolle });
		return `${navn} is made, and logs in with electronic ID at ${config.origin}/logg-inn.`;
	},
	rolle: async (drift) => {
		await settRolle(drift, { brukernavn, rolle, slutt });
		return slutt ? `${brukernavn} no longer has the role ${rolle}.` : `${brukernavn} has the role ${rolle}.`;
	},
	liste: async ({ db, now }) =>
		(await listFasteRoller(db, now))
			.map((rad) => `${rad.rolle.padEnd(6)} ${rad.brukernavn.padEnd(20)} ${rad.navn} (${rad.status})`)
			.join('\n') || 'Nobody has a role for the portal.'
};

const work = WORK[positionals[0] ?? ''] ?? fail(HELP);
await withDatabase(config, async (url) => {
	await migrate(url);
	const { db } = createDb(url, undefined, { max: 1 });
	try {
		console.log(await work({ db, now: new Date(), pidKey: config.pidKey }));
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		const fields = Object.entries(error.detail.fields ?? {}).map(([field, why]) => `${field}: ${why}`);
		console.error([error.code, ...fields].join('; '));
		process.exitCode = 1;
	} finally {
		await db.destroy();
	}
});

/** From the terminal, or from what is piped in. */
async function askForPid(): Promise<string> {
	const lines = createInterface({ input: process.stdin, output: process.stderr });
	const pid = await lines.question('Fødselsnummer: ');
	lines.close();
	return pid.replace(/\s/g, '');
}

function fail(message: string): never {
	console.error(message);
	process.exit(1);
}
