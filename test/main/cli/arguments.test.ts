import { describe, expect, it } from 'vitest';
import {
  parseDuration,
  parseHost,
  parsePositiveDuration,
  parseRate,
  parseRunReference,
  parseStages,
  parseWholeNumber,
} from '../../../src/main/cli/arguments';
import { CommandError, EXIT } from '../../../src/main/cli/exit-code';

/** The sentence and exit code that a call ends with. */
function refusal(call: () => unknown): { message: string; exitCode: number } {
  try {
    call();
  } catch (error) {
    if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseDuration', () => {
  it.each([
    ['30s', 30],
    ['5m', 300],
    ['1h', 3600],
    ['90', 90],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['2m30s', 150],
    ['500ms', 0.5],
    ['0.25', 0.25],
    [' 10s ', 10],
  ])('reads %j as %d s', (text, seconds) => {
    expect(parseDuration(text, '-t')).toBeCloseTo(seconds, 9);
  });

  it.each(['', 's', '5x', '-5', '5 s', '1s2m', '1e3', '0x10', 'm5'])('refuses %j', (text) => {
    expect(refusal(() => parseDuration(text, '-t'))).toEqual({
      message: `-t "${text}" is not a duration; write 30s, 5m, 1h, 1h30m or plain seconds (90)`,
      exitCode: EXIT.usage,
    });
  });

  it('refuses what no timer can count and, where asked, nothing at all', () => {
    expect(refusal(() => parseDuration('9000h', '-t')).message).toContain('longer than a year');
    expect(refusal(() => parsePositiveDuration('0s', '-t')).message).toBe('-t must be longer than 0 seconds');
  });
});

describe('parseStages', () => {
  it('reads nodes, ramp and hold of each stage', () => {
    expect(parseStages('50:30s:1m, 100:10s:5m,0:20:0')).toEqual([
      { nodes: 50, rampSeconds: 30, holdSeconds: 60 },
      { nodes: 100, rampSeconds: 10, holdSeconds: 300 },
      { nodes: 0, rampSeconds: 20, holdSeconds: 0 },
    ]);
  });

  it.each([
    ['50:30s', 'stage 1 of --stages is "50:30s"; a stage is NODES:RAMP:HOLD'],
    ['50:30s:1m,', 'stage 2 of --stages is ""'],
    ['5:1s:1s,x:1s:1s', 'the number of nodes in stage 2 of --stages must be a whole number from 0 to 1000000, not "x"'],
    ['5:fast:1s', 'the ramp in stage 1 of --stages "fast" is not a duration'],
    ['5:1s:long', 'the hold in stage 1 of --stages "long" is not a duration'],
  ])('refuses %j and says which stage', (text, message) => {
    expect(refusal(() => parseStages(text)).message).toContain(message);
  });
});

describe('numbers, URLs and runs', () => {
  it('reads whole numbers within limits', () => {
    expect(parseWholeNumber('256', '--shards', { min: 1, max: 256 })).toBe(256);
    for (const text of ['0', '257', '1.5', '-1', 'many', '']) {
      expect(refusal(() => parseWholeNumber(text, '--shards', { min: 1, max: 256 })).message).toBe(
        `--shards must be a whole number from 1 to 256, not "${text}"`,
      );
    }
  });

  it('reads rates', () => {
    expect(parseRate('0.5', '-r')).toBe(0.5);
    expect(parseRate('.5', '-r')).toBe(0.5);
    for (const text of ['0', '-1', 'NaN', 'Infinity', '1e3', '.']) expect(() => parseRate(text, '-r')).toThrow('above 0');
  });

  it('reads URLs and guesses what was meant', () => {
    expect(parseHost('https://backend.example:8443/base')).toBe('https://backend.example:8443/base');
    expect(refusal(() => parseHost('localhost:8090')).message).toContain('did you mean http://localhost:8090?');
    expect(refusal(() => parseHost('ftp://x')).message).toContain('for example http://');
    expect(refusal(() => parseHost('')).exitCode).toBe(EXIT.usage);
  });

  it('reads ids of runs', () => {
    expect(parseRunReference('12')).toBe(12);
    expect(parseRunReference('last')).toBe('last');
    for (const text of ['0', '-1', 'first', '1.5', '']) expect(() => parseRunReference(text)).toThrow('is not a run');
  });
});
