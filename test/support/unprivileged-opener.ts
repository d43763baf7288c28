import { SqliteStore } from '../../src/main/store/sqlite-store';

/** Opens a history as a user who has no special rights and prints the sentence that this gives. */
const [file = ''] = process.argv.slice(2);
// Loads the native library while it may still be read.
await SqliteStore.open(':memory:').close();
if (process.getuid?.() === 0) process.setuid?.(65534);
try {
  const store = SqliteStore.open(file);
  await store.updateRun(1, { note: 'written' });
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof Error ? `${error.name}: ${error.message}` : 'not an error');
}
