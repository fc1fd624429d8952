/** How often a page that is in use is told of. Milliseconds. */
const IN_USE_MS = 60_000;

export interface PageSignals {
	/** Seen again after sleep or in another tab, or back on the network: time to try at once. */
	awake: () => void;
	/** The device says that it has no network. */
	offline: () => void;
	/** The page has been in sight for another minute. */
	inUse: () => void;
	/** Whether leaving now would lose something; the browser then asks. */
	wouldLose: () => boolean;
}

/** Listens to what happens to the page as a whole; returns what ends it. Browser only. */
export function listenToPage({ awake, offline, inUse, wouldLose }: PageSignals): () => void {
	const whenVisible = (act: () => void) => () => {
		if (document.visibilityState === 'visible') act();
	};
	const onAwake = whenVisible(awake);
	const onLeave = (event: BeforeUnloadEvent) => {
		if (wouldLose()) event.preventDefault();
	};
	const timer = setInterval(whenVisible(inUse), IN_USE_MS);
	document.addEventListener('visibilitychange', onAwake);
	window.addEventListener('online', onAwake);
	window.addEventListener('offline', offline);
	window.addEventListener('beforeunload', onLeave);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', onAwake);
		window.removeEventListener('online', onAwake);
		window.removeEventListener('offline', offline);
		window.removeEventListener('beforeunload', onLeave);
	};
}
