import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../src/main/swarm/recorder';
import { PHASES } from '../../../src/shared/stats/frame';
import { Histogram } from '../../../src/shared/stats/histogram';
import { mergeDeltas, type PackedDeltas } from '../../../src/shared/stats/packed-deltas';

const SERIES = 4;
const us = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 2 ** 33 }));
const request = fc.record({
  series: fc.integer({ min: 0, max: SERIES - 1 }),
  phase: fc.constantFrom(...PHASES),
  outcome: fc.constantFrom('completed', 'failed', 'aborted'),
  latencyUs: us,
  responseUs: us,
  connectUs: fc.oneof(fc.constant(-1), us),
  bodyBytes: fc.nat(),
  resent: fc.integer({ min: 0, max: 1 }),
  missed: fc.integer({ min: 0, max: 2 }),
});

/** What was recorded since the last time, counted at one go. */
function takenFrom(recorder: Recorder): PackedDeltas {
  const steps = recorder.endFrame();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe('the recorder of a shard', () => {
  it('reports of each series and phase exactly what was recorded since the last time', () => {
    const recorder = new Recorder(SERIES);
    fc.assert(
      fc.property(fc.array(request, { maxLength: 1500, size: 'max' }), (requests) => {
        for (const { series, phase, outcome, latencyUs, responseUs, connectUs, bodyBytes, resent, missed } of requests) {
          recorder.started(series, phase);
          if (missed > 0) recorder.missed(series, phase, missed);
          if (outcome === 'aborted') recorder.aborted(series, phase);
          else recorder.finished(series, phase, outcome === 'failed', latencyUs, responseUs, connectUs, bodyBytes, resent);
        }
        const reported = mergeDeltas([takenFrom(recorder)]);
        const keys = new Set(requests.map(({ series, phase }) => `${series} ${phase}`));
        expect(new Set(reported.map(({ series, phase }) => `${series} ${phase}`))).toEqual(keys);
        for (const { series, phase, ...delta } of reported) {
          const own = requests.filter((one) => one.series === series && one.phase === phase);
          const ended = own.filter(({ outcome }) => outcome !== 'aborted');
          const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
          const histogram = (values: number[]) => {
            const recorded = new Histogram();
            for (const value of values) recorded.record(value);
            return recorded.toSparse();
          };
          expect(delta).toEqual({
            started: own.length,
            completed: own.filter(({ outcome }) => outcome === 'completed').length,
            failed: own.filter(({ outcome }) => outcome === 'failed').length,
            aborted: own.filter(({ outcome }) => outcome === 'aborted').length,
            missed: sum(own.map(({ missed }) => missed)),
            resent: sum(ended.map(({ resent }) => resent)),
            bodyBytes: sum(ended.map(({ bodyBytes }) => bodyBytes)),
            latency: histogram(ended.map(({ latencyUs }) => latencyUs)),
            responseFromSchedule: histogram(ended.map(({ responseUs }) => responseUs)),
            connect: histogram(ended.map(({ connectUs }) => connectUs).filter((value) => value >= 0)),
          });
        }
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(mergeDeltas([takenFrom(recorder)])).toEqual([]);
  });

  it('counts a frame in steps, and takes what comes meanwhile for the next one', () => {
    const recorder = new Recorder(SERIES);
    const record = (latencyUs: number) => {
      for (let i = 0; i < 5000; i++) {
        recorder.started(i % SERIES, 'steady');
        recorder.finished(i % SERIES, 'steady', false, latencyUs, latencyUs, latencyUs, 1, 0);
      }
    };
    record(100);
    const steps = recorder.endFrame();
    let taken = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      recorder.started(0, 'steady');
      recorder.finished(0, 'steady', false, 200, 200, -1, 1, 0);
      taken++;
    }
    expect(taken).toBeGreaterThan(15);
    const latencies = (deltas: PackedDeltas) =>
      mergeDeltas([deltas]).map(({ started, latency }) => [started, latency.count, latency.max]);
    expect(latencies(step.value)).toEqual(Array.from({ length: SERIES }, () => [1250, 1250, 100]));
    expect(latencies(takenFrom(recorder))).toEqual([[taken, taken, 200]]);
  });

  it('lets go of the room that one frame needed, and has it again when it is needed', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const megabytes = () => {
      // What lies in buffers is given back when the next collection begins.
      collectGarbage();
      collectGarbage();
      return process.memoryUsage().arrayBuffers / 1e6;
    };
    const recorder = new Recorder(SERIES);
    const before = megabytes();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 300_000; i++) recorder.finished(i % SERIES, 'steady', false, 1000, 1000, -1, 0, 0);
      expect(mergeDeltas([takenFrom(recorder)]).map(({ completed }) => completed)).toEqual([75_000, 75_000, 75_000, 75_000]);
      expect(megabytes() - before).toBeGreaterThan(14);
      for (let frame = 0; frame < 400; frame++) takenFrom(recorder);
      expect(megabytes() - before).toBeLessThan(1);
    }
  });
});
