/** The server's own limits; those that clients keep too stand in src/lib/collab/limits.ts. Times in milliseconds, sizes in bytes. */

/** Stock clients drop a socket that has been silent for 30 s, and do not count pings. */
export const HEARTBEAT_MS = 10_000;
/** In which so many parts of the connections are seen to, one after another. */
export const BEATS_IN_A_ROUND = 20;
/** A socket that has not answered a ping for this long is dead. */
export const DEAD_AFTER_MS = 35_000;
/** What a connection may send before its session and access are decided. */
export const UNDECIDED_BYTES = 2 * 1024 * 1024;
/** Raw messages of one room waiting for the database, as `weigh` finds them; past this its sockets are paused. */
export const QUEUE_BYTES = 8 * 1024 * 1024;
/** A reader with this much unsent is sent no presence and no edits any more, but what it lacks in one piece once it has read… */
export const SLOW_BYTES = 1024 * 1024;
/** …and with this much is closed with 1013: it comes back and gets everything in one piece. */
export const TOO_SLOW_BYTES = 4 * 1024 * 1024;
/** The share of the server's one thread that one person may take in the long run… */
export const SHARE = 0.2;
/** …and how much of it at once: some of the most costly updates that are allowed. Milliseconds. */
export const BURST_MS = 500;
/** Nobody is kept waiting longer than this at a time: a socket that is not read looks dead. */
export const REST_MS = 5_000;
/** New clientIDs that one connection may bind (collab.md, «Tables»). */
export const NEW_CLIENTS = 16;
/** The same for a connection that names no epoch: a stock client has one Y.Doc. */
export const NEW_CLIENTS_STOCK = 1;
/**
 * Messages that build on nothing this room has seen, before the client's SyncStep2 explains them. Dropping one costs next to
 * nothing, and an honest client that types on while its admission waits for the database sends many.
 */
export const GAPS_BEFORE_STEP2 = 5_000;
/** The truth behind the hints is read this often. */
export const POLL_MS = 2_000;
/** A room that nobody is in is kept this long. */
export const IDLE_ROOM_MS = 20_000;
/** Rows after the last snapshot that make a new one worth it… */
export const SNAPSHOT_ROWS = 300;
/** …or this part of a long log: a snapshot is as long as the document, and so is the work for it… */
export const SNAPSHOT_SHARE = 0.02;
/** …and so many at a time: documents that are typed in at once come to it at once, and people type on meanwhile. */
export const SNAPSHOTS_AT_ONCE = 20;
/** Longest pause between two commits of a busy server (collab.md, «Measured peers»): most of what longer ones save, and nobody waits 15 ms. */
export const COMMIT_PAUSE_MS = 9;
/** What is told to other nodes is gathered for this long: so much fresher than the poll, and few enough for PostgreSQL. */
export const HINT_PAUSE_MS = 20;
/** Another node that has said nothing for this long has gone; a living one says so at each poll. */
export const NODE_SILENT_MS = 10_000;
/** Somebody on another node who has not been heard of for this long has gone; clients show themselves anew every 15 s. */
export const PRESENCE_SILENT_MS = 40_000;
/** Append calls under way at once, so that a document locked elsewhere does not hold up the others. */
export const FLIGHTS = 2;
/** A batch whose document another node was writing to this often is then sent alone, and waits. */
export const SKIPS = 2;
/** Append calls that wait alone at once; those beyond try on. Database connections are for others too. */
export const WAITING = 4;
/** Of the text in what was refused its author is shown so much, characters… */
export const REFUSED_TEXT = 50_000;
/** …and of what is written and taken away again so much is looked at, characters. */
export const REFUSED_UNITS = 60_000;
/** How long a stopping server may take to commit what it has received. */
export const DRAIN_MS = 6_000;
