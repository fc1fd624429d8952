import { invalidate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Resolves when the person is on the way to no other page. SvelteKit drops a navigation that is under way when data is fetched
 * anew, in silence: the link that was clicked leads nowhere, and nobody is asked about unsaved text at the next one.
 */
export async function arrived(): Promise<void> {
	let waitedFor: Promise<void> | null = null;
	// One that was given up stays in `navigating`. One that leaves the app never ends, and cannot be dropped either.
	while (navigating.complete && navigating.complete !== waitedFor && !navigating.willUnload) {
		waitedFor = navigating.complete;
		await waitedFor.catch(() => undefined);
	}
}

/**
 * Fetches data anew: the only way to do so in this project (eslint). Never takes anybody's click away; what is fetched is that
 * of the page where the person then is.
 * @param dependency what loads have said that they depend on; without it, everything
 */
export async function renew(dependency?: string): Promise<void> {
	await arrived();
	await (dependency === undefined ? invalidateAll() : invalidate(dependency));
}
