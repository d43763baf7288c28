import { runAsChild } from '../process/child-port';
import { storeMain } from './store-process';

runAsChild(storeMain);
