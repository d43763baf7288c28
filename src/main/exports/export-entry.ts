import { runAsChild } from '../process/child-port';
import { exportMain } from './export-main';

runAsChild(exportMain);
