const loud = new Set(['warn', 'error', 'fatal']);

/** Cuts a stream of text into lines and gives each to `onLine` once it is whole. */
export function createLineSplitter(onLine: (line: string) => void): (text: string) => void {
	let rest = '';
	return (text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line.trim() !== '') onLine(line);
	};
}

/**
 * What of a service's log line people see in the terminal: structured lines only from warnings up, in plain words;
 * anything else (a crash, a tool's own words) as it is. Undefined: nothing.
 */
export function formatLogLine(line: string): string | undefined {
	if (!line.startsWith('{')) return line;
	let entry: { level?: unknown; msg?: unknown; err?: { message?: unknown } };
	try {
		entry = JSON.parse(line) as typeof entry;
	} catch {
		return line;
	}
	if (typeof entry.level !== 'string') return line;
	if (!loud.has(entry.level)) return undefined;
	const cause = entry.err?.message;
	return `${entry.level}: ${String(entry.msg ?? '')}${cause === undefined ? '' : ` (${String(cause)})`}`;
}
