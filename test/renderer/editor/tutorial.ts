import file from '../../../resources/scenarios/iot-backend.nodeswarm.json';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';

/** The tutorial's scenario as a fresh document. */
export function tutorial(): ScenarioDocument {
  return structuredClone(file) as ScenarioDocument;
}
