import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** The folder that Nodeswarm keeps its data in: as the platform wants it, or `NODESWARM_DATA` where that is set. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.NODESWARM_DATA;
  return chosen ? resolve(chosen) : envPaths('nodeswarm', { suffix: '' }).data;
}

/** The history that is used unless another one is named. */
export function defaultDatabaseFile(environment: NodeJS.ProcessEnv = process.env): string {
  return join(dataFolder(environment), 'nodeswarm.db');
}
