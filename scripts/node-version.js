// Plain JavaScript on purpose: it must run, and say something useful, on the Node versions that cannot run the rest.
const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found < needed) {
	console.error(
		[
			`LIS Kommune needs Node ${needed} or newer; this is Node ${process.versions.node}.`,
			'',
			'On Linux (x64, arm64) "npm ci" brings Node 24 with it, and "npm start", "npm test" and the other npm scripts use it:',
			'  - start things with npm, not with "node scripts/…"',
			'  - install without --omit=optional',
			'On macOS and Windows: install Node 24 (https://nodejs.org) and run "npm ci" again.'
		].join('\n')
	);
	process.exit(1);
}
