import { sendHint } from '#lib/server/db/hints.ts';
import { bumpAccess } from '#lib/server/queries/collab.ts';
import { sql, transaction } from '#lib/server/db/pool.ts';
import type { Person, World } from '../world.ts';

/** Whether somebody may take part in a samtale. */
export class Access {
	private readonly world: World;
	private readonly person: Person;
	private readonly docId: string;
	private revoked = false;

	constructor(world: World, person: Person, docId: string) {
		this.world = world;
		this.person = person;
		this.docId = docId;
	}

	async revoke(): Promise<void> {
		if (this.revoked) return;
		this.revoked = true;
		await this.set(sql`now()`);
	}

	/** Returns whether they could not before. */
	async grant(): Promise<boolean> {
		if (!this.revoked) return false;
		this.revoked = false;
		await this.set(sql`null`);
		return true;
	}

	private set(til: ReturnType<typeof sql>): Promise<void> {
		const { docId, person } = this;
		return transaction(this.world.owner, async (trx) => {
			await bumpAccess(trx, [docId]);
			await sql`update samtale_deltaker set til = ${til} where samtale_id = ${docId} and person_id = ${person.id}`.execute(
				trx
			);
			await sendHint(trx, { docs: [docId] });
		});
	}
}
