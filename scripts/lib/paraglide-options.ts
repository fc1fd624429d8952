/**
 * How the message files become code. One place, because three callers must agree: `prepare` (the workers and the
 * ws-server run .ts directly and need the result on disk), Vite's plugin, and the tests.
 */
export const paraglideOptions = {
	project: './src/lib/i18n/project.inlang',
	outdir: './src/lib/i18n/paraglide',
	strategy: ['cookie', 'preferredLanguage', 'baseLocale'] as ('cookie' | 'preferredLanguage' | 'baseLocale')[],
	cookieName: 'sprak'
};
