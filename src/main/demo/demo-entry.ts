import { runAsChild } from '../process/child-port';
import { demoMain } from './demo-main';

runAsChild(demoMain);
