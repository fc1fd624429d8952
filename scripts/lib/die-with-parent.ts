/**
 * Loaded with `--import` into every service that the runner starts: when the runner is gone, by kill -9 too, the channel
 * to it closes, and the service ends as if it had been told to. So the services themselves know nothing of a runner.
 */
const killAfterMs = 8_000;

process.on('disconnect', () => {
	setTimeout(() => process.exit(1), killAfterMs).unref();
	process.kill(process.pid, 'SIGTERM');
});
