/** What is known of a lens before it is made. */
interface Named {
  readonly resourceType: string;
  readonly path: string;
}

/** What else a lens has. */
const OTHERS = [
  'fields',
  'schema',
  'toFhir',
  'fromFhir',
  'update',
  'diff',
  'safeToFhir',
  'safeFromFhir',
  'safeUpdate',
  'safeDiff',
  'validatePayload',
  'normalize',
];

/** A lens that is made when more than its names is asked for: most processes need one or two of five. */
export function lazyLens<Lens extends Named>(
  resourceType: Lens['resourceType'],
  path: Lens['path'],
  make: () => Lens,
): Lens {
  const isSeen = { enumerable: true, configurable: true };
  const lens: Lens = Object.create(Object.prototype, {
    resourceType: { value: resourceType, writable: true, ...isSeen },
    path: { value: path, writable: true, ...isSeen },
  });
  const get = (name: string) => (): unknown => {
    for (const [key, value] of Object.entries(make()))
      Object.defineProperty(lens, key, { value, writable: true, ...isSeen });
    return Reflect.get(lens, name);
  };
  for (const name of OTHERS) Object.defineProperty(lens, name, { get: get(name), ...isSeen });
  return lens;
}
