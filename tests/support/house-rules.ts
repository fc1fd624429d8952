import { browserRule } from './browser-rule.ts';
import { eventRule } from './event-rule.ts';
import type { Source } from './sources.ts';

/** A rule that every file holds, with examples of breaking it: [path, text]. */
export interface Rule {
	name: string;
	faults(source: Source): string[];
	wrong: [path: string, text: string][];
}

/** Which other parts of the project a part may import; a package is named alone, or `*` for any but the framework. */
interface Layer {
	name: string;
	is: RegExp;
	may: string[];
	wrong: [path: string, text: string][];
}

const LIB = 'src/lib/';
const SERVER = 'src/lib/server/';
const FRAMEWORK = /^(\$app|\$env|\$lib|svelte|@sveltejs)(\/|$)/;
/** Files that more than 300 lines hold together; any other is taken apart. */
export const longFiles = [
	'ws-server/validate/hostile.ts',
	'src/lib/server/pdf/samtale-pdf.test.ts',
	'tests/realtime/refusals.test.ts'
];

/** architecture.md, «Directions». */
const layers: Layer[] = [
	{
		name: 'domain imports nothing of the app',
		is: /^src\/lib\/domain\//,
		may: [`${LIB}domain/`, 'valibot'],
		wrong: [
			['src/lib/domain/x.ts', "import { sql } from '../server/db/pool.ts';"],
			['src/lib/domain/x.ts', "import type { Node } from '#lib/collab/schema.ts';"],
			['src/lib/domain/x.ts', "import { readFile } from 'node:fs';"]
		]
	},
	{
		name: 'collab imports nothing of the app',
		is: /^src\/lib\/collab\//,
		may: [`${LIB}collab/`, '*'],
		wrong: [['src/lib/collab/x.ts', "import { erId } from '#lib/domain/id.ts';"]]
	},
	{
		name: 'policies know the domain only',
		is: /^src\/lib\/server\/authz\/policies\//,
		may: [`${LIB}domain/`, `${SERVER}authz/policies/`, `${SERVER}authz/actions.ts`],
		wrong: [['src/lib/server/authz/policies/x.ts', "import { findSamtale } from '../../queries/samtale.ts';"]]
	},
	{
		name: 'queries know the database and the domain, not who asks',
		is: /^src\/lib\/server\/queries\//,
		may: [
			`${LIB}domain/`,
			`${SERVER}queries/`,
			`${SERVER}db/`,
			`${SERVER}authz/actions.ts`,
			`${SERVER}authz/scope/`,
			'*'
		],
		wrong: [['src/lib/server/queries/x.ts', "import { can } from '../authz/index.ts';"]]
	},
	{
		name: 'a command never calls a command',
		is: /^src\/lib\/server\/commands\/[^/]+$/,
		may: [
			`${LIB}domain/`,
			`${LIB}collab/`,
			...[
				'commands/lib/',
				'authz/',
				'auth/',
				'db/',
				'queries/',
				'mail/',
				'jobs/definitions/',
				'mail/ko.ts',
				'varsler/',
				'endringslogg/',
				'fil/',
				'signatur/',
				'ctx.ts',
				'collab-state.ts'
			].map((part) => SERVER + part),
			'*'
		],
		wrong: [
			['src/lib/server/commands/x.ts', "import { avlysSamtale } from './avlys-samtale.ts';"],
			['src/lib/server/commands/x.ts', "const { hentHjem } = await import('../views/hjem.ts');"]
		]
	},
	{
		name: 'views read, and never command',
		is: /^src\/lib\/server\/views\//,
		may: [
			`${LIB}domain/`,
			`${LIB}collab/`,
			...[
				'views/',
				'authz/',
				'auth/',
				'db/',
				'fil/',
				'kalender/',
				'pdf/',
				'signatur/',
				'queries/',
				'ctx.ts',
				'endringslogg/',
				'collab-state.ts'
			].map((part) => SERVER + part),
			'*'
		],
		wrong: [['src/lib/server/views/x.ts', "import { avlysSamtale } from '../commands/avlys-samtale.ts';"]]
	},
	{
		name: 'the server knows neither SvelteKit nor the pages',
		is: /^src\/lib\/server\//,
		may: [`${LIB}domain/`, `${LIB}collab/`, `${LIB}i18n/`, SERVER, '*'],
		wrong: [
			['src/lib/server/x.ts', "import { error } from '@sveltejs/kit';"],
			['src/lib/server/x.ts', "import { page } from '$app/state';"],
			['src/lib/server/x.ts', "import { env } from '$env/dynamic/private';"],
			['src/lib/server/x.ts', "import { vis } from '#lib/web/feil.ts';"]
		]
	},
	{
		name: 'the web helpers know sessions and errors, no queries, commands or policies',
		is: /^src\/(lib\/web\/|hooks\.(server|client)\.ts$)/,
		may: [
			`${LIB}domain/`,
			`${LIB}web/`,
			`${LIB}i18n/`,
			`${LIB}components/skjemasvar.ts`,
			...['auth/', 'config.ts', 'ctx.ts', 'endringslogg/historikk.ts', 'db/pool.ts', 'log.ts'].map(
				(part) => SERVER + part
			),
			...['process.ts', 'signatur/nokkel.ts', 'varsler/lytter.ts'].map((part) => SERVER + part),
			'*',
			'svelte',
			'@sveltejs/kit',
			'$app'
		],
		wrong: [['src/hooks.server.ts', "import { findOkt } from '#lib/server/queries/okt.ts';"]]
	},
	{
		name: 'routes call views and commands, nothing beneath them',
		is: /^src\/routes\//,
		may: [
			'src/routes/',
			...[
				'web/',
				'components/',
				'ui/',
				'editor/',
				'domain/',
				'i18n/',
				'server/views/',
				'server/commands/',
				'server/readiness.ts'
			].map((part) => LIB + part),
			'svelte',
			'@sveltejs/kit',
			'$app'
		],
		wrong: [
			['src/routes/x/+page.server.ts', "import { findSamtale } from '#lib/server/queries/samtale.ts';"],
			['src/routes/x/+page.server.ts', "import { createDb } from '#lib/server/db/pool.ts';"],
			['src/routes/x/+page.server.ts', "import { can } from '#lib/server/authz/index.ts';"],
			['src/routes/x/+page.svelte', '<script lang="ts">import pg from "pg";</script>']
		]
	},
	{
		name: 'ui knows no domain',
		is: /^src\/lib\/ui\//,
		may: [`${LIB}ui/`, `${LIB}i18n/paraglide/`, '*', 'svelte', '$app', '@sveltejs/kit'],
		wrong: [['src/lib/ui/X.svelte', "<script>import { initialer } from '#lib/domain/actor.ts';</script>"]]
	},
	{
		name: 'components know ui, domain and texts, nothing of the server',
		is: /^src\/lib\/components\//,
		may: [
			...['components/', 'ui/', 'domain/', 'collab/', 'i18n/'].map((part) => LIB + part),
			'svelte',
			'@sveltejs/kit',
			'$app'
		],
		wrong: [['src/lib/components/X.svelte', "<script>import { x } from '#lib/server/views/hjem.ts';</script>"]]
	},
	{
		name: 'the editor knows what it shares with the ws-server, nothing of the server',
		is: /^src\/lib\/editor\//,
		may: [
			...['editor/', 'components/', 'ui/', 'domain/', 'collab/', 'i18n/'].map((part) => LIB + part),
			'*',
			'svelte',
			'$app'
		],
		wrong: [['src/lib/editor/x.ts', "import { loadDoc } from '#lib/server/collab-state.ts';"]]
	},
	{
		name: 'the ws-server uses the one door for access, and no commands or views',
		is: /^ws-server\//,
		may: [
			'ws-server/',
			`${LIB}domain/`,
			`${LIB}collab/`,
			...[
				'authz/index.ts',
				'auth/',
				'queries/',
				'db/',
				'config.ts',
				'log.ts',
				'process.ts',
				'readiness.ts',
				'ctx.ts',
				'collab-state.ts'
			].map((part) => SERVER + part),
			'*'
		],
		wrong: [
			['ws-server/x.ts', "import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';"],
			['ws-server/x.ts', "import { kanLese } from '#lib/server/authz/policies/samtale.ts';"]
		]
	}
];

/** Tests may import what they like. */
const isTest = (path: string): boolean => path.startsWith('tests/') || /\.test\.ts$|\/test-support\.ts$/.test(path);

function mayImport({ may }: Layer, target: string): boolean {
	const isOwn = /^(src|ws-server|scripts|tests|migrations)\//.test(target);
	if (!isOwn && may.includes('*') && !FRAMEWORK.test(target)) return true;
	return may.some((part) => target === part || target.startsWith(part.endsWith('/') ? part : `${part}/`));
}

const directions: Rule[] = layers.map((layer) => ({
	name: layer.name,
	wrong: layer.wrong,
	faults: ({ path, imports }) =>
		layer.is.test(path) && !isTest(path) ? imports.filter((target) => !mayImport(layer, target)) : []
}));

const SQL_HOMES = /^src\/lib\/server\/(queries|db|authz\/scope)\/|^src\/lib\/server\/auth\/okter\.ts$/;
const SQL_CALLS = ['sql', 'selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto'];
const SQL_TEXT = /\bselect\b[^;]*\bfrom\s+\w|\binsert\s+into\s+\w|\bupdate\s+\w+\s+set\s|\bdelete\s+from\s+\w/i;
const ROLES = ['lis', 'leder', 'veileder', 'supervisor', 'hdir', 'drift'];

export const rules: Rule[] = [
	...directions,
	{
		name: 'SQL stands in queries, scopes and migrations',
		wrong: [
			['src/lib/server/views/x.ts', "db.selectFrom('samtale').selectAll();"],
			['src/lib/server/commands/x.ts', 'await sql`select 1`.execute(db);'],
			['ws-server/x.ts', "client.query('DELETE FROM okt WHERE id = $1', [id]);"],
			['src/routes/x/+page.server.ts', 'pool.query(`update samtale set sted = ${sted}`);']
		],
		faults: ({ path, calls, strings }) =>
			!/^(src|ws-server)\//.test(path) || isTest(path) || SQL_HOMES.test(path)
				? []
				: [...calls.filter((call) => SQL_CALLS.includes(call)), ...strings.filter((text) => SQL_TEXT.test(text))]
	},
	...[eventRule, browserRule],
	{
		name: 'pages and components name no role: they are given abilities',
		wrong: [
			['src/routes/x/+page.server.ts', "if (roller.includes('veileder')) redirect(303, '/veiledning');"],
			['src/lib/components/X.svelte', "{#if person.rolle === 'leder'}<p>x</p>{/if}"],
			['src/lib/components/X.svelte', '<script lang="ts">const vis = rolle === `hdir`;</script>']
		],
		faults: ({ path, strings }) =>
			/^src\/(routes|lib\/(components|ui))\//.test(path) && !isTest(path)
				? strings.filter((text) => ROLES.includes(text))
				: []
	},
	{
		name: 'texts stand in the message files',
		wrong: [
			['src/lib/ui/X.svelte', '<p>Prøv igjen</p>'],
			['src/lib/ui/X.svelte', '<button title="Bekreft å slette">x</button>'],
			['src/lib/components/X.svelte', "<p>{feil ? 'Gå tilbake' : ''}</p>"],
			['src/lib/server/x.ts', "throw new Error('Fant ikke læringsmål');"]
		],
		faults: ({ path, strings, texts }) =>
			!/^(src|ws-server)\//.test(path) || isTest(path) || path.startsWith('src/lib/server/demo/')
				? []
				: [...strings, ...texts].filter((text) => /[æøåÆØÅ]/.test(text))
	},
	{
		name: 'files are small, or named as long',
		wrong: [['src/lib/x.ts', 'x;\n'.repeat(301)]],
		faults: ({ path, lines }) => (lines > 300 && !longFiles.includes(path) ? [`${lines} lines`] : [])
	}
];
