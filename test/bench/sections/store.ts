import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { AppServer } from '../../e2e/app-server';
import { launchChromium } from '../../support/chromium';
import { judge } from '../goals';
import { storeLongRun } from '../measure/long-runs';
import { alternate, type Rounds, spreadOf } from '../measure/rounds';
import { timeToCharts, timeToCompare, timeToOpen } from '../measure/time-to-show';
import { spreadText } from '../report/figure-text';
import type { Bench, Section } from './section';

const SERIES = 20;
const REQUESTS_PER_SERIES = 500;
/** Of the long runs: making them takes its time, and what is read of them to open them hangs on it only a little. */
const LONG_REQUESTS_PER_SERIES = 20;
const HOUR_SECONDS = 3600;
const SHORT = '1 h';
/** What the goal for a long run is about. */
const GOAL_HOURS = 24;

interface StoredPair {
  name: string;
  seconds: number;
  a: number;
  b: number;
}

export const store: Section = {
  id: 'store',
  title: 'History: storing, opening and comparing runs',
  usesPeers: false,
  async measure(bench) {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-bench-store-'));
    try {
      const inserted = await measureStoring(bench, folder);
      const app = new AppServer(folder);
      const pairs = await storePairs(bench, app.databaseFile);
      const inStore = await measureInStore(bench, app.databaseFile, pairs);
      const inApp = await measureInApp(bench, app, pairs);
      const seconds = (figures: Map<string, Rounds>, name: string) => spreadText(spreadOf(figures.get(name) ?? []), 's');
      const rows = pairs.flatMap(({ name }) =>
        [opening(name), drawing(name), comparing(name), comparingParts(name)].map((what) => [
          what,
          seconds(inStore, what),
          seconds(inApp, what),
        ]),
      );
      return {
        method: [
          `Made-up runs of ${SERIES} series with ${REQUESTS_PER_SERIES} requests a series and second (lognormal latencies; ${LONG_REQUESTS_PER_SERIES} in the long runs). Storing: a run of 1 h, second by second, in one process; each round in a database of its own.`,
          'Opening and comparing: what the store takes for what the view needs, and what a user waits in the app (built, in Chromium) from the click until the view is painted. A part is all of a run but a minute at either end; it is compared once.',
        ],
        tables: [
          {
            title: 'Storing',
            columns: ['what', 'figure'],
            rows: [
              ['seconds stored a second', spreadText(spreadOf(inserted.secondsPerSecond))],
              [
                'series-seconds stored a second',
                spreadText(spreadOf(inserted.secondsPerSecond.map((rate) => rate && rate * SERIES))),
              ],
              ['size of a series-second on disk', spreadText(spreadOf(inserted.bytesPerSeriesSecond), 'bytes')],
            ],
          },
          { title: 'Opening and comparing', columns: ['what', 'the store', 'in the app'], rows },
        ],
        goals: [
          judge('openHour', spreadOf(inApp.get(opening(SHORT)) ?? [])),
          judge('openDay', spreadOf(inApp.get(opening(`${GOAL_HOURS} h`)) ?? [])),
        ],
        remarks: [
          'A run keeps its sums, and each second its chart points and its column of the heat map, so neither opening nor its charts read a histogram: that takes the place of roll-ups. Opening shows figures and statistics; charts come with their tab.',
          'What a run has to say in a comparison is worked out as it ends and kept. Of a part of a run it is worked out each time: up to 2 h from every histogram of its seconds, of a longer part from its minutes, which are summed up while the run is stored. The first comparison of a run that was interrupted costs what its part costs.',
        ],
        rounds: { ...inserted, ...Object.fromEntries(inApp) },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function opening(name: string): string {
  return `open a run of ${name}`;
}

function drawing(name: string): string {
  return `its charts with the heat map, ${name}`;
}

function comparing(name: string): string {
  return `compare two runs of ${name}`;
}

function comparingParts(name: string): string {
  return `compare a part of each, nearly ${name}`;
}

async function measureStoring({ rounds, say }: Bench, folder: string) {
  const secondsPerSecond: Rounds = [];
  const bytesPerSeriesSecond: Rounds = [];
  const size = { seconds: HOUR_SECONDS, series: SERIES, requestsPerSeries: REQUESTS_PER_SERIES };
  for (let round = 1; round <= rounds; round++) {
    const file = join(folder, `storing-${round}.db`);
    const database = SqliteStore.open(file);
    const begin = performance.now();
    await storeLongRun(database, 'an hour', size);
    const tookSeconds = (performance.now() - begin) / 1000;
    await database.close();
    secondsPerSecond.push(HOUR_SECONDS / tookSeconds);
    bytesPerSeriesSecond.push(statSync(file).size / HOUR_SECONDS / SERIES);
    rmSync(file);
    say(`round ${round}: an hour stored in ${tookSeconds.toFixed(1)} s`);
  }
  return { secondsPerSecond, bytesPerSeriesSecond };
}

/** Two runs of each length. */
async function storePairs({ say, storeHours }: Bench, file: string): Promise<StoredPair[]> {
  const database = SqliteStore.open(file);
  const pairs: StoredPair[] = [];
  for (const hours of [1, storeHours]) {
    const [name, seconds] = [`${hours} h`, hours * HOUR_SECONDS];
    say(`storing two runs of ${name}…`);
    const size = { seconds, series: SERIES, requestsPerSeries: hours === 1 ? REQUESTS_PER_SERIES : LONG_REQUESTS_PER_SERIES };
    pairs.push({
      name,
      seconds,
      a: await storeLongRun(database, name, size),
      b: await storeLongRun(database, `another ${name}`, size),
    });
  }
  await database.close();
  return pairs;
}

/** Times of the store alone, s. */
async function measureInStore(bench: Bench, file: string, pairs: readonly StoredPair[]): Promise<Map<string, Rounds>> {
  const database = SqliteStore.open(file);
  const timed = async (work: () => Promise<unknown>) => {
    const begin = performance.now();
    await work();
    return (performance.now() - begin) / 1000;
  };
  const open = async (id: number) => {
    await database.readRun(id);
    await database.readChart(id, null);
    await database.readHeat(id, null);
  };
  try {
    return await inTurn(
      bench,
      pairs,
      {
        open: ({ a }) => timed(() => open(a)),
        compare: ({ a, b }) => timed(() => database.compareRuns({ runId: a }, { runId: b })),
        compareParts: ({ a, b, seconds }) => {
          const range = { from: 60, to: seconds - 60 };
          return timed(() => database.compareRuns({ runId: a, range }, { runId: b, range }));
        },
      },
      'in the store',
    );
  } finally {
    await database.close();
  }
}

/** Times in the app, s. */
async function measureInApp(bench: Bench, app: AppServer, pairs: readonly StoredPair[]): Promise<Map<string, Rounds>> {
  await app.start();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(app.link);
    await page.getByRole('button', { name: 'New scenario' }).waitFor();
    return await inTurn(
      bench,
      pairs,
      {
        open: async ({ a }) => (await timeToOpen(page, a)) / 1000,
        compare: async ({ a, b }) => (await timeToCompare(page, a, b)) / 1000,
        charts: async ({ a }) => (await timeToCharts(page, a)) / 1000,
      },
      'in the app',
    );
  } finally {
    await browser.close();
    await app.stop();
  }
}

interface Times {
  /** s */
  open(pair: StoredPair): Promise<number>;
  compare(pair: StoredPair): Promise<number>;
  /** Only where there is a view. */
  charts?(pair: StoredPair): Promise<number>;
  /** Only in the store: in the app it takes the same and what a comparison takes. */
  compareParts?(pair: StoredPair): Promise<number>;
}

/** Opens all, draws their charts and compares them in turn; then compares parts of them once, because that takes its time. */
async function inTurn(
  { rounds, say }: Bench,
  pairs: readonly StoredPair[],
  times: Times,
  where: string,
): Promise<Map<string, Rounds>> {
  const telling = {
    measured: (round: number, name: string, figure: number) => say(`round ${round + 1}: ${name} ${where} ${figure.toFixed(2)} s`),
    failed: (name: string, why: string) => {
      throw new Error(`${name} ${where}: ${why}`);
    },
  };
  const toOpen = pairs.map((pair) => ({ name: opening(pair.name), measure: () => times.open(pair) }));
  const toCompare = pairs.map((pair) => ({ name: comparing(pair.name), measure: () => times.compare(pair) }));
  const { charts, compareParts } = times;
  const toDraw = charts ? pairs.map((pair) => ({ name: drawing(pair.name), measure: () => charts(pair) })) : [];
  const ofParts = compareParts
    ? pairs.map((pair) => ({ name: comparingParts(pair.name), measure: () => compareParts(pair) }))
    : [];
  const figures = await alternate([...toOpen, ...toDraw, ...toCompare], rounds, telling);
  return new Map([...figures, ...(await alternate(ofParts, 1, telling))]);
}
