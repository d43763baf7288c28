import { describe, expect, it } from 'vitest';
import { CsvSharing } from '../../../../src/main/swarm/template/csv-places';
import { FleetComposition } from '../../../../src/shared/scenario/fleet';
import { programOf, tableOf } from './program-fixture';

const FLEET = 12;
const composition = () => new FleetComposition([{ weight: 1 }, { weight: 2 }, { weight: 1, fixedCount: 3 }]);

/** What all nodes of the given types draw, each `count` times, with the file of `rows` rows shared among them. */
function drawn(nodeTypes: number[], rows: number, pick: string, count = 1): string[] {
  const fleet = composition();
  const sharing = new CsvSharing(fleet, FLEET);
  const programs = nodeTypes.map((nodeType) => {
    const csvPlaces = (file: string) => sharing.placesFor(file, nodeType);
    const program = programOf({}, { csv: { 'd.csv': tableOf(rows) }, fleetSize: FLEET, csvPlaces });
    return { program, template: program.compile(`{{csvColumn("d.csv", "id", "${pick}", "fail")}}`, 'text') };
  });
  const values: string[] = [];
  for (let node = 0; node < FLEET; node++) {
    const { program, template } = programs[nodeTypes.indexOf(fleet.typeOf(node))] ?? {};
    if (!program || !template) continue;
    const scope = program.createScope(node);
    for (let draw = 0; draw < count; draw++) values.push(template.render(scope));
  }
  return values;
}

describe('rows of a CSV file among node types', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, row) => `id-${row}`);

  it.each([0, 1, 2])('gives the nodes of type %i alone each row once, without a gap', (nodeType) => {
    const nodes = composition().countsAt(FLEET)[nodeType] ?? 0;
    expect(nodes).toBeGreaterThan(1);
    expect(drawn([nodeType], nodes, 'per-node')).toEqual(ids(nodes));
  });

  it('never gives two types that share the file the same row', () => {
    const [a = 0, , c = 0] = composition().countsAt(FLEET);
    expect(drawn([0, 2], a + c, 'per-node')).toEqual(ids(a + c));
  });

  it('goes round-robin through the file with the nodes that draw from it', () => {
    const [, b = 0] = composition().countsAt(FLEET);
    const values = drawn([1], 3 * b, 'round-robin', 3);
    expect([...values].sort()).toEqual(ids(3 * b).sort());
    expect(values.slice(0, 3)).toEqual(['id-0', `id-${b}`, `id-${2 * b}`]);
  });

  it('counts on for nodes that a live edit adds', () => {
    const fleet = composition();
    const places = new CsvSharing(fleet, FLEET).placesFor('d.csv', 1);
    const [, b = 0] = fleet.countsAt(40);
    expect(places.nodes).toBe(composition().countsAt(FLEET)[1]);
    expect(places.placeOf(40)).toBe(b);
  });
});
