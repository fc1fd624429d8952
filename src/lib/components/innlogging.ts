import { deserialize } from '$app/forms';

/** How an attempt to log in again went; the key is one of `i18n/feil.ts`. */
export type LogInResult = { ok: true } | { ok: false; feil: string };

/** Logs in without leaving the page, by the same form action as everybody (contract.md). Never throws. */
export async function logInAgain(brukernavn: string, passord: string): Promise<LogInResult> {
	const body = new FormData();
	body.set('brukernavn', brukernavn);
	body.set('passord', passord);
	try {
		const response = await fetch('/logg-inn', {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body
		});
		const result = deserialize<Record<string, unknown>, { feil?: string; felter?: Record<string, string> }>(
			await response.text()
		);
		if (result.type === 'redirect' || result.type === 'success') return { ok: true };
		if (result.type !== 'failure') return { ok: false, feil: 'felles_feil_utilgjengelig' };
		const first = result.data?.feil ?? Object.values(result.data?.felter ?? {})[0];
		return { ok: false, feil: first ?? 'felles_feil_utilgjengelig' };
	} catch {
		return { ok: false, feil: 'felles_feil_nett' };
	}
}

/** Who the session belongs to: a user id, null when nobody is logged in, undefined when it cannot be known now. */
export async function whoIsLoggedIn(): Promise<string | null | undefined> {
	try {
		const response = await fetch('/api/okt', { headers: { accept: 'application/json' } });
		if (response.status === 401) return null;
		if (!response.ok) return undefined;
		const { brukerId } = (await response.json()) as { brukerId?: unknown };
		return typeof brukerId === 'string' ? brukerId : undefined;
	} catch {
		return undefined;
	}
}

/** A visible samtale with a live socket is activity (trust.md): keeps the session from idling out. Never throws. */
export async function showSignOfLife(): Promise<void> {
	await fetch('/api/okt', { method: 'POST', headers: { accept: 'application/json' } }).catch(() => undefined);
}
