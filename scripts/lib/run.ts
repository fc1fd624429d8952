import { spawn } from 'node:child_process';

export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	uid?: number;
	gid?: number;
	/** Given every piece of output as it comes; the text is collected all the same. */
	onOutput?: (text: string) => void;
	/** Aborting tells the child to end with SIGTERM; its end is waited for as ever. */
	signal?: AbortSignal;
}

export interface RunResult {
	code: number;
	output: string;
}

/**
 * Runs a command to its end and gives its exit code and its output (stdout and stderr as they came).
 * @throws Error when the command cannot be started
 */
export function runToEnd(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
	const { onOutput, signal, ...spawnOptions } = options;
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
		const tell = (): void => void child.kill('SIGTERM');
		signal?.addEventListener('abort', tell, { once: true });
		let output = '';
		const collect = (piece: string): void => {
			output += piece;
			onOutput?.(piece);
		};
		child.stdout.setEncoding('utf8').on('data', collect);
		child.stderr.setEncoding('utf8').on('data', collect);
		child.once('error', reject);
		child.once('close', (code) => {
			signal?.removeEventListener('abort', tell);
			resolve({ code: code ?? 1, output });
		});
	});
}

/**
 * Like `runToEnd`, for commands that must succeed.
 * @throws Error with the command's output when it ends with another code than 0
 */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
	const { code, output } = await runToEnd(command, args, options);
	if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${output.trim()}`);
	return output;
}
