import { Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { errorMessage } from '../../shared/text/error-text';
import type { CommandIo } from './command-io';
import { CommandError, EXIT } from './exit-code';
import { COMPARE_HELP, DEMO_HELP, PROGRAM_HELP, RUN_HELP, SERVE_HELP } from './help-text';

/** Errors of other rooms whose message is a sentence for the user, and the exit code they come to. */
const SENTENCES: Record<string, number> = {
  DemoSettingError: EXIT.usage,
  RunRefused: EXIT.impossible,
  RunRequestWrong: EXIT.usage,
  StoreError: EXIT.impossible,
  ReportWriteError: EXIT.impossible,
  WebHostError: EXIT.impossible,
  ListenError: EXIT.impossible,
};

/** Carries out a command line (without the program's name). Returns the exit code; never throws. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, args, io);
  }
}

/** All commands. Each loads its own code when it is called, so that none pays for the others. */
function buildProgram(io: CommandIo, done: (exitCode: number) => void): Command {
  const program = new Command('nodeswarm')
    .description('Load tester for IoT backends: simulates one or fifty thousand nodes, keeps every run and compares them.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors become one sentence in `reportError`.
      writeErr: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getOutHasColors: () => false,
    })
    .addHelpText('after', PROGRAM_HELP);
  const db = () => new Option('--db <file>', 'the database of runs, instead of the default one');
  const json = () => new Option('--json', 'print JSON');
  const allowFiles = () =>
    new Option(
      '--allow-files <dir>',
      'let the scenario read files in this folder too, not only in its own; can be repeated',
    ).argParser(eachGiven);

  program
    .command('run <scenario>')
    .description('run a scenario: show it live, store it, write reports')
    .option('-u, --nodes <n>', 'number of nodes')
    .option('-r, --spawn-rate <rate>', 'nodes spawned a second')
    .option('-t, --duration <time>', 'length of the run')
    .option('-H, --host <url>', 'base URL, instead of the one in the scenario')
    .option('--stages <stages>', 'load in stages, instead of -u, -r and -t')
    .option('--shards <n>', 'processes that simulate nodes (default: number of cores minus one)')
    .option('--seed <n>', 'seed of all random values (default: a random one, which the run keeps)')
    .option('--stop-timeout <time>', 'how long a stop waits for requests in flight')
    .option('--max-rate <n>', 'rate guard: start at most N requests a second, hold back the rest')
    .addOption(
      new Option('--yes-i-may-test <host>', 'confirm that you may load-test this host; can be repeated').argParser(eachGiven),
    )
    .option('--csv <prefix>', 'write PREFIX_stats.csv, PREFIX_stats_history.csv, PREFIX_failures.csv, PREFIX_exceptions.csv')
    .option('--csv-full-history', 'history rows for every series, not only for Aggregated')
    .option('--html <file>', 'write an HTML report')
    .option('--json <file>', 'write the figures as JSON; - prints them on stdout, and nothing else')
    .option('--hlog <file>', 'write an HdrHistogram log')
    .addOption(allowFiles())
    .addOption(db())
    .option('--no-history', 'do not store the run in the database')
    .option('--only-summary', 'show only the summary at the end')
    .option('--quiet', 'show only errors')
    .addOption(
      new Option('--require <condition>', 'condition that the run must meet, such as "p95<250"; can be repeated').argParser(
        eachGiven,
      ),
    )
    .option(
      '--exit-code-on-failure <n>',
      'exit code when requests failed, exceptions occurred or a --require is not met (default: 1)',
    )
    .addHelpText('after', RUN_HELP)
    .action(async (scenario, values) => done(await (await import('./run')).run(scenario, values, io)));

  program
    .command('validate <scenario>')
    .description('check whether a scenario can run, and say what is wrong if it cannot')
    .addOption(allowFiles())
    .action(async (scenario, values) => done(await (await import('./validate')).validate(scenario, values, io)));

  program
    .command('history')
    .description('list the stored runs')
    .addOption(json())
    .addOption(db())
    .action(async (values) => done(await (await import('./history')).history(values, io)));

  program
    .command('show <run>')
    .description('show the summary of a run (an id, or last)')
    .addOption(json())
    .addOption(db())
    .action(async (run, values) => done(await (await import('./show')).show(run, values, io)));

  program
    .command('export <run>')
    .description('write the reports of a run (an id, or last)')
    .option('--csv <prefix>', 'write PREFIX_stats.csv, PREFIX_stats_history.csv, PREFIX_failures.csv, PREFIX_exceptions.csv')
    .option('--csv-full-history', 'history rows for every series, not only for Aggregated')
    .option('--html <file>', 'write an HTML report')
    .option('--json <file>', 'write the figures as JSON; - prints them on stdout')
    .option('--hlog <file>', 'write an HdrHistogram log')
    .addOption(db())
    .action(async (run, values) => done(await (await import('./export')).exportCommand(run, values, io)));

  program
    .command('compare <a> <b>')
    .description('say whether run B is worse than run A (ids, or last; A may be baseline)')
    .addOption(json())
    .option('--exit-code-on-regression <n>', 'exit code when B is worse (default: 1)')
    .addOption(db())
    .addHelpText('after', COMPARE_HELP)
    .action(async (a, b, values) => done(await (await import('./compare')).compare(a, b, values, io)));

  program
    .command('baseline <run>')
    .description('make a run (an id, or last) the baseline of its scenario')
    .addOption(db())
    .action(async (run, values) => done(await (await import('./baseline')).baseline(run, values, io)));

  program
    .command('delete <run>')
    .description('delete a run (an id, or last)')
    .addOption(db())
    .action(async (run, values) => done(await (await import('./delete')).deleteCommand(run, values, io)));

  program
    .command('serve [scenario]')
    .description('open the app in a browser: build scenarios, watch runs, compare them')
    .option('--port <port>', 'port to listen on; 0 takes any free one', '8089')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-remote', 'allow access from other machines: needed for any --host that they can reach')
    .addOption(allowFiles())
    .addOption(db())
    .addHelpText('after', SERVE_HELP)
    .action(async (scenario, values) => done(await (await import('./serve')).serve(scenario, values, io)));

  program
    .command('demo-backend')
    .description('run a small IoT backend to try load tests on')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes any free one', '8090')
    .option('--latency <model>', 'response time: MS, or lognormal:MEDIAN:P99 in ms')
    .option('--errors <percent>', 'percentage of requests answered with 503')
    .option('--capacity <rps>', 'requests a second that it can serve; the rest wait in a queue')
    .addHelpText('after', DEMO_HELP)
    .action(async (values) => done(await (await import('./demo-backend')).demoBackend(values, io)));

  return program;
}

/** For an option that may be given several times: all its values. */
function eachGiven(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** Says on stderr, in a sentence, why a command ended; returns its exit code. */
export function reportError(error: unknown, args: readonly string[], io: CommandIo): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    io.stderr.write(`nodeswarm: ${usageSentence(error, args)}\n`);
    return EXIT.usage;
  }
  if (error instanceof CommandError) {
    io.stderr.write(`nodeswarm: ${ended(error.message)}\n`);
    return error.exitCode;
  }
  const message = errorMessage(error);
  const known = error instanceof Error ? SENTENCES[error.name] : undefined;
  if (known !== undefined) {
    io.stderr.write(`nodeswarm: ${ended(message)}\n`);
    return known;
  }
  io.stderr.write(
    `nodeswarm: unexpected error: ${ended(message)} Please report it; NODESWARM_DEBUG=1 shows where it came from.\n`,
  );
  if (io.env.NODESWARM_DEBUG && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return EXIT.impossible;
}

/** Commander's message as one sentence: `unknown option '--nods' (did you mean --nodes?); see "nodeswarm run --help".` */
function usageSentence({ code, message }: CommanderError, args: readonly string[]): string {
  // Commander has no words for "help" and a command that there is not: it shows the help of all.
  if (code === 'commander.help') return `unknown command '${args[1] ?? ''}'; see "nodeswarm --help".`;
  const [first = '', ...suggestion] = message
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const guess = suggestion.join(' ').replace(/^\(D/, ' (d');
  const command = args.find((arg) => /^[a-z][a-z-]*$/.test(arg));
  const help = command && !first.startsWith('unknown command') ? `nodeswarm ${command} --help` : 'nodeswarm --help';
  return `${first.replace(/\.$/, '')}${guess}; see "${help}".`;
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) || sentence.includes('\n') ? sentence : `${sentence}.`;
}
