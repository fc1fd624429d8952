/**
 * Close codes of the websocket (PROTOCOL.md). 4400–4499 are final for the stock y-websocket client;
 * every other code makes it try again.
 */
export const CLOSE = {
	restart: 1012,
	tryAgain: 1013,
	sessionEnded: 4401,
	noAccess: 4403,
	forgedAuthorship: 4409,
	otherEpoch: 4410,
	tooLarge: 4413,
	invalid: 4422,
	final: 4423,
	oldSchema: 4426
} as const;

export type CloseName = keyof typeof CLOSE;
export type CloseCode = (typeof CLOSE)[CloseName];

/** Codes after which the client's Y.Doc holds clocks that nobody else will ever have (collab.md, «The client»). */
export const ENDS_THE_DOC: ReadonlySet<number> = new Set([
	CLOSE.forgedAuthorship,
	CLOSE.otherEpoch,
	CLOSE.tooLarge,
	CLOSE.invalid,
	CLOSE.final
]);
