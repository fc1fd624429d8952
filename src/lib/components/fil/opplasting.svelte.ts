import { typeAvNavn } from '#lib/domain/fil/fil.ts';

/** A file on its way. `prosent`: how much of it has been sent; `feil`: a message key. */
export type Post = {
	nr: number;
	navn: string;
	storrelse: number;
	status: 'klar' | 'laster' | 'ferdig' | 'feil';
	prosent: number;
	feil: string | null;
};

/** What is said of the files of one form. */
export type Opplysninger = { kategori: string; beskrivelse: string; kobling: string };

/** How many are sent at once: a hospital's line is shared. */
const SAMTIDIG = 2;

/** The files that are being sent from this page. Each stands alone: one that fails leaves the others be, and can be tried again. */
export class Opplasting {
	poster = $state<Post[]>([]);
	/** By number; nothing that a page shows. */
	#filer: (File | undefined)[] = [];
	#under: (XMLHttpRequest | undefined)[] = [];
	#nr = 0;

	readonly venter = $derived(this.poster.filter(({ status }) => status === 'klar').length);
	readonly opptatt = $derived(this.poster.some(({ status }) => status === 'laster'));

	/** Adds files; what could not be taken in anyway is told at once. Sizes in bytes. */
	legg(filer: Iterable<File>, maks: number): void {
		this.poster = this.poster.filter(({ status }) => status !== 'ferdig');
		for (const fil of filer) {
			const nr = ++this.#nr;
			this.#filer[nr] = fil;
			const feil =
				typeAvNavn(fil.name) === undefined
					? 'fil_feil_type'
					: fil.size > maks
						? 'fil_feil_for_stor'
						: fil.size === 0
							? 'fil_feil_tom'
							: null;
			const status = feil === null ? 'klar' : 'feil';
			this.poster.push({ nr, navn: fil.name, storrelse: fil.size, status, prosent: 0, feil });
		}
	}

	/** Sends all that is ready; resolves when none of it is under way any more. */
	async send(adresse: string, opplysninger: Opplysninger): Promise<void> {
		const en = async (): Promise<void> => {
			for (;;) {
				const post = this.poster.find(({ status }) => status === 'klar');
				if (!post) return;
				await this.#sendEn(post, adresse, opplysninger);
			}
		};
		await Promise.all(Array.from({ length: SAMTIDIG }, en));
	}

	/** One that failed is ready again. */
	igjen(post: Post): void {
		post.status = 'klar';
		post.feil = null;
		post.prosent = 0;
	}

	/** Takes one out; one under way is broken off, and the server keeps nothing of it. */
	fjern(nr: number): void {
		this.#under[nr]?.abort();
		this.#filer[nr] = undefined;
		this.poster = this.poster.filter((post) => post.nr !== nr);
	}

	async #sendEn(post: Post, adresse: string, opplysninger: Opplysninger): Promise<void> {
		const fil = this.#filer[post.nr];
		if (!fil) return;
		post.status = 'laster';
		const foresporsel = new XMLHttpRequest();
		this.#under[post.nr] = foresporsel;
		// Only this tells how much has been sent.
		foresporsel.upload.onprogress = ({ loaded, total }) =>
			(post.prosent = Math.floor((100 * loaded) / Math.max(total, 1)));
		post.feil = await svar(foresporsel, adresse, fil, opplysninger);
		this.#under[post.nr] = undefined;
		post.status = post.feil === null ? 'ferdig' : 'feil';
	}
}

/** Sends a file as it is. Null when it has arrived, else a message key. */
function svar(
	foresporsel: XMLHttpRequest,
	adresse: string,
	fil: File,
	opplysninger: Opplysninger
): Promise<string | null> {
	return new Promise((ferdig) => {
		foresporsel.onload = () => ferdig(foresporsel.status === 201 ? null : grunn(foresporsel));
		foresporsel.onerror = () => ferdig('fil_feil_avbrutt');
		foresporsel.onabort = () => ferdig('fil_feil_avbrutt');
		foresporsel.open('POST', adresse);
		foresporsel.setRequestHeader('accept', 'application/json');
		foresporsel.setRequestHeader('content-type', 'application/octet-stream');
		foresporsel.setRequestHeader(
			'x-fil',
			encodeURIComponent(JSON.stringify({ navn: fil.name.toWellFormed(), ...opplysninger }))
		);
		foresporsel.send(fil);
	});
}

/** Why the server did not take it. */
function grunn({ status, responseText }: XMLHttpRequest): string {
	if (status === 413) return 'fil_feil_for_stor';
	if (status === 403 || status === 404) return 'fil_feil_borte';
	try {
		const { message } = JSON.parse(responseText) as { message?: unknown };
		if (typeof message === 'string') return message;
	} catch {
		// Not the portal's own answer: a proxy's, or the log-in page.
	}
	return 'fil_feil_avbrutt';
}
