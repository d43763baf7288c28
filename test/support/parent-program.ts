import { NodeProcessHost } from '../../src/main/process/node-host';

/** A parent for tests of what becomes of children: starts one, prints its pid and then lives on or exits, as told. */
const [childFile = '', then] = process.argv.slice(2);
const child = new NodeProcessHost({ shard: childFile, store: childFile }).fork('shard', { name: 'orphan' });
child.onMessage(() => {
  process.stdout.write(`${child.pid}\n`);
  if (then === 'exit') setTimeout(() => process.exit(0), 100);
});
