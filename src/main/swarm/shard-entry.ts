import { runAsChild } from '../process/child-port';
import { shardMain } from './shard-main';

runAsChild(shardMain);
