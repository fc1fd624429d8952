import { randomInt } from 'node:crypto';
import { isFodselsnummer } from '#lib/domain/fodselsnummer.ts';
import { openRecord } from '../../scripts/lib/records.ts';

const note = openRecord('pid', 'synthetic');
const two = (number: number): string => String(number).padStart(2, '0');

/** A synthetic fødselsnummer (month + 80) that nobody else in the run has; logs and mails are searched for it afterwards. */
export function syntheticPid(): string {
	const date = `${two(randomInt(1, 29))}${two(randomInt(81, 93))}${two(randomInt(50, 100))}`;
	let pid = '';
	// One in 121 has the right control digits.
	while (!isFodselsnummer(pid)) pid = date + String(randomInt(100_000)).padStart(5, '0');
	note(`${pid}\n`);
	return pid;
}
