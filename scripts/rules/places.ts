import { type Invariant, type StructureDefinition, structureOf } from '../../src/fhir/definitions.js';
import { types } from '../../src/fhir/generated/types.js';

/** An invariant of R4, and the types and paths that have it. */
export interface PlacedInvariant {
  readonly invariant: Invariant;
  readonly where: readonly string[];
}

/** Every invariant of R4's tables with where it stands, in the order of the tables; what a type inherits stands at its base. */
export function placedInvariants(): readonly PlacedInvariant[] {
  const places = new Map<Invariant, string[]>();
  const put = (invariants: readonly Invariant[], path: string): void => {
    for (const invariant of invariants) {
      const before = places.get(invariant);
      if (before === undefined) places.set(invariant, [path]);
      else if (!before.includes(path)) before.push(path);
    }
  };
  for (const name of Object.keys(types)) {
    const structure = structureOf(name);
    if (structure === undefined) throw new Error(`the tables of R4 have no ${name}`);
    const inherited = new Set(structureOf(baseOf(name))?.invariants);
    put(
      structure.invariants.filter((invariant) => !inherited.has(invariant)),
      name,
    );
    putElements(structure, put, new Set());
  }
  return [...places].map(([invariant, where]) => ({ invariant, where }));
}

function baseOf(name: string): string {
  const { base = '' }: { base?: string } = JSON.parse(types[name] ?? '{}');
  return base;
}

type Put = (invariants: readonly Invariant[], path: string) => void;

function putElements(structure: StructureDefinition, put: Put, seen: Set<StructureDefinition>): void {
  if (seen.has(structure)) return;
  seen.add(structure);
  for (const { name, invariants, content } of structure.elements.values()) {
    put(invariants, `${structure.path}.${name}`);
    if (content !== undefined) putElements(content(), put, seen);
  }
}
