import { peakNodes } from '../../shared/scenario/load';
import { errorMessage } from '../../shared/text/error-text';
import type { ChildPort } from '../process/process-host';
import { makeDescriptorRoom } from './descriptor-room';
import type { ShardCommand, ShardReport } from './messages';
import { Shard } from './shard';

/** A shard process: carries out the commands it is sent and reports, until the run ends or the controller is gone. */
export function shardMain(port: ChildPort<ShardCommand, ShardReport>): void {
  let shard: Shard | null = null;
  const report = (message: ShardReport) => {
    port.post(message);
    if (message.kind === 'finished') port.exit(0);
  };
  const carryOut = (command: ShardCommand) => {
    switch (command.kind) {
      case 'plan':
        try {
          shard = new Shard(command.plan, report);
          makeDescriptorRoom(Math.ceil(peakNodes(command.plan.load) / command.plan.shardCount));
          report({ kind: 'ready', shard: command.plan.shard });
        } catch (error) {
          report({
            kind: 'rejected',
            shard: command.plan.shard,
            message: errorMessage(error),
          });
          port.exit(0);
        }
        break;
      case 'start':
        shard?.start();
        break;
      case 'edit':
        shard?.edit(command.load, command.atSeconds, command.durationSeconds);
        break;
      case 'stop':
        shard?.stop();
        break;
      case 'stop-now':
        shard?.stopNow();
        break;
    }
  };
  port.onMessage(carryOut);
  // Without its controller nobody would hear of the results, and nobody could stop the load.
  port.onClose(() => port.exit(1));
}
