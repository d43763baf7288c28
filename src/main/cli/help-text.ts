/** What `--help` says after the options. */
export const PROGRAM_HELP = `
Examples:
  nodeswarm demo-backend                        a backend to try things out, at http://127.0.0.1:8090
  nodeswarm run iot-backend                     the tutorial scenario against it
  nodeswarm run fleet.nodeswarm.json -u 1000 -r 50 -t 10m --html report.html
  nodeswarm serve                               the app, in a browser
  nodeswarm history                             all runs, with their ids
  nodeswarm compare 11 last                     is the newest run worse than run 11?

Exit codes: 0 fine, 1 requests failed, exceptions occurred or a run is worse than another, 2 wrong
usage or scenario, 3 could not be carried out, 130 interrupted.`;

export const RUN_HELP = `
SCENARIO is a file, or the name of a sample that comes with Nodeswarm (iot-backend).
TIME is 30s, 5m, 1h, 1h30m or plain seconds (90).
STAGES is a list of NODES:RAMP:HOLD: how many nodes, the time to get there, the time to stay.

CONDITION is FIGURE<LIMIT (or <=, >, >=), for one series with its method and name before it; FIGURE is
median, p90, p95, p99, p999, average or max (ms), failures (percent of requests) or rps. Conditions
are checked against the steady phase. If there is one, failed requests alone do not lead to exit code 1.

Ctrl-C stops gracefully: the run waits for requests in flight and still writes everything. A second
Ctrl-C stops at once.

A host that is neither this machine nor in a private network is tested only after you confirm it: on a
terminal you are asked once, elsewhere use --yes-i-may-test HOST.

Examples:
  nodeswarm run iot-backend -u 200 -r 10 -t 5m
  nodeswarm run fleet.nodeswarm.json --stages "50:30s:1m,100:10s:5m" --csv results/fleet
  nodeswarm run fleet.nodeswarm.json -H http://10.0.0.5:8080 --json - --no-history > run.json
  nodeswarm run fleet.nodeswarm.json --require "p95<250" --require "POST /data failures<=0.5"

Exit codes: 0 fine, 1 requests failed, exceptions occurred, a shard was lost or a condition is not met
(--exit-code-on-failure changes it), 2 wrong usage or scenario, 3 the run could not be carried out,
130 interrupted.`;

export const COMPARE_HELP = `
baseline stands for the run that was made the baseline of B's scenario, in the app or with
"nodeswarm baseline RUN". A run needs about 100 steady seconds to be compared.

Examples:
  nodeswarm compare 11 last
  nodeswarm compare baseline last --json

Exit codes: 0 no regression, 1 a regression (--exit-code-on-regression changes it), 2 wrong usage,
3 nothing could be judged: too few seconds or requests.`;

export const DEMO_HELP = `
Routes: GET /greet/{id}, POST /data, POST /health, GET /ota/{id}, GET /firmware?size=BYTES,
POST /login, and GET /stats with counts.

Examples:
  nodeswarm demo-backend --latency lognormal:20:200 --errors 1
  nodeswarm demo-backend --capacity 50          a queue: watch it saturate above 50 requests/s`;

export const SERVE_HELP = `
Prints a link that contains a key: anyone who has the link can use the app. Only this machine can reach
the server, unless --host names another address and --allow-remote is given.

Examples:
  nodeswarm serve
  nodeswarm serve fleet.nodeswarm.json --port 0
  nodeswarm serve --host 0.0.0.0 --allow-remote`;
