import type { FleetComposition } from '../../../shared/scenario/fleet';

/** The nodes that draw from one CSV file, in the order of the fleet. */
export interface CsvPlaces {
  /** How many nodes before this one draw from the file: the first that does has place 0. */
  placeOf(node: number): number;
  /** Nodes of the planned fleet that draw from the file. */
  readonly nodes: number;
}

/**
 * Counts nodes for each CSV file among the node types that draw from it: a file for one of several types is used row by row, and types
 * that share a file never get the same row. It depends on the fleet only, so every shard counts alike.
 */
export class CsvSharing {
  private readonly files = new Map<string, SharedFile>();

  /** `fleetSize`: nodes that the run plans to have at most. */
  constructor(
    private readonly composition: FleetComposition,
    private readonly fleetSize: number,
  ) {}

  /** Notes that a node type (its index) draws from the file. What is returned counts when all types have been noted. */
  placesFor(file: string, nodeType: number): CsvPlaces {
    let shared = this.files.get(file);
    if (!shared) {
      shared = new SharedFile(this.composition, this.fleetSize);
      this.files.set(file, shared);
    }
    shared.nodeTypes.add(nodeType);
    return shared;
  }
}

class SharedFile implements CsvPlaces {
  readonly nodeTypes = new Set<number>();
  /** places[i]: how many of the nodes before i draw from the file. */
  private readonly places = [0];

  constructor(
    private readonly composition: FleetComposition,
    private readonly fleetSize: number,
  ) {}

  get nodes(): number {
    return this.placeOf(this.fleetSize);
  }

  placeOf(node: number): number {
    const { places } = this;
    for (let last = places.length - 1; last < node; last++) {
      const draws = this.nodeTypes.has(this.composition.typeOf(last));
      places.push((places[last] as number) + (draws ? 1 : 0));
    }
    return places[node] as number;
  }
}
