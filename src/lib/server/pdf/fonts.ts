import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** Noto Serif has every letter of Norwegian and of the Sámi languages; DejaVu Sans the boxes, arrows and signs that it lacks. */
const FILES = {
	regular: '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf',
	italic: '@expo-google-fonts/noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf',
	bold: '@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf',
	boldItalic: '@expo-google-fonts/noto-serif/700Bold_Italic/NotoSerif_700Bold_Italic.ttf',
	symbols: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf'
} as const;

export type FontName = keyof typeof FILES;
export type Fonts = Readonly<Record<FontName, Font>>;

/** Words that have been measured; people repeat them, and laying one out takes longer than all else that is done with it. */
const measured = new Map<string, number>();
const MEASURED_AT_MOST = 20_000;

let loading: Promise<Fonts> | undefined;

/**
 * The fonts, read at first use and kept. They are found from this module, which works from the sources and from the build, as
 * long as node_modules lies above both.
 */
export function loadFonts(): Promise<Fonts> {
	loading ??= readFonts().catch((error: unknown) => {
		loading = undefined;
		throw error;
	});
	return loading;
}

async function readFonts(): Promise<Fonts> {
	const { resolve } = createRequire(import.meta.url);
	const read = async ([name, file]: [string, string]): Promise<[string, Font]> => {
		const font = create(await readFile(resolve(file)));
		if (!('characterSet' in font)) throw new Error(`${file} holds several fonts`);
		// A glyph keeps the characters that it was first asked for with. Asked for as a mere part of another (the O in Ø) it would
		// stand for none, and the next document with that font could not be searched or read aloud.
		for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
		return [name, font];
	};
	return Object.fromEntries(await Promise.all(Object.entries(FILES).map(read))) as Fonts;
}

/** The width of a text in ems: to be multiplied by the size. */
export function advance(text: string, name: FontName, fonts: Fonts): number {
	const key = `${name} ${text}`;
	const known = measured.get(key);
	if (known !== undefined) return known;
	const width = fonts[name].layout(text).advanceWidth / fonts[name].unitsPerEm;
	if (measured.size >= MEASURED_AT_MOST) measured.clear();
	measured.set(key, width);
	return width;
}
