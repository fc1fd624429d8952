import type { SubmitFunction } from '@sveltejs/kit';
import { renew } from './renew.ts';

type Options = {
	/** The text for a control that the browser could not read (31 February in a date field): name and type in, text out. */
	unreadable: (control: { name: string; type: string }) => string;
	/** The text for «no contact with the server», or with what stands behind it: then with the status that it answered. */
	unreachable: (status?: number) => string;
	/** After a successful submit, when the page's data is fresh. */
	done?: () => void;
};

/**
 * The life of one enhanced form: refuses to send a field that the browser itself could not read (it would arrive empty), sends
 * once at a time, keeps every value on failure, and turns a lost connection into a sentence instead of an error page.
 */
export class FormState {
	busy = $state(false);
	/** Faults found before sending, by field name. */
	errors = $state<Record<string, string>>({});
	/** What concerns the form as a whole. */
	message = $state<string | null>(null);
	readonly #options: Options;

	constructor(options: Options) {
		this.#options = options;
	}

	/** `{@attach state.takeOver}`: the messages are ours once scripts run; without them the browser's own stay. */
	takeOver = (form: HTMLFormElement): void => {
		form.noValidate = true;
	};

	submit: SubmitFunction = ({ formElement, cancel }) => {
		this.errors = this.#unreadable(formElement);
		this.message = null;
		if (this.busy || Object.keys(this.errors).length > 0) return cancel();
		this.busy = true;
		return async ({ result, update }) => {
			this.busy = false;
			if (result.type === 'error') {
				this.message = this.#options.unreachable(result.status);
			} else {
				await update({ reset: false });
				// 409: the page itself is outdated. What was typed stays in the form.
				if (result.type === 'failure' && result.status === 409) await renew();
				if (result.type === 'success') this.#options.done?.();
			}
		};
	};

	#unreadable(form: HTMLFormElement): Record<string, string> {
		const errors: Record<string, string> = {};
		for (const control of form.elements) {
			if (control instanceof HTMLInputElement && control.validity.badInput) {
				errors[control.name] = this.#options.unreadable({ name: control.name, type: control.type });
			}
		}
		return errors;
	}
}
