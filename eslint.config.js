import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: [
			'.data/',
			'.svelte-kit/',
			'build/',
			'src/lib/i18n/paraglide/',
			'src/lib/server/db/typer.ts',
			'test-results/'
		]
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig }
		}
	},
	{
		files: ['src/**'],
		ignores: ['src/lib/ui/renew.ts', 'src/lib/ui/enhance.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					paths: [
						{
							name: '$app/navigation',
							importNames: ['invalidate', 'invalidateAll', 'refreshAll'],
							message: 'It drops the navigation that a click has begun. Use renew() of #lib/ui/renew.ts.'
						},
						{
							name: '$app/forms',
							importNames: ['enhance'],
							message: 'Its answers drop the navigation that a click has begun. Use that of #lib/ui/enhance.ts.'
						}
					]
				}
			]
		}
	},
	{ files: ['src/lib/**/*.ts', 'ws-server/**/*.ts', 'src/routes/**/*.ts'], rules: { 'no-console': 'error' } }
);
