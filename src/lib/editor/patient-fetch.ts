/** Waits between attempts, milliseconds; the last one goes on. */
const WAITS_MS = [500, 1_000, 2_000, 4_000];

type Fetch = typeof fetch;
export type Patience = {
	fetch: Fetch;
	/** Whether leaving the page would lose text. */
	unsaved: () => boolean;
	/** Whether the session is still that of the person whose page it is. */
	mine: () => Promise<boolean>;
	wait: (ms: number) => Promise<void>;
	/** Nobody asks any more. */
	ended: () => boolean;
};

/**
 * Fetches the data of a page where text is being written, and answers only when the page can show it; until then it tries again, as long
 * as the same person is logged in. Who is logged out is told so on the page. What the person may not read any more waits as long as
 * text is unsaved. Undefined when it ended.
 */
export async function fetchPatiently(
	input: Parameters<Fetch>[0],
	init: Parameters<Fetch>[1],
	{ fetch, unsaved, mine, wait, ended }: Patience
): Promise<Response | undefined> {
	for (let attempt = 0; !ended(); attempt++) {
		const response = attempt === 0 || (await mine()) ? await fetch(input, init).catch(() => undefined) : undefined;
		const verdict = response ? await judge(response) : 'unable';
		if (response && (verdict === 'shown' || (verdict === 'refused' && !unsaved()))) return response;
		await wait(WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 0);
	}
	return undefined;
}

/** `shown`: the page takes it; `refused`: one may not have it; `unable`: the server could not, or would lead to log-in. */
async function judge(response: Response): Promise<'shown' | 'refused' | 'unable'> {
	if (!response.ok) return response.status >= 500 ? 'unable' : 'refused';
	try {
		const [first = ''] = (await response.clone().text()).split('\n', 1);
		const answer = JSON.parse(first) as { type: string; nodes?: ({ type: string; status?: number } | null)[] };
		const failed = answer.nodes?.find((node) => node?.type === 'error');
		if (failed) return (failed.status ?? 500) >= 500 ? 'unable' : 'refused';
		return answer.type === 'data' ? 'shown' : 'unable';
	} catch {
		return 'unable';
	}
}

/**
 * While a text is being written on this page, its data is fetched patiently. SvelteKit answers a fetch that fails with the error page, or
 * by loading the page from the server; either would stand in the place of text that is not saved. (It calls `window.fetch` so that it
 * may be replaced.) Returns what ends it.
 */
export function holdPageData({ unsaved, mine }: Pick<Patience, 'unsaved' | 'mine'>): () => void {
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
		const response = await fetchPatiently(input, init, { fetch, unsaved, mine, wait, ended: () => over });
		// Nobody waits for it any more.
		return response ?? new Promise<never>(() => undefined);
	};
	window.fetch = patient;
	return () => {
		over = true;
		if (window.fetch === patient) window.fetch = fetch;
	};
}
