import { renew } from '#lib/ui/renew.ts';
import { whoIsLoggedIn } from './innlogging.ts';

/**
 * Fetches the page's data anew, unless that would fail: a load that fails puts an error page, or log-in, in the place of the
 * text, and what was not saved is gone with it.
 * @param megId who the page belongs to
 */
export async function renewPage(megId: string): Promise<void> {
	if ((await whoIsLoggedIn()) === megId) await renew();
}
