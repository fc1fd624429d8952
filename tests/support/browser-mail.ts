import { expect } from '@playwright/test';
import type { CaughtMail } from '../../scripts/mail-catcher/mailbox.ts';

/** Where the portal under test sends its mail. */
const mails = process.env['E2E_MAIL'] ?? 'http://localhost:3002';

/** All mail to an address, newest first. */
export async function mailsTo(to: string): Promise<CaughtMail[]> {
	const response = await fetch(`${mails}/api/mails?to=${encodeURIComponent(to)}`);
	return (await response.json()) as CaughtMail[];
}

/** The newest mail to an address whose subject fits, once it has come; its `links` begin with the button's. */
export async function waitForMail(to: string, subjectPattern: RegExp): Promise<CaughtMail> {
	const find = async (): Promise<CaughtMail | undefined> =>
		(await mailsTo(to)).find(({ subject }) => subjectPattern.test(subject));
	await expect.poll(find, { message: `a mail to ${to} with the subject ${subjectPattern}` }).toBeDefined();
	const mail = await find();
	if (mail === undefined) throw new Error('The catcher has lost the mail.');
	return mail;
}

/** The catcher's own page of a mail, for tests that look at it as a person does. */
export const mailPageOf = (mail: CaughtMail): string => `${mails}/mails/${mail.id}`;
