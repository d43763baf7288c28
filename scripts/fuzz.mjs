// npm run fuzz: 20,000 mutated scenario documents (npm test takes 3,000). Arguments after --: [DOCUMENTS [SEED]].
import { ensureInstalled, environment, run } from './toolchain.mjs';

ensureInstalled();
const [documents = '20000', seed] = process.argv.slice(2);
environment.NODESWARM_FUZZ_DOCUMENTS = documents;
if (seed !== undefined) environment.NODESWARM_FUZZ_SEED = seed;
process.exit(await run('vitest', ['run', 'test/main/runs/document-fuzz.test.ts']));
