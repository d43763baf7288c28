import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeDescriptorRoom } from '../../../src/main/swarm/descriptor-room';
import { bundleEntry } from '../../support/bundle-entry';

describe('makeDescriptorRoom', () => {
  it('makes the table of descriptors large enough and leaves none open', () => {
    const before = { size: tableSize(), open: openDescriptors() };
    makeDescriptorRoom(before.size * 2);
    expect({ roomy: tableSize() >= before.size * 2, open: openDescriptors() }).toEqual({ roomy: true, open: before.open });
  });

  it('opens as many as may be open when that is less, and leaves none open', async () => {
    const bundle = await bundleEntry('test/support/descriptor-room.ts');
    try {
      const { stdout, stderr } = spawnSync('bash', ['-c', 'ulimit -n 200; exec "$0" "$@"', process.execPath, bundle.file], {
        encoding: 'utf8',
      });
      expect({ stdout, stderr }).toEqual({ stdout: 'the same are open\n', stderr: '' });
    } finally {
      bundle.remove();
    }
  });
});

/** How many descriptors this process's table has room for. */
function tableSize(): number {
  return Number(/^FDSize:\s+(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}
