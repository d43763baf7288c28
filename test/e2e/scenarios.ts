import { expect, type Page } from '@playwright/test';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';

export interface TutorialOptions {
  baseUrl: string;
  name?: string;
  nodes?: number;
  /** Nodes a second. */
  spawnRate?: number;
  durationSeconds?: number;
  /** Between two tasks of a node. */
  paceSeconds?: number;
}

/** The tutorial: greet at the start, then mostly data, sometimes health, sometimes a question for an update. Ten nodes that are quick. */
export function tutorialScenario(options: TutorialOptions): ScenarioDocument {
  const { baseUrl, name = 'IoT backend', nodes = 10, spawnRate = 10, durationSeconds, paceSeconds = 0.2 } = options;
  return {
    nodeswarm: 1,
    name,
    target: { baseUrl },
    load: { nodes, spawnRate, ...(durationSeconds === undefined ? {} : { durationSeconds }) },
    nodeTypes: [
      {
        name: 'IoTNode',
        variables: [{ name: 'iot_id', generator: { kind: 'randomInteger', min: 1, max: 500 }, refresh: 'node' }],
        wait: { kind: 'pacing', seconds: paceSeconds },
        onStart: [{ request: { method: 'GET', path: '/greet/{{iot_id}}', name: '/greet' } }],
        tasks: [
          {
            name: 'send_data',
            weight: 10,
            steps: [
              {
                request: {
                  method: 'POST',
                  path: '/data',
                  body: {
                    kind: 'json',
                    text: '{"temperature": {{randomInteger(1, 100)}}, "humidity": {{randomNumber(0, 100)}}}',
                  },
                },
              },
            ],
          },
          {
            name: 'send_health',
            weight: 1,
            steps: [
              {
                request: {
                  method: 'POST',
                  path: '/health',
                  body: {
                    kind: 'json',
                    text: '{"vbat": {{randomNumber(0, 5)}}, "available_memory": {{randomInteger(1, 1024)}}, "n_failed_req": {{randomInteger(1, 10)}}}',
                  },
                },
              },
            ],
          },
          {
            name: 'check_for_ota',
            weight: 1,
            steps: [{ request: { method: 'GET', path: '/ota/{{iot_id}}', name: '/ota' } }],
          },
        ],
      },
    ],
  };
}

/** Opens a text as a file, by the button of the welcome view. */
export async function openFile(page: Page, text: string, name = 'scenario.nodeswarm.json'): Promise<void> {
  await page.getByRole('link', { name: 'Welcome' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open…' }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

export async function openScenario(page: Page, document: ScenarioDocument): Promise<void> {
  await openFile(page, JSON.stringify(document, null, 2));
  await page.getByRole('tree', { name: 'Outline of the scenario' }).waitFor();
}

/** Nothing is wrong in the scenario that is open, and nothing is missing in it. */
export async function expectNoProblems(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /problem|missing/ })).toHaveCount(0);
}

/** Starts the scenario that is open; the run view shows by itself. */
export async function startRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start run', exact: true }).click();
  await page.getByRole('tablist', { name: 'Parts of the run' }).waitFor();
}

/** Stops the run that is on and waits for its end. */
export async function stopRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Start run', exact: true }).waitFor();
}
