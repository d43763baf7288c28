import { describe, expect, it } from 'vitest';
import { checkRequirements, parseRequirement, unmetRequirements } from '../../../src/main/cli/requirement';
import { buildReport } from '../../../src/shared/stats/report';
import { makeRun } from '../../support/run-data';

const report = buildReport(makeRun({ durationSeconds: 60, failureRate: 0.05 }).data);
const steady = report.steady ?? report;
const unmet = (...texts: string[]) => unmetRequirements(texts.map(parseRequirement), report);

describe('what a run is required to be like', () => {
  it('is read with and without a series', () => {
    expect(parseRequirement('p95<250')).toEqual({ text: 'p95<250', series: null, figure: 'p95', comparator: '<', limit: 250 });
    expect(parseRequirement(' POST /data failures <= 0.5 ')).toEqual({
      text: 'POST /data failures <= 0.5',
      series: 'POST /data',
      figure: 'failures',
      comparator: '<=',
      limit: 0.5,
    });
  });

  it.each(['', 'p95', 'p95<', 'p95=3', 'p96<3', 'constructor<3', 'p95<-1', 'p95<3ms', '<3', 'p95<1e3'])('is not %j', (text) => {
    expect(() => parseRequirement(text)).toThrow(/^--require ".*" is not understood; write FIGURE<LIMIT .*median, p90, p95/);
  });

  it('names a series that there is', () => {
    const requirements = ['p95<250', 'GET /data p95<250'].map(parseRequirement);
    expect(() => checkRequirements(requirements, ['POST /data', 'GET /ota'])).toThrow(
      '--require "GET /data p95<250": the scenario has no requests "GET /data"; there are POST /data, GET /ota',
    );
    expect(() => checkRequirements(requirements, ['GET /data'])).not.toThrow();
  });

  it('is held against the steady phase, of all requests or of one series', () => {
    const { p95, requests, failures } = steady.total;
    const data = steady.series.find(({ name }) => name === '/data');
    expect([data?.method, data?.requests, p95, failures].every(Boolean)).toBe(true);
    expect(unmet(`p95<=${p95}`, `failures<=${(failures / requests) * 100 + 0.01}`, 'rps>0.1')).toEqual([]);
    expect(unmet(`p95<${p95}`)).toEqual([`p95<${p95} is not met: it was ${Number(p95?.toPrecision(4))} ms`]);
    expect(unmet(`POST /data max<${data?.max}`, `POST /data max>=${data?.max}`)).toEqual([
      `POST /data max<${data?.max} is not met: it was ${Number(data?.max?.toPrecision(4))} ms`,
    ]);
    expect(unmet('failures<1', 'failures>1')).toEqual([
      `failures<1 is not met: it was ${Number(((failures / requests) * 100).toPrecision(4))} %`,
    ]);
  });

  it('blames no backend without a word on what the generator could not do', () => {
    const limited = buildReport(makeRun({ durationSeconds: 60, invalidSeconds: [20, 21] }).data);
    expect(unmetRequirements([parseRequirement('max<=0')], limited)).toEqual([
      expect.stringMatching(/^max<=0 is not met: it was [\d.]+ ms; in 2 seconds of the run the generator was the limit$/),
    ]);
  });

  it('is not met by a run without requests', () => {
    expect(unmet('GET /never p95<250', 'GET /never failures<=100', 'GET /never rps<1')).toEqual([
      'GET /never p95<250 is not met: there was no request',
      'GET /never failures<=100 is not met: there was no request',
      'GET /never rps<1 is not met: there was no request',
    ]);
  });
});
