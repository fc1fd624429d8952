import en from '../../src/lib/i18n/messages/en.json' with { type: 'json' };
import nb from '../../src/lib/i18n/messages/nb.json' with { type: 'json' };
import nn from '../../src/lib/i18n/messages/nn.json' with { type: 'json' };

export type Sprak = 'nb' | 'nn' | 'en';
export type Nokkel = Exclude<keyof typeof nb, '$schema'>;

const messages: Record<Sprak, Record<Nokkel, string>> = { nb, nn, en };

/**
 * A text of the interface, as its message file has it: tests follow what is written there, and hold no copies that would have
 * to be polished twice. A value that is not given stands as it is in the file.
 */
export function tekst(key: Nokkel, values: Record<string, string> = {}, sprak: Sprak = 'nb'): string {
	return messages[sprak][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The text as a pattern in which any value may stand for `{…}`: «Lagret kl. {tid}» of whatever time. */
export function monster(key: Nokkel, values: Record<string, string> = {}, sprak: Sprak = 'nb'): RegExp {
	const escaped = tekst(key, values, sprak).replace(/[.*+?^$()|[\]\\]/g, '\\$&');
	return new RegExp(escaped.replace(/\{\w+\}/g, '.+'));
}
