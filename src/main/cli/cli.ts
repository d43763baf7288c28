#!/usr/bin/env node
// Loaded when called for, so that an older Node gets as far as the sentence below.
export {};

const OLDEST_NODE = 24;

/** A run's output is waited for so long while nobody reads it, ms; that of other commands may be looked at in a pager. */
const RUN_UNREAD_MS = 30_000;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  process.stderr.write(
    `nodeswarm: this needs Node.js ${OLDEST_NODE} or newer, and this is ${process.versions.node}; "npm run -s nodeswarm -- ARGS" brings its own.\n`,
  );
  process.exit(3);
}

// The environment holds secrets: a diagnostic report of Node's (--report-on-fatalerror in NODE_OPTIONS, say) must not.
process.report.excludeEnv = true;

const { main, reportError } = await import('./program');
const { impossible } = await import('./exit-code');
const { onUncaughtError } = await import('../process/uncaught-errors');
const { flushed, processIo } = await import('./process-io');
const args = process.argv.slice(2);
const io = processIo();
onUncaughtError((error) => process.exit(reportError(error, args, io)));
const exitCode = await main(args, io);
const lost = await flushed(args[0] === 'run' ? RUN_UNREAD_MS : null);
process.exit(lost === null ? exitCode : reportError(impossible(lost), args, io));
