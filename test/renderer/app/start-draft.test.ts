import { expect, it } from 'vitest';
import { draftOf, overridesOf, startProblems } from '../../../src/renderer/app/start-draft';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { sampleDocument } from './sample-document';

const parsed = parseScenario(sampleDocument());
const scenario = parsed.ok ? parsed.scenario : null;

it('overrides nothing that is as in the scenario', () => {
  const draft = draftOf(scenario);
  expect(draft).toMatchObject({ nodes: 10, spawnRate: 2, durationSeconds: 30, host: 'http://127.0.0.1:8090' });
  expect(overridesOf(draft, scenario)).toEqual({});
  expect(startProblems(draft)).toEqual({});
});

it('passes on what differs', () => {
  const draft = { ...draftOf(scenario), nodes: 20, name: '  Night ', seed: 0, shards: 2, durationSeconds: 45 };
  expect(overridesOf(draft, scenario)).toEqual({ nodes: 20, name: 'Night', seed: 0, shards: 2, durationSeconds: 45 });
});

it('runs until stopped without a duration, and as the scenario says without anything else', () => {
  const draft = { ...draftOf(scenario), nodes: null, spawnRate: null, durationSeconds: null };
  expect(startProblems(draft)).toEqual({});
  expect(overridesOf(draft, scenario)).toEqual({ durationSeconds: null });
});

it('names what is wrong by field', () => {
  const draft = { nodes: 1.5, spawnRate: 0, host: 'ftp://x', durationSeconds: -1, name: '', shards: 257, seed: -1 };
  expect(Object.keys(startProblems(draft)).sort()).toEqual(['durationSeconds', 'host', 'nodes', 'seed', 'shards', 'spawnRate']);
});
