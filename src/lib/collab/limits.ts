/**
 * Limits that browser and ws-server agree on: the server refuses what exceeds them, and a refusal ends the author's Y.Doc,
 * so the editor keeps within them before it applies anything. Units stand in the name or the comment.
 */
const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS = {
	/** One websocket message, bytes. */
	frameBytes: MIB,
	/** One ordinary update (what an editor sends as it happens), bytes. */
	updateBytes: 64 * KIB,
	/** The answer to the server's SyncStep1 (all that was written offline), bytes. */
	step2Bytes: MIB,
	/** The whole document as one Yjs v1 update, deletions included, bytes. */
	documentBytes: 2 * MIB,
	/** Types within types, counted from the root: a paragraph is 1, its text 2. ProseMirror and Yjs recurse over it. */
	depth: 32,
	/** Nodes and texts alive in the document, both parts together. */
	nodes: 20_000,
	/** Structs that one update may declare: bounds the time that decoding and integrating may take. */
	updateStructs: 20_000,
	/** Items that one update may make Yjs look at to resolve conflicts: about 1 µs each, while nobody else is served. */
	integrationSteps: 100_000,
	/** Delete ranges that one update may declare; an answer to SyncStep1 always carries those of the whole document. */
	deleteRanges: 100_000,
	/** Clients in one update, delete set or state vector. Each page view is a new client. */
	clients: 4096,
	/** Exclusive upper bound of clocks and lengths; above it bit operations on them go wrong. */
	clock: 2 ** 31,
	/** Largest clientID: Yjs draws them from 32 bits. */
	clientId: 2 ** 32 - 1,
	/** One awareness state as JSON, bytes of UTF-8. */
	awarenessBytes: 4 * KIB,
	/** One awareness message, bytes. A stock client repeats the states of all others in one message, so it is larger than one state. */
	awarenessMessageBytes: 64 * KIB,
	/** States in one awareness message. */
	awarenessEntries: 64,
	/** The JSON value of one mark, bytes of UTF-8. */
	markBytes: 8 * KIB,
	/** A link's address, UTF-16 units. */
	hrefLength: 2048,
	/** A link's title, UTF-16 units. */
	titleLength: 200
} as const;
