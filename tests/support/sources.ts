import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { inProject } from '../../scripts/lib/paths.ts';

/** What the house rules (tests/architecture.test.ts) look at in one file: code only, never comments. */
export interface Source {
	/** From the project's folder, with forward slashes. */
	path: string;
	/** What it imports, types too: `src/…` for files of the project, otherwise the package or module as written. */
	imports: string[];
	/** Text of string and template literals in code (not in types or imports). */
	strings: string[];
	/** Text that stands in a template. */
	texts: string[];
	/** Names of methods that are called, and of template tags. */
	calls: string[];
	lines: number;
}

/** Every source file of the application and its tests, without what is generated. */
export function readSources(): Source[] {
	const paths = globSync('{src,ws-server,scripts,tests}/**/*.{ts,svelte}', { cwd: inProject() }).map((path) =>
		path.replaceAll('\\', '/')
	);
	return paths
		.filter((path) => !/^src\/lib\/i18n\/paraglide\/|\/node_modules\/|^src\/lib\/server\/db\/typer\.ts$/.test(path))
		.sort()
		.map((path) => readSource(path, readFileSync(inProject(path), 'utf8')));
}

/** Reads one file's text as if it stood at `path`. */
export function readSource(path: string, text: string): Source {
	const source: Source = { path, imports: [], strings: [], texts: [], calls: [], lines: text.split('\n').length - 1 };
	if (path.endsWith('.svelte')) readComponent(source, text);
	else readScript(source, text);
	return source;
}

function readComponent(source: Source, text: string): void {
	const root = parse(text, { modern: true });
	for (const script of [root.instance, root.module]) {
		if (script === null || script === undefined) continue;
		const { start, end } = script.content as unknown as { start: number; end: number };
		readScript(source, text.slice(start, end));
	}
	readTemplate(source, root.fragment);
}

/** The expressions in a template are ESTree, its nodes Svelte's own: both are plain objects with a `type`. */
function readTemplate(source: Source, node: AST.Fragment | object): void {
	if (Array.isArray(node)) return node.forEach((child: object) => readTemplate(source, child));
	const { type, value, data, cooked } = node as { type?: string; value?: unknown; data?: unknown; cooked?: unknown };
	if (type === 'TSLiteralType' || type === 'Comment') return;
	if (type === 'Text') source.texts.push(String(data));
	if (type === 'Literal' && typeof value === 'string') source.strings.push(value);
	if (type === 'TemplateElement')
		source.strings.push(String(cooked ?? (value as { cooked?: string } | null)?.cooked ?? ''));
	for (const [key, child] of Object.entries(node)) {
		if (key !== 'metadata' && typeof child === 'object' && child !== null) readTemplate(source, child as object);
	}
}

function readScript(source: Source, text: string): void {
	const visit = (node: ts.Node): void => {
		if (ts.isLiteralTypeNode(node)) return;
		if (ts.isImportTypeNode(node)) {
			if (ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
				source.imports.push(resolve(source.path, node.argument.literal.text));
			return;
		}
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
			if (node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
				source.imports.push(resolve(source.path, node.moduleSpecifier.text));
			return;
		}
		if (ts.isCallExpression(node)) {
			const [first] = node.arguments;
			if (node.expression.kind === ts.SyntaxKind.ImportKeyword && first !== undefined && ts.isStringLiteralLike(first))
				return void source.imports.push(resolve(source.path, first.text));
			if (ts.isPropertyAccessExpression(node.expression)) source.calls.push(node.expression.name.text);
		}
		if (ts.isTaggedTemplateExpression(node)) source.calls.push(node.tag.getText());
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
			source.strings.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(source.path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
}

function resolve(from: string, specifier: string): string {
	if (specifier.startsWith('#lib/')) return `src/lib/${specifier.slice('#lib/'.length)}`;
	return specifier.startsWith('.') ? posix.normalize(join(posix.dirname(from), specifier)) : specifier;
}
