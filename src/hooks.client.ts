import type { HandleClientError } from '@sveltejs/kit';
import { isLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';

// The page's language is what the server wrote it in: asking the cookie or the browser anew could give two languages on one page.
overwriteGetLocale(() => {
	const { lang } = document.documentElement;
	return isLocale(lang) ? lang : 'nb';
});

/** What fails in the browser has no id in the server's log; the page says so in words. */
export const handleError: HandleClientError = ({ status }) => ({
	message: status === 404 ? 'felles_feil_not_found' : 'felles_feil_uventet'
});
