/** A failure that whoever started us can mend: its message says how, so no stack is shown. */
export class UserError extends Error {
	override readonly name = 'UserError';
}

/** What to show of a failure: the message when it is meant for people, everything otherwise. */
export function describeFailure(error: unknown): string {
	if (error instanceof UserError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
