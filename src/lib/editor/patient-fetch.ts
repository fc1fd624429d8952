/** Waits between attempts, milliseconds; the last one goes on. */
const WAITS_MS = [500, 1_000, 2_000, 4_000];

type Fetch = typeof fetch;
export type Patience = {
	fetch: Fetch;
	/** Whether leaving the page would lose text. */
	unsaved: () => boolean;
	wait: (ms: number) => Promise<void>;
	/** Nobody asks any more. */
	ended: () => boolean;
};

/**
 * Fetches the data of a page where text is being written, and answers only when the page can show it; until then it tries again.
 * What sends people away from the page (a redirect to log-in, no access) waits too as long as text is unsaved. Undefined when it ended.
 */
export async function fetchPatiently(
	input: Parameters<Fetch>[0],
	init: Parameters<Fetch>[1],
	{ fetch, unsaved, wait, ended }: Patience
): Promise<Response | undefined> {
	for (let attempt = 0; !ended(); attempt++) {
		const response = await fetch(input, init).catch(() => undefined);
		const verdict = response ? await judge(response) : 'unable';
		if (response && (verdict === 'shown' || (verdict === 'away' && !unsaved()))) return response;
		await wait(WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 0);
	}
	return undefined;
}

/** `shown`: the page takes it; `away`: it would lead elsewhere; `unable`: the server could not. */
async function judge(response: Response): Promise<'shown' | 'away' | 'unable'> {
	if (!response.ok) return response.status >= 500 ? 'unable' : 'away';
	try {
		const [first = ''] = (await response.clone().text()).split('\n', 1);
		const answer = JSON.parse(first) as { type: string; nodes?: ({ type: string; status?: number } | null)[] };
		const failed = answer.nodes?.find((node) => node?.type === 'error');
		if (failed) return (failed.status ?? 500) >= 500 ? 'unable' : 'away';
		return answer.type === 'data' ? 'shown' : 'away';
	} catch {
		return 'unable';
	}
}

/**
 * While a text is being written on this page, its data is fetched patiently. SvelteKit answers a fetch that fails with the error page, or
 * by loading the page from the server; either would stand in the place of text that is not saved. (It calls `window.fetch` so that it
 * may be replaced.) Returns what ends it.
 */
export function holdPageData(unsaved: () => boolean): () => void {
	const { fetch } = window;
	const path = `${window.location.pathname}/__data.json`;
	let over = false;
	const wait = (ms: number) =>
		new Promise<void>((resolve) => {
			const done = () => {
				clearTimeout(timer);
				window.removeEventListener('online', done);
				resolve();
			};
			const timer = setTimeout(done, ms);
			window.addEventListener('online', done);
		});
	const patient: Fetch = async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input, window.location.href);
		if (url.pathname !== path) return fetch(input, init);
		const response = await fetchPatiently(input, init, { fetch, unsaved, wait, ended: () => over });
		// Nobody waits for it any more.
		return response ?? new Promise<never>(() => undefined);
	};
	window.fetch = patient;
	return () => {
		over = true;
		if (window.fetch === patient) window.fetch = fetch;
	};
}
