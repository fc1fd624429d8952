import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { DocNode } from '#lib/collab/render.ts';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { BOLD, frozen, link, node, p, pdfOf, readPdf, SHA256, text, type Element } from './test-support.ts';

let locale: 'nb' | 'nn' | 'en' = 'nb';
overwriteGetLocale(() => locale);
afterEach(() => (locale = 'nb'));

const read = async (...args: Parameters<typeof frozen>) => readPdf((await pdfOf(frozen(...args))).bytes);
const outline = (elements: Element[]) =>
	elements.map(({ role, text: own, depth }) => `${'  '.repeat(depth)}${role} ${own}`.trimEnd());
/** What comes after the heading of the referat. */
const ofReferat = (elements: Element[]) =>
	elements.slice(elements.findIndex(({ role, text: own }) => role === 'H2' && own === 'Kort referat') + 1);

describe('the document', () => {
	it('is tagged, declared as PDF/UA-1, and says its language and title', async () => {
		const { bytes, filnavn } = await pdfOf(frozen([p('Tekst')]));
		const { marked, info, xmp } = await readPdf(bytes);
		const raw = Buffer.from(bytes).toString('latin1');
		expect(marked).toBe(true);
		expect(info).toMatchObject({
			Language: 'nb',
			Title: 'Veiledningssamtale 24. november 2026',
			PDFFormatVersion: '1.7'
		});
		expect(xmp).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
		expect(xmp).toContain('Veiledningssamtale 24. november 2026');
		expect(raw).toContain('/DisplayDocTitle true');
		expect(raw).toContain('/StructTreeRoot');
		expect(raw).toContain('/Tabs /S');
		expect(filnavn).toBe('Veiledningssamtale 24. november 2026 – Áile Ŋøstvold.pdf');
	});

	it.each([
		[
			'nb',
			'Veiledningssamtale',
			'Forberedelse',
			'Ferdigstilt av Ola Hansen 24. november 2026 kl. 15.21',
			'Side 1 av 1'
		],
		['nn', 'Rettleiingssamtale', 'Førebuing', 'Ferdigstilt av Ola Hansen 24. november 2026 kl. 15.21', 'Side 1 av 1'],
		['en', 'Mentoring meeting', 'Preparation', 'Finalized by Ola Hansen 24 November 2026 15:21', 'Page 1 of 1']
	] as const)('is in the reader’s language: %s', async (sprak, title, part, done, page) => {
		locale = sprak;
		const { info, elements, pages } = await read([p('Tekst')]);
		expect(info['Language']).toBe(sprak);
		expect(elements.find(({ role }) => role === 'H1')?.text).toMatch(title);
		expect(elements.find(({ role }) => role === 'H2')?.text).toBe(part);
		expect(elements.map((element) => element.text)).toContain(done);
		expect(pages[0]?.artifacts).toContain(page);
	});

	it('has its fonts in it, and no others', async () => {
		const { bytes } = await pdfOf(frozen([p(text('fet', BOLD), text('skrå', { type: 'italic' }), '≥ ☑ 漢')]));
		const raw = Buffer.from(bytes).toString('latin1');
		const descriptors = raw.match(/\/Type \/FontDescriptor[^]*?endobj/g) ?? [];
		expect(descriptors).toHaveLength(4);
		for (const descriptor of descriptors) {
			expect(descriptor).toMatch(/\/FontFile2 \d+ 0 R/);
			expect(descriptor).toMatch(/\/FontName \/[A-Z]{6}\+(NotoSerif-|DejaVuSans)/);
		}
		expect(raw).not.toMatch(/\/Subtype \/(Type1|TrueType|Type3)\b/);
		expect(raw.match(/\/ToUnicode \d+ 0 R/g)).toHaveLength(4);
	});

	it('is the same to the byte each time', async () => {
		const samtale = frozen([p('Tekst')]);
		const [first, second] = await Promise.all([pdfOf(samtale), pdfOf(samtale)]);
		expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
	});

	it('says at its head what the samtale was, and on every page which one, of how many, with the sum', async () => {
		const { elements, pages } = await read(Array.from({ length: 90 }, (_, i) => p(`Avsnitt ${i}`)));
		expect(elements.slice(0, 7).map(({ role, text: own }) => `${role} ${own}`)).toEqual([
			'Document ',
			'H1 Veiledningssamtale 24. november 2026',
			'P LIS: Áile Ŋøstvold',
			'P Deltakere: Áile Ŋøstvold (LIS), Ola Hansen (Veileder)',
			'P Dato og tid: 24. november 2026 kl. 14.30–15.15',
			'P Sted: Legekontoret',
			'P Ferdigstilt av Ola Hansen 24. november 2026 kl. 15.21'
		]);
		expect(elements[7]?.text).toBe(`Kontrollsum (SHA-256): ${SHA256}`);
		expect(pages.length).toBeGreaterThan(2);
		pages.forEach((page, index) => {
			expect(page.artifacts).toContain(`SHA-256 ${SHA256}`);
			expect(page.artifacts).toContain(`Side ${index + 1} av ${pages.length}`);
			expect(page.stray.trim()).toBe('');
		});
	});

	it('says so where nobody wrote anything, where and when', async () => {
		const empty = { type: 'doc' as const, content: [] };
		const { elements } = await read([], { forberedelse: empty, dato: null, fra: null, til: null, sted: null });
		expect(outline(elements).slice(-4)).toEqual([
			'  H2 Forberedelse',
			'  P Ingen skrev noe her.',
			'  H2 Kort referat',
			'  P Ingen skrev noe her.'
		]);
		expect(elements.some(({ text: own }) => /^(Sted|Dato og tid)/.test(own))).toBe(false);
	});
});

describe('the structure tree', () => {
	it('holds lists, tasks in words, quotes and line breaks as what they are', async () => {
		const item = (...content: unknown[]) => node('listItem', {}, ...content);
		const { elements } = await read([
			p('Først', node('hardBreak'), 'så'),
			node('bulletList', {}, item(p('En'), node('orderedList', { start: 3, type: 'i' }, item(p('Under')))), item()),
			node(
				'taskList',
				{},
				node('taskItem', { checked: true }, p('Les')),
				node('taskItem', { checked: false }, p('Skriv')),
				node('taskItem', { checked: false })
			),
			node('blockquote', {}, p('Sagt')),
			p()
		]);
		expect(outline(ofReferat(elements))).toEqual([
			'  P Først så',
			'  L',
			'    LI',
			'      Lbl •',
			'      LBody',
			'        P En',
			'        L',
			'          LI',
			'            Lbl iii.',
			'            LBody',
			'              P Under',
			'    LI',
			'      Lbl •',
			'      LBody',
			'  L',
			'    LI',
			'      Lbl ☑',
			'      LBody',
			'        P Gjort: Les',
			'    LI',
			'      Lbl ☐',
			'      LBody',
			'        P Ikke gjort: Skriv',
			'    LI',
			'      Lbl ☐',
			'      LBody',
			'        P Ikke gjort:',
			'  BlockQuote',
			'    P Sagt'
		]);
	});

	it('skips no level of headings on the way down, whatever people choose', async () => {
		const levels = [3, 1, 6, 2, 6, 6, 1];
		const { elements } = await read(levels.map((level) => node('heading', { level }, text(`N${level}`))));
		const headings = elements.flatMap(({ role }) => /^H([1-6])$/.exec(role)?.[1] ?? []).map(Number);
		expect(headings).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 6, 3]);
		headings.forEach((level, i) => expect(level - (headings[i - 1] ?? 0)).toBeLessThanOrEqual(1));
	});

	it('tells where a link leads, to the ear and on paper', async () => {
		const { elements, pages } = await read([
			p(
				'Se ',
				text('retnings', link('https://www.helsedirektoratet.no/a', 'Antibiotika')),
				text('linjen', link('https://www.helsedirektoratet.no/a', 'Antibiotika'), BOLD),
				', ',
				text('https://lis.no/', link('https://lis.no/')),
				' eller ',
				text('skriv', link('mailto:kari@example.test')),
				'.'
			)
		]);
		const links = elements.filter(({ role }) => role === 'Link');
		expect(links.map(({ text: own, alt }) => [own, alt])).toEqual([
			[
				'retningslinjen (https://www.helsedirektoratet.no/a)',
				'retningslinjen – Antibiotika – https://www.helsedirektoratet.no/a'
			],
			['https://lis.no/', 'https://lis.no/'],
			['skriv (kari@example.test)', 'skriv – kari@example.test']
		]);
		for (const area of pages.flatMap((page) => page.links)) {
			expect(['https://www.helsedirektoratet.no/a', 'https://lis.no/', 'mailto:kari@example.test']).toContain(area.url);
			expect(links.map(({ alt }) => alt)).toContain(area.contents);
		}
	});

	it('keeps a link that is broken over two pages on both', async () => {
		const long = text('lenke '.repeat(2000), link('https://lis.no/'));
		const { pages } = await read([p(long)]);
		expect(pages.length).toBeGreaterThan(1);
		for (const page of pages) {
			const [first, ...others] = page.elements.filter(({ role }) => role === 'Link');
			expect(others).toEqual([]);
			expect(first?.alt).toMatch(/^(lenke ){20}… – https:\/\/lis\.no\/$/);
			expect(page.links.length).toBeGreaterThan(1);
		}
	});
});

describe('letters', () => {
	const alphabets = {
		norsk: 'ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ abcdefghijklmnopqrstuvwxyzæøå ÀÉÊÓÒÔàéêóòôÄÖÜäöüÇç',
		davvisámegiella: 'Áá Čč Đđ Ŋŋ Šš Ŧŧ Žž',
		julevsámegiella: 'Áá Åå Ńń Ŋŋ Ññ Ää Ææ',
		åarjelsaemien: 'Ïï Ää Ææ Öö Øø Åå',
		anarâškielâ: 'Ââ Áá Ää Čč Đđ Ŋŋ Šš Žž',
		sääʹmǩiõll: 'Ââ Čč Ʒʒ Ǯǯ Đđ Ǧǧ Ǥǥ Ǩǩ Ŋŋ Õõ Šš Žž Åå Ää Öö ʹ ʼ',
		biđumsámegiella: 'Áá Đđ Ŧŧ Ïï Üü Ŋŋ',
		tegn: '«Sitat» – — … “” ‘’ € § ° ± × ½ µ ≤ ≥ ≈ → ← • ☑ ☐ □ ₂ ²',
		naboer: 'ÐðÞþ ŁłŻż Ğğ İı Şş Åå Őő Ґґ Жж αβγ'
	};

	it.each(Object.entries(alphabets))('of %s are shown, and can be read out of it again', async (_name, letters) => {
		for (const marks of [[], [BOLD], [{ type: 'italic' }], [BOLD, { type: 'italic' }]]) {
			const { elements } = await read([p(text(letters, ...marks))]);
			expect(ofReferat(elements).map((element) => element.text)).toEqual([letters]);
		}
	});

	it('that are written in two parts become one', async () => {
		const { text: all } = await read([p('Sa\u030ami: c\u030c, e\u0301')]);
		expect(all).toContain('Såmi: č, é');
	});

	it.each([
		['an emoji', '👩‍⚕️', '□'],
		['a flag', '🇳🇴', '□'],
		['Chinese', '漢字', '□□'],
		['what is written from right to left', 'مرحبا', '□□□□□'],
		['a private character', '\ue000', '□'],
		['what cannot be seen', 'a\u200db\u00adc\ufeff\ufe0f', 'abc']
	])('that no font has end nothing: %s', async (_what, written, shown) => {
		const { elements } = await read([p(`før ${written} etter`)]);
		const spans = ofReferat(elements).filter(({ role }) => role === 'Span');
		expect(spans.map((span) => span.text).join('')).toBe(shown.startsWith('□') ? shown : '');
		expect(ofReferat(elements)[0]?.text).toBe(shown.startsWith('□') ? 'før etter' : `før ${shown} etter`);
	});
});

describe('what must not come out', () => {
	const NUMBER = '15076500565';
	const hidden = '[fødselsnummer skjult]';

	it('a fødselsnummer is masked in the text, over marks, in links, places and names', async () => {
		const { bytes, filnavn } = await pdfOf(
			frozen(
				[
					p(`Pasient ${NUMBER} og 150765 00565.`),
					p('Del', text('t: 1507', BOLD), '6500565', text(' ferdig', BOLD)),
					p(text('journal', link(`https://journal.test/${NUMBER}`, `om ${NUMBER}`))),
					p(text('annen', link('https://lis.no/', `om ${NUMBER}`))),
					node('heading', { level: 1 }, text(`Om ${NUMBER}`)),
					p('12345678901 er ikke et')
				],
				{
					sted: `Rom ${NUMBER}`,
					ferdigstiltAv: { id: 'v', navn: `Ola ${NUMBER}` },
					lis: { id: 'l', navn: `Kari ${NUMBER}` }
				}
			)
		);
		const { text: all, pages, elements, info } = await readPdf(bytes);
		expect(JSON.stringify([all, pages, elements, info, filnavn])).not.toMatch(/15076500565|150765 00565/);
		expect(Buffer.from(bytes).toString('latin1')).not.toContain(NUMBER);
		expect(all).toContain(`Pasient ${hidden} og ${hidden}.`);
		expect(all).toContain(`Delt: ${hidden} ferdig`);
		expect(all).toContain(`Om ${hidden}`);
		expect(all).toContain('12345678901 er ikke et');
		expect(all).toContain(`Sted: Rom ${hidden}`);
		expect(elements.filter(({ role }) => role === 'Link').map(({ alt }) => alt)).toEqual([
			`annen – om ${hidden} – https://lis.no/`
		]);
	});

	it('no link leads where the editor would not let it', async () => {
		const hrefs = [
			'javascript:alert(1)',
			' https://a.no',
			'https://a.no\\@b.no',
			'data:text/html,x',
			'file:///etc/passwd'
		];
		const { pages, text: all } = await read(hrefs.map((href, i) => p(text(`lenke ${i}`, link(href)))));
		expect(pages.flatMap((page) => page.links)).toEqual([]);
		expect(all).not.toMatch(/javascript|data:|file:/);
	});

	it('nothing that people wrote becomes part of the file’s own language', async () => {
		const nasty = ') >> endobj (\\ </rdf:li><x> \r\n%%EOF';
		const { bytes } = await pdfOf(
			frozen([p(nasty, text('x', link('https://a.no/)(endobj')))], { lis: { id: 'l', navn: nasty }, sted: nasty })
		);
		const { text: all, pages, xmp } = await readPdf(bytes);
		expect(all).toContain(') >> endobj (\\ </rdf:li><x>');
		expect(pages.flatMap((page) => page.links.map(({ url }) => url))).toEqual(['https://a.no/)(endobj']);
		expect(xmp).not.toContain('<x>');
	});
});

describe('a long samtale', () => {
	it('lets others have their turn while it is laid out', async () => {
		const words = 'Vi gikk gjennom to forløp fra legevakten og snakket om hva som gikk bra. '.repeat(3000);
		let turns = 0;
		let over = false;
		const count = () => {
			turns++;
			if (!over) setImmediate(count);
		};
		setImmediate(count);
		await pdfOf(frozen([p(words)]));
		over = true;
		expect(turns).toBeGreaterThan(5);
	});

	it('is whole: no word is lost between lines and pages', async () => {
		const words = Array.from({ length: 1500 }, (_, i) => `ord${i}`);
		const { elements } = await read([p(words.join(' '))]);
		const found = ofReferat(elements).flatMap((element) => element.text.split(/\s+/).filter(Boolean));
		expect(found).toEqual(words);
	});
});

describe('any document that the portal could hold', () => {
	const written = (content: DocNode[]): string =>
		content
			.map((each) => (each.type === 'text' ? each.text : each.type === 'hardBreak' ? '' : written(each.content)))
			.join('');
	const mark = fc.constantFrom(BOLD, { type: 'italic' }, link('https://lis.no/å', 'tittel'), link('tel:+4722222222'));
	const words = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'αβγ δε-') }));
	const inline = fc.oneof(
		fc.record({
			type: fc.constant('text'),
			text: words,
			marks: fc.array(mark, { maxLength: 3 })
		}),
		fc.constant(node('hardBreak'))
	);
	const types = ['paragraph', 'heading', 'bulletList', 'orderedList', 'taskList', 'listItem', 'taskItem', 'blockquote'];
	const { block } = fc.letrec<{ block: unknown }>((tie) => ({
		block: fc.record({
			type: fc.constantFrom(...types, 'unknown'),
			attrs: fc.record({ level: fc.integer({ min: 1, max: 6 }), start: fc.maxSafeInteger(), checked: fc.boolean() }),
			content: fc.array(fc.oneof({ depthSize: 'small' }, inline, tie('block')), { maxLength: 5 })
		})
	}));

	it('becomes a PDF that can be read, in which everything belongs somewhere', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(block, { maxLength: 6 }), async (content) => {
				const samtale = frozen(content);
				const { pages, marked } = await readPdf((await pdfOf(samtale)).bytes);
				expect(marked).toBe(true);
				for (const page of pages) expect(page.stray.trim()).toBe('');
				// Greek stands in none of our own words: all of it must come out again, in its order.
				const greek = (value: string) => value.match(/[α-ω]/g)?.join('') ?? '';
				expect(greek(pages.map(({ spoken }) => spoken).join(''))).toBe(greek(written(samtale.referat)));
			}),
			{ numRuns: 30 }
		);
	});
});
