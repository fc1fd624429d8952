/** A file as it stands in what was signed, approved or finished: its content is known by its SHA-256, hex; its size is in bytes. */
export type SignertFil = { id: string; navn: string; storrelse: number; sha256: string };
