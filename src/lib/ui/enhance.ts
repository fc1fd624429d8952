import type { SubmitFunction } from '@sveltejs/kit';
import { enhance as kitEnhance } from '$app/forms';
import { page } from '$app/state';
import { arrived, renew } from './renew.ts';

type Answer = Parameters<Exclude<Awaited<ReturnType<SubmitFunction>>, void>>[0];
type Options = { reset?: boolean; invalidateAll?: boolean };

/** Which page stands there. `replaceState` of ours does not change it, for it leads to no other. */
const here = (): string => page.url.pathname + page.url.search;

/**
 * SvelteKit's `update`, for the page `from` which the form was sent. Who has gone on by a link meanwhile stays there, as in a
 * browser without scripts: what was done is seen in fresh data, and the answer shows or leads elsewhere no more.
 */
async function update(answer: Answer, from: string, { reset = true, invalidateAll = true }: Options): Promise<void> {
	const { result, formElement } = answer;
	if (result.type === 'success' && reset) formElement.reset();
	await arrived();
	const left = here() !== from;
	if ((result.type === 'success' && invalidateAll) || (result.type === 'redirect' && left)) await renew();
	if (!left) await answer.update({ reset: false, invalidateAll: false });
}

/**
 * `use:enhance`: SvelteKit's, whose answers do not take the person's next click away (renew.ts). The only one that forms of this
 * project use (eslint).
 */
export function enhance(form: HTMLFormElement, submit?: SubmitFunction): ReturnType<typeof kitEnhance> {
	const patiently: SubmitFunction = async (input) => {
		const from = here();
		const answered = await submit?.(input);
		return async (answer) => {
			const patient = { ...answer, update: (options: Options = {}) => update(answer, from, options) };
			await (answered ? answered(patient) : patient.update());
		};
	};
	return kitEnhance(form, patiently);
}
