import type { Rule } from './house-rules.ts';

const EVENTS = 'src/lib/server/queries/hendelse.ts';

/** Whoever wrote an event past its notifications would tell nobody. */
export const eventRule: Rule = {
	name: 'what happens is written where its notifications are made',
	wrong: [['src/lib/server/commands/x.ts', "import { skrivHendelser } from '../queries/hendelse.ts';"]],
	faults: ({ path, imports }) =>
		path.startsWith('tests/') || path.startsWith('src/lib/server/varsler/')
			? []
			: imports.filter((target) => target === EVENTS)
};
