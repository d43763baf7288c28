import { describe, expect, test } from 'vitest';
import { autocannonRate } from './autocannon';
import { heyRate } from './hey';
import { k6Requests } from './k6';
import { locustRate } from './locust';
import { wrkRate } from './wrk';

const WRK = `Running 2s test @ http://127.0.0.1:8090/data
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     3.28ms    4.10ms  61.38ms   88.84%
    Req/Sec    19.04k     4.21k   25.40k    65.00%
  37965 requests in 2.00s, 5.83MB read
Requests/sec:  18936.42
Transfer/sec:      2.91MB
`;

const HEY = `
Summary:
  Total:	2.0051 secs
  Slowest:	0.0402 secs
  Requests/sec:	9564.1820

Response time histogram:
  0.000 [1]	|

Status code distribution:
  [200]	19177 responses
`;

/** Two tasks whose seconds overlap; the first and the last second are not full. */
const LOCUST = [
  {
    num_requests: 2310,
    num_failures: 0,
    num_reqs_per_sec: { '1795691024': 310, '1795691025': 1000, '1795691026': 900, '1795691027': 100 },
  },
  { num_requests: 230, num_failures: 0, num_reqs_per_sec: { '1795691025': 100, '1795691026': 110, '1795691027': 20 } },
];

describe('what peers print', () => {
  test('wrk', () => {
    expect(wrkRate(WRK)).toBe(18936.42);
  });

  test('wrk with failures', () => {
    expect(() => wrkRate(`${WRK}  Non-2xx or 3xx responses: 12\n`)).toThrow('Non-2xx or 3xx responses: 12');
    expect(() =>
      wrkRate(WRK.replace('Requests/sec', '  Socket errors: connect 0, read 3, write 0, timeout 0\nRequests/sec')),
    ).toThrow('read 3');
  });

  test('hey', () => {
    expect(heyRate(HEY)).toBe(9564.182);
  });

  test('hey with failures', () => {
    const errors = '\nError distribution:\n  [20]	Post "http://127.0.0.1:1/": connection refused\n';
    expect(() => heyRate(HEY + errors)).toThrow('connection refused');
  });

  test('autocannon', () => {
    expect(autocannonRate(JSON.stringify({ requests: { average: 9900.5 }, errors: 0, non2xx: 0 }))).toBe(9900.5);
    expect(() => autocannonRate(JSON.stringify({ requests: { average: 9900.5 }, errors: 1, non2xx: 2 }))).toThrow(
      '1 errors, 2 other than 2xx',
    );
  });

  test('Locust: the median of full seconds over all names', () => {
    expect(locustRate(`${JSON.stringify(LOCUST, null, 4)}\n`)).toBe((1100 + 1010) / 2);
  });

  test('Locust with workers, which print an empty list each', () => {
    expect(locustRate(`[]\n[]\n${JSON.stringify(LOCUST, null, 4)}\n`)).toBe(1055);
    expect(locustRate(`${JSON.stringify(LOCUST, null, 4)}\n[]\n`)).toBe(1055);
  });

  test('Locust that failed or did nothing', () => {
    expect(() => locustRate(JSON.stringify([{ ...LOCUST[0], num_failures: 7 }]))).toThrow('failures (7)');
    expect(() => locustRate('[]\n')).toThrow('no full second among 0');
  });

  test('k6', () => {
    const metrics = { http_reqs: { values: { count: 1000, rate: 499.5 } }, http_req_failed: { values: { rate: 0 } } };
    expect(k6Requests(JSON.stringify(metrics))).toEqual({ count: 1000, rate: 499.5 });
    expect(() => k6Requests(JSON.stringify({ ...metrics, http_req_failed: { values: { rate: 0.25 } } }))).toThrow('25 %');
    expect(() => k6Requests('{}')).toThrow('no request');
  });

  test('nonsense is an error that shows it', () => {
    expect(() => wrkRate('Segmentation fault')).toThrow('Segmentation fault');
    expect(() => heyRate('')).toThrow('no figure');
  });
});
