const FORM = /^[^\s@<>,;:"()[\]\\\p{C}]+@[^\s@<>,;:"()[\]\\\p{C}]+$/u;

/** Whether a text can be one e-mail address and nothing more: no list, no name, no control or bidi characters (T17). */
export function erEpostadresse(tekst: string): boolean {
	return tekst.length <= 254 && FORM.test(tekst);
}
