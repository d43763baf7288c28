import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLimits, portCount, portsBetween, readMachineLimits } from '../../../src/main/runs/machine-limits';

describe('the limits of a machine', () => {
  it('are those that the system tells', async () => {
    const { filesPerProcess, portsPerAddress } = await readMachineLimits();
    const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    expect(filesPerProcess).toBe(hard === 'unlimited' ? null : Number(hard));
    expect(portsPerAddress).toBe(portsBetween(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')));
    expect(portsPerAddress).toBeGreaterThan(0);
  });

  it('of ports are read from what Linux, macOS and Windows print', () => {
    expect(portsBetween('32768\t60999\n')).toBe(28_232);
    expect(portsBetween('49152\n65535\n')).toBe(16_384);
    expect(portsBetween('no such setting')).toBeNull();
    const english =
      '\r\nProtocol tcp Dynamic Port Range\r\n---------------------------------\r\nStart Port      : 10000\r\nNumber of Ports : 55536\r\n\r\n';
    expect(portCount(english)).toBe(55_536);
    const german =
      '\r\nProtokoll tcp Dynamischer Portbereich\r\n---------------------------------\r\nStartport       : 49152\r\nAnzahl von Ports: 16384\r\n';
    expect(portCount(german)).toBe(16_384);
    expect(portCount('The command was not found.')).toBeNull();
  });

  it('let a run through, or say what to do', () => {
    const limits = { filesPerProcess: 1064, portsPerAddress: 1500 };
    expect(checkLimits(1000, 1, 0, limits)).toBeNull();
    expect(checkLimits(1001, 1, 0, limits)).toContain('use --shards 2 or raise the limit of open files (ulimit -n)');
    expect(checkLimits(1501, 2, 1, limits)).toContain('(2 in all) or widen the port range of the system');
    expect(checkLimits(3000, 3, 2, limits)).toBeNull();
    expect(checkLimits(1e6, 1, 0, { filesPerProcess: null, portsPerAddress: null })).toBeNull();
  });
});
