/**
 * Why something from a client is not taken in. `gap`: it builds on what this room has not seen, which may be nobody's fault;
 * the others are never an honest client's (`tooLarge`, `tooMany` and `tooDeep` aside, when its editor does not keep the limits).
 */
export type Fault = 'gap' | 'invalid' | 'tooLarge' | 'tooDeep' | 'tooMany';

/** `detail` is for logs: it says which rule, and holds nothing that the client wrote. */
export interface Refused {
	ok: false;
	fault: Fault;
	detail: string;
}

/** Thrown inside the validator only; `refusedBy` turns it into a value at the border. */
export class Refusal extends Error {
	readonly fault: Fault;

	constructor(fault: Fault, detail: string) {
		super(detail);
		this.fault = fault;
	}
}

/** Runs `judge`; a Refusal becomes its value. Anything else that is thrown is a fault of the validator and goes on. */
export function refusedBy<T>(judge: () => T): T | Refused {
	try {
		return judge();
	} catch (error) {
		if (error instanceof Refusal) return { ok: false, fault: error.fault, detail: error.message };
		throw error;
	}
}
