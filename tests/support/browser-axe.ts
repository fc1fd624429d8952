import { AxeBuilder } from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, useLanguage } from './browser.ts';
import type { Sprak } from './browser-text.ts';

/** WCAG 2.0 to 2.2, levels A and AA: what the accessibility statement claims. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Language, colours and width that a page is looked at in. */
export interface Look {
	sprak: Sprak;
	colorScheme: 'light' | 'dark';
	width: 360 | 1280;
}

/** Every language with both colour schemes, every language with both widths, every colour scheme with both widths. */
const looks: readonly Look[] = [
	{ sprak: 'nb', colorScheme: 'light', width: 360 },
	{ sprak: 'nb', colorScheme: 'dark', width: 1280 },
	{ sprak: 'nn', colorScheme: 'light', width: 1280 },
	{ sprak: 'nn', colorScheme: 'dark', width: 360 },
	{ sprak: 'en', colorScheme: 'light', width: 360 },
	{ sprak: 'en', colorScheme: 'dark', width: 1280 }
];

/**
 * The looks of a page for one of those who can open it: together its readers see it in all of them.
 * @param reader which of its readers, from 0
 * @param readers how many can open it
 */
export function looksFor(reader: number, readers: number): Look[] {
	const each = Math.ceil(looks.length / readers);
	return Array.from({ length: each }, (_, n) => looks[(reader * each + n) % looks.length]).filter(
		(look) => look !== undefined
	);
}

/**
 * Looks at one state after the other in one language, which is chosen before: in light and dark, narrow and wide by turns. For states
 * that would be lost if the page were loaded anew.
 */
export function stateViewer(sprak: Sprak): (page: Page, where: string) => Promise<void> {
	const own = looks.filter((look) => look.sprak === sprak);
	let next = 0;
	return async (page, where) => {
		const { colorScheme, width } = own[next++ % own.length] as Look;
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await expect(page.locator('html')).toHaveAttribute('lang', sprak);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expectAccessible(page, `${where}, ${sprak}, ${colorScheme}, ${width}`);
		await page.setViewportSize({ width: 320, height: 640 });
		await expectNoOverflow(page, `${where}, ${sprak}`);
	};
}

/** From now on the page is seen so; a page that is open must be loaded again to change its language. */
export async function wear(page: Page, { sprak, colorScheme, width }: Look): Promise<void> {
	await useLanguage(page.context(), sprak);
	await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
	await page.setViewportSize({ width, height: 800 });
}

/** No violation on the page as it stands; `where` tells in the report what was looked at. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
	// There are no frames on our pages; without the legacy mode every look would open another page.
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze();
	const found = violations.map(({ id, nodes }) => ({
		id,
		nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`)
	}));
	expect.soft(found, `axe on ${where}`).toEqual([]);
}

/** Nothing hangs over the right edge: one scrolls down only (WCAG 1.4.10). */
export async function expectNoOverflow(page: Page, where: string): Promise<void> {
	const over = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
	expect.soft(over, `pixels over the edge on ${where}`).toBeLessThanOrEqual(0);
}

/** A state that one meets in the middle of a page: wide and light, narrow and dark. */
export async function expectAccessibleState(page: Page, where: string): Promise<void> {
	for (const [colorScheme, width] of [
		['light', 1280],
		['dark', 360]
	] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await expectAccessible(page, `${where}, ${colorScheme}, ${width}`);
		await page.setViewportSize({ width: 320, height: 640 });
		await expectNoOverflow(page, where);
	}
}
