import type { Innlegg } from './skriv.ts';

/** What the two people of the demo world have written so far. Content, not interface: it stands in one language. */
export function demoTekst(id: { lis: string; veileder: string }, now: Date): Innlegg[] {
	const forMinutter = (minutter: number) => new Date(now.getTime() - minutter * 60_000);
	return [
		{
			userId: id.lis,
			fragment: 'forberedelse',
			at: forMinutter(190),
			avsnitt: [
				'Tre vakter siden sist. Vil gjerne snakke om prioritering når flere venter samtidig.',
				'Har lest retningslinjen for antibiotika i sykehjem.'
			]
		},
		{
			userId: id.veileder,
			fragment: 'forberedelse',
			at: forMinutter(95),
			avsnitt: ['La oss også ta samtalen med pårørende. Ta med et eksempel du er fornøyd med.']
		}
	];
}
