import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { isFodselsnummer } from '#lib/domain/fodselsnummer.ts';
import type { EidProfile } from '#lib/server/config-values.ts';
import type { TestPerson } from '#lib/server/demo/eid-personer.ts';
import { choicePage } from './pages.ts';
import type { TestEidOptions } from './provider.ts';

/** The claims of somebody who was chosen, at the level that was chosen. */
export type Chosen = Record<string, string | undefined>;

const longestForm = 10_000;

/** The page where one chooses whom to be, and what was chosen there. */
export async function answerInteraction(
	provider: Provider,
	{ people, profile }: TestEidOptions,
	chosen: Map<string, Chosen>,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	await provider.interactionDetails(request, response);
	const show = (fault?: string): void => {
		response.writeHead(fault === undefined ? 200 : 400, {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store'
		});
		response.end(choicePage({ people, profile, fault }));
	};
	if (request.method !== 'POST') return show();

	const form = new URLSearchParams(await readBody(request));
	if (form.get('valg') === 'avbryt') {
		const error = { error: 'access_denied', error_description: 'cancelled by the person' };
		return provider.interactionFinished(request, response, error, { mergeWithLastSubmission: false });
	}
	const person = personOf(form, people);
	if (typeof person === 'string') return show(person);
	const accountId = randomUUID();
	const low = form.get('niva') === 'lavt';
	chosen.set(accountId, claimsOf(person, low, profile));
	const login = { accountId, acr: acrOf(low, profile) };
	await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

/** Who was chosen, or what is wrong with what was written. */
function personOf(form: URLSearchParams, people: readonly TestPerson[]): TestPerson | string {
	const listed = people.find(({ pid }) => pid === form.get('person'));
	if (listed) return listed;
	const [pid, navn] = [(form.get('pid') ?? '').trim(), (form.get('navn') ?? '').trim()];
	if (pid === '' || navn === '') return 'Velg en person, eller fyll ut både fødselsnummer og navn.';
	const month = Number(pid.slice(2, 4));
	if (!isFodselsnummer(pid) || month <= 40)
		return 'Fødselsnummeret må være syntetisk og gyldig: måned + 80 (eller + 40), og riktige kontrollsifre.';
	return { pid, navn };
}

/** As the real providers say it. */
function claimsOf({ pid, navn, hprNummer }: TestPerson, low: boolean, profile: EidProfile): Chosen {
	const names = navn.split(' ');
	const common = { name: navn, given_name: names.slice(0, -1).join(' '), family_name: names.at(-1) };
	if (profile === 'idporten') return { ...common, name: undefined, pid };
	return {
		...common,
		'helseid://claims/identity/pid': pid,
		'helseid://claims/identity/security_level': low ? '3' : '4',
		'helseid://claims/hpr/hpr_number': hprNummer
	};
}

function acrOf(low: boolean, profile: EidProfile): string {
	if (profile === 'helseid') return low ? 'Level3' : 'Level4';
	return low ? 'idporten-loa-substantial' : 'idporten-loa-high';
}

async function readBody(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const piece of request.setEncoding('utf8')) {
		text += String(piece);
		if (text.length > longestForm) throw new Error('The form is too long.');
	}
	return text;
}
