import type { ScenarioDocument } from '../../shared/scenario/schema';

type Change = (document: ScenarioDocument) => ScenarioDocument;

/** null: left out of the document. */
export function changeNodes(nodes: number | null): Change {
  return (document) => ({ ...document, load: { ...document.load, nodes: nodes ?? undefined } });
}

/** Nodes a second; null: left out of the document. */
export function changeSpawnRate(spawnRate: number | null): Change {
  return (document) => ({ ...document, load: { ...document.load, spawnRate: spawnRate ?? undefined } });
}

export function changeBaseUrl(baseUrl: string): Change {
  return (document) => ({ ...document, target: { ...document.target, baseUrl } });
}
