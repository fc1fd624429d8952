import * as Y from 'yjs';
import { LIMITS } from '../limits.ts';
import { toJson } from '../render.ts';
import { ROOTS } from '../schema.ts';
import type { History } from './history.ts';
import { sameLook } from './look.ts';
import { unchangedBlocks } from './unchanged.ts';
import { encodeRestore, lengthOf, type Copy, type Unit } from './restore-update.ts';
import type { UnitRange } from './run.ts';
import { lettersIn } from './segments.ts';
import { itemsOf, nodeOf, type Node } from './tree.ts';
import { attrsAt, jsonAt, standingAt, textAt, type Delta, type Stands } from './version.ts';

export type Restoring = { clientId: number; upd: Uint8Array | null; tooLarge: boolean };

/** What has to be done to a document for it to look as it did. */
type Plan = {
	copies: Copy[];
	deletions: UnitRange[];
	/** For each copy of a node, the former node. */
	former: Map<Copy, Node>;
	/** Nodes that stood then and stand now, by the unit that they are. */
	kept: { unit: Unit; node: Y.XmlElement | Y.XmlText }[];
	/** Items that are as they should be, or stand for one that is not. */
	done: ReadonlySet<Y.Item>;
};

/**
 * The change that makes both parts look as they did after row `seq`, by a client of its own. What stood then and stands now is not
 * touched; what came since is deleted; what went since is written anew beside where it was. `upd` is null when nothing differs;
 * `tooLarge`: the document would exceed what one may hold.
 */
export function restoreTo(history: History, seq: number): Restoring {
	const roots = ROOTS.map((part) => history.doc.getXmlFragment(part));
	const [now, then] = [standingAt(history, history.head), standingAt(history, seq)];
	const alike = new Set(roots.flatMap((root) => unchangedBlocks(history, root, now, then)));
	const restored = attempt(history, seq, alike) ?? attempt(history, seq, new Set());
	if (restored === undefined) throw new Error(`row ${seq} cannot be restored`);
	return restored;
}

/** Undefined when the document would not look as it did: what looks alike stood in another order. */
function attempt(history: History, seq: number, done: ReadonlySet<Y.Item>): Restoring | undefined {
	const stands = standingAt(history, seq);
	const plan: Plan = { copies: [], deletions: [], former: new Map(), kept: [], done };
	for (const part of ROOTS) planFor(plan, history, history.doc.getXmlFragment(part), stands);

	const scratch = new Y.Doc({ gc: false });
	Y.applyUpdate(scratch, Y.encodeStateAsUpdate(history.doc));
	const clientId = newClientId(history.doc);
	scratch.clientID = clientId;
	let upd: Uint8Array | null = null;
	scratch.on('update', (update: Uint8Array) => (upd = update));
	scratch.transact((tr) => {
		Y.applyUpdate(scratch, encodeRestore(clientId, plan.copies, plan.deletions));
		let clock = 0;
		for (const copy of plan.copies) {
			const source = plan.former.get(copy);
			if (source !== undefined) fill(history, nodeAt(scratch, { client: clientId, clock }), source, stands);
			clock += lengthOf(copy);
		}
		for (const { unit, node } of plan.kept) reshape(history, nodeAt(scratch, unit), node, stands);
		tr.local = true;
	});
	if (!ROOTS.every((part) => sameLook(toJson(scratch, part), jsonAt(history, part, seq)))) return undefined;
	return { clientId, upd, tooLarge: Y.encodeStateAsUpdate(scratch).length > LIMITS.documentBytes };
}

function planFor(plan: Plan, history: History, node: Node, stands: Stands): void {
	let left: Unit | null = null;
	for (const item of itemsOf(node)) {
		const child = nodeOf(item);
		if (child !== undefined && !plan.done.has(item)) planForNode(plan, history, item, child, left, stands);
		if (item.content instanceof Y.ContentString) {
			for (const { client, clock, len, text, died } of lettersIn(history, item, item.content.str)) {
				const former = { client, clock };
				const then = stands(client, clock);
				if (then && died !== undefined) plan.copies.push({ kind: 'text', text, left, former });
				if (!then && died === undefined) plan.deletions.push({ client, clock, len });
				left = { client, clock: clock + len - 1 };
			}
		}
		left = { client: item.id.client, clock: item.id.clock + item.length - 1 };
	}
}

function planForNode(plan: Plan, history: History, item: Y.Item, node: Node, left: Unit | null, stands: Stands): void {
	const unit = { client: item.id.client, clock: item.id.clock };
	const then = stands(unit.client, unit.clock);
	const now = history.lifeOf(unit.client, unit.clock).died === undefined;
	if (now && !then) plan.deletions.push({ ...unit, len: 1 });
	if (now && then && (node instanceof Y.XmlElement || node instanceof Y.XmlText)) {
		plan.kept.push({ unit, node });
		planFor(plan, history, node, stands);
	}
	if (now || !then) return;
	const where = { left, former: unit };
	const copy: Copy =
		node instanceof Y.XmlElement ? { kind: 'element', name: node.nodeName, ...where } : { kind: 'xmlText', ...where };
	plan.copies.push(copy);
	plan.former.set(copy, node);
}

/** Writes into a new, empty node what the former one held. */
function fill(history: History, target: Node, source: Node, stands: Stands): void {
	if (target instanceof Y.XmlText) {
		if (source instanceof Y.XmlText) target.applyDelta(textAt(history, source, stands));
		return;
	}
	if (target instanceof Y.XmlElement && source instanceof Y.XmlElement) setAttrs(target, attrsAt(source, stands));
	for (const item of itemsOf(source)) {
		const child = nodeOf(item);
		if (child === undefined || !stands(item.id.client, item.id.clock)) continue;
		const copy = child instanceof Y.XmlElement ? new Y.XmlElement(child.nodeName) : new Y.XmlText();
		// Into the document first: Yjs types outside one cannot be read.
		target.push([copy]);
		fill(history, copy, child, stands);
	}
}

/** Gives a node that stayed the attributes, or its text the marks, that it had. */
function reshape(history: History, target: Node, source: Node, stands: Stands): void {
	if (target instanceof Y.XmlElement && source instanceof Y.XmlElement) setAttrs(target, attrsAt(source, stands));
	if (!(target instanceof Y.XmlText) || !(source instanceof Y.XmlText)) return;
	const wanted = textAt(history, source, stands);
	const found = target.toDelta() as Delta;
	if (sameLook(asContent(found), asContent(wanted))) return;
	const off = Object.fromEntries(
		found.flatMap(({ attributes }) => Object.keys(attributes ?? {}).map((key) => [key, null]))
	);
	target.applyDelta(
		wanted.map(({ insert, attributes }) => ({ retain: insert.length, attributes: { ...off, ...attributes } }))
	);
}

function asContent(delta: Delta): unknown {
	return { content: delta.map(({ insert, attributes }) => ({ type: 'text', text: insert, marks: attributes ?? {} })) };
}

function setAttrs(element: Y.XmlElement, wanted: Record<string, unknown>): void {
	const found: Record<string, unknown> = element.getAttributes();
	for (const name of Object.keys(found)) if (!Object.hasOwn(wanted, name)) element.removeAttribute(name);
	for (const [name, value] of Object.entries(wanted))
		// The types know only texts as values; y-tiptap writes numbers and truth values too.
		if (found[name] !== value) element.setAttribute(name, value as string);
}

function nodeAt(doc: Y.Doc, { client, clock }: Unit): Node {
	const item = Y.getItem(doc.store, Y.createID(client, clock));
	const node = item instanceof Y.Item ? nodeOf(item) : undefined;
	if (node === undefined) throw new Error(`no node at ${client}:${clock}`);
	return node;
}

/** A clientID that nobody has in this document. */
function newClientId(doc: Y.Doc): number {
	for (;;) {
		const [id = 0] = crypto.getRandomValues(new Uint32Array(1));
		if (id > 0 && !doc.store.clients.has(id)) return id;
	}
}
