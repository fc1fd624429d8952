/** One element of the structure tree, with the name that its content on the pages is marked by. */
export type Tag = { name: string; element: PDFKit.PDFStructureElement };

/** The structure tree as it is built: every piece of content on a page belongs to exactly one element, or is an artifact. */
export class Tags {
	private readonly doc: PDFKit.PDFDocument;
	/** Whose content is being drawn. */
	private open: Tag | null = null;

	constructor(doc: PDFKit.PDFDocument) {
		this.doc = doc;
	}

	/** The element that holds all others. */
	root(name: string): Tag {
		const element = this.doc.struct(name);
		this.doc.addStructure(element);
		return { name, element };
	}

	/**
	 * A new element, the last child of its parent so far. `alt` describes it; `actual` is what a reader hears instead of what
	 * is drawn.
	 */
	child(parent: Tag, name: string, options: { alt?: string; actual?: string } = {}): Tag {
		const element = this.doc.struct(name, options);
		parent.element.add(element);
		return { name, element };
	}

	/** What is drawn from now on belongs to `tag`. */
	mark(tag: Tag): void {
		if (this.open === tag) return;
		this.unmark();
		tag.element.add(this.doc.markStructureContent(tag.name));
		this.open = tag;
	}

	/** Before anything that belongs elsewhere, and before a page ends. */
	unmark(): void {
		if (this.open) this.doc.endMarkedContent();
		this.open = null;
	}

	/** Nothing more comes into it. */
	end(tag: Tag): void {
		if (this.open === tag) this.unmark();
		tag.element.end();
	}

	/** Drawn for the eye only: readers pass over it. */
	artifact(options: PDFKit.Mixins.MarkingOptions, draw: () => void): void {
		this.unmark();
		this.doc.markContent('Artifact', options);
		draw();
		this.doc.endMarkedContent();
	}
}
