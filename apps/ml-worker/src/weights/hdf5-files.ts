import type { Dataset, File, Group } from 'h5wasm';

export interface Hdf5Dataset {
  /** Groups and name, `/` between. */
  readonly path: string;
  readonly shape: readonly number[];
  /** As `struct` of Python writes it: `<f` is little-endian f32, `d` f64, `e` f16. */
  readonly type: string;
  /** undefined if it does not hold f32 or f64. Converts f64 to f32. */
  read(): Float32Array | undefined;
}

/** Attribute that marks a file's weights as synthetic. */
const syntheticAttribute = 'clarity_synthetic';

export interface Hdf5Content {
  readonly datasets: readonly Hdf5Dataset[];
  readonly saysSynthetic: boolean;
}

/**
 * Opens HDF5 bytes, hands their datasets to `use`, and closes them.
 * @returns undefined if the bytes are not a whole HDF5 file
 */
export async function withHdf5<T>(
  bytes: Uint8Array,
  use: (content: Hdf5Content) => T,
): Promise<T | undefined> {
  const { hdf5, files } = await loadHdf5();
  const name = 'read.h5';
  files.writeFile(name, bytes);
  let file: File | undefined;
  try {
    file = opened(() => new hdf5.File(name, 'r'));
    if (file === undefined) return undefined;
    return use({
      datasets: datasetsOf(file, ''),
      saysSynthetic: Number(file.attrs[syntheticAttribute]?.value ?? 0) === 1,
    });
  } finally {
    file?.close();
    files.unlink(name);
  }
}

export interface NewDataset {
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** @returns the bytes of an HDF5 file with these datasets, marked as synthetic; always the same bytes */
export async function syntheticHdf5(datasets: readonly NewDataset[]): Promise<Uint8Array> {
  const { hdf5, files } = await loadHdf5();
  const name = 'write.h5';
  atEpoch(() => {
    const file = new hdf5.File(name, 'w');
    file.create_attribute(syntheticAttribute, Int32Array.of(1));
    for (const dataset of datasets) addDataset(file, dataset);
    file.close();
  });
  const bytes = files.readFile(name);
  files.unlink(name);
  return bytes;
}

function addDataset(file: File, { path, shape, data }: NewDataset): void {
  const groups = path.split('/');
  const name = groups.pop() ?? path;
  const group = groups.reduce<Group>((parent, child) => {
    const found = parent.keys().includes(child) ? parent.get(child) : null;
    return isGroup(found) ? found : parent.create_group(child);
  }, file);
  group.create_dataset({ name, data, shape: [...shape], dtype: '<f' });
}

/**
 * HDF5 stamps every object with the time and has no setting here to leave that out; the clock of its
 * WebAssembly is Date.now. `write` is synchronous, so nothing else sees the stopped clock.
 */
function atEpoch(write: () => void): void {
  const { now } = Date;
  Date.now = () => 0;
  try {
    write();
  } finally {
    Date.now = now;
  }
}

/** Loaded on first use: it is WebAssembly, and the queue worker never needs it. */
async function loadHdf5() {
  const { default: hdf5 } = await import('h5wasm');
  const { FS: files, ...module } = await hdf5.ready;
  module.activate_throwing_error_handler();
  return { hdf5, files };
}

function opened(open: () => File): File | undefined {
  try {
    const file = open();
    return file.file_id < 0n ? undefined : file;
  } catch {
    return undefined;
  }
}

/** Weight files nest four deep; groups may link to themselves. */
const deepest = 8;

function datasetsOf(group: Group, prefix: string, depth = 0): Hdf5Dataset[] {
  return group.keys().flatMap((key) => {
    const entity = group.get(key);
    const path = `${prefix}${key}`;
    if (isGroup(entity)) return depth < deepest ? datasetsOf(entity, `${path}/`, depth + 1) : [];
    if (!isDataset(entity)) return [];
    const type = typeof entity.dtype === 'string' ? entity.dtype : 'compound';
    return [{ path, shape: entity.shape ?? [], type, read: () => floatsOf(entity) }];
  });
}

function floatsOf(dataset: Dataset): Float32Array | undefined {
  const { value } = dataset;
  if (value instanceof Float32Array) return value.slice();
  return value instanceof Float64Array ? Float32Array.from(value) : undefined;
}

function isGroup(entity: unknown): entity is Group {
  return (entity as { type?: string } | null)?.type === 'Group';
}

function isDataset(entity: unknown): entity is Dataset {
  return (entity as { type?: string } | null)?.type === 'Dataset';
}
