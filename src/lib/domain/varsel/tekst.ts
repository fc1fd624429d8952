/** What a notification keeps to be told with: names and codes. No text of a samtale, no reason, no comment (trust.md). */
export type Varselnavn = {
	/** Who acted; null when nobody did (a deadline), or whoever did is not known. */
	aktor: string | null;
	/** Whose record it is. */
	lis: string | null;
	/** Whom it concerns, or who was invited. */
	person: string | null;
	/** Of a læringsmål. */
	kode: string | null;
	/** A role that was given or ended. */
	rolle: string | null;
	/** What a reminder says besides. */
	mer?: Varselmer;
};

/** Days (YYYY-MM-DD), times of Norway's clocks (HH:MM) and counts. */
export type Varselmer = {
	dato?: string;
	tid?: string | null;
	uker?: number;
	fullfort?: number;
	sendt?: number;
	gjenstar?: number;
};
