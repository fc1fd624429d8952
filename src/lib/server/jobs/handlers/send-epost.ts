import type { JobContext } from './index.ts';

/** Sends what is due. Running twice finds nothing the second time. */
export async function handleSendEpost({ postmann }: JobContext): Promise<void> {
	await postmann.send();
}
