/**
 * Puts a text on the clipboard. Where the browser does not let us, it is marked in its field, for the person to copy.
 * @returns whether it was copied
 */
export async function copyOrMark(text: string, field: HTMLTextAreaElement | undefined): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		field?.focus();
		field?.select();
		return false;
	}
}
