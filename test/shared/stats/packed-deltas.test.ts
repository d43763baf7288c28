import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type SeriesDelta } from '../../../src/shared/stats/frame';
import { Histogram } from '../../../src/shared/stats/histogram';
import { DELTA_COUNTERS, mergeDeltas, packDeltas, unpackDeltas } from '../../../src/shared/stats/packed-deltas';

const valueUs = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 3_600_000_000 }));
const histogram = fc.array(valueUs, { maxLength: 40 }).map((values) => {
  const recorded = new Histogram();
  for (const value of values) recorded.record(value);
  return recorded.toSparse();
});
const counter = fc.integer({ min: 0, max: 2 ** 40 });
const delta: fc.Arbitrary<SeriesDelta> = fc.record({
  series: fc.integer({ min: 0, max: 5 }),
  phase: fc.constantFrom(...PHASES),
  started: counter,
  completed: counter,
  failed: counter,
  aborted: counter,
  missed: counter,
  resent: counter,
  bodyBytes: counter,
  latency: histogram,
  responseFromSchedule: histogram,
  connect: histogram,
});

describe('deltas as they travel', () => {
  it('are the same when they arrive, and merged ascending by series and phase', () => {
    const selector = ({ series, phase }: SeriesDelta) => `${series} ${phase}`;
    fc.assert(
      fc.property(fc.uniqueArray(delta, { selector, maxLength: 12 }), (deltas) => {
        const sorted = deltas.toSorted((a, b) => a.series - b.series || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
        expect(unpackDeltas(structuredClone(packDeltas(deltas)))).toEqual(deltas);
        expect(mergeDeltas([structuredClone(packDeltas(deltas))])).toEqual(sorted);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('add up over parts, and within one, as their counters and histograms do', () => {
    fc.assert(
      fc.property(fc.array(fc.array(delta, { maxLength: 6 }), { maxLength: 5 }), (parts) => {
        const merged = mergeDeltas(parts.map(packDeltas));
        const byKey = Object.values(Object.groupBy(parts.flat(), ({ series, phase }) => `${series} ${phase}`));
        expect(merged.length).toBe(byKey.length);
        for (const one of merged) {
          const own = parts.flat().filter(({ series, phase }) => series === one.series && phase === one.phase);
          for (const name of DELTA_COUNTERS) expect(one[name]).toBe(own.reduce((sum, next) => sum + next[name], 0));
          for (const name of ['latency', 'responseFromSchedule', 'connect'] as const) {
            const added = new Histogram();
            for (const next of own) added.add(next[name]);
            expect(one[name]).toEqual(added.toSparse());
          }
        }
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});
