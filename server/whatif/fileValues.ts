/**
 * Numbers in data files and in modules of a package, with names that outlast edits around them: `data/chips.yaml: h100.peak`,
 * `data/plants.csv: line 3, capacity`, `book/plant.py: Pump.FLOW`; of other files, by line and column.
 */
import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { csvRowAt, parseProgram, type Statement } from '../../mlsys';
import { LineIndex, type Position } from '../chapter/lines';
import type { OffsetRange } from '../chapter/model';
import { type ModuleValue, moduleValues } from './moduleValues';

/** The data files that a chapter reads, and the modules that it imports. */
export interface FileTexts {
  /** Their paths. */
  readonly paths: Iterable<string>;
  /** What a file holds, as cells read it; undefined where it cannot be read. */
  textOf(path: string): string | undefined;
  uriOf(path: string): string;
  /** A path as the chapter would name it. */
  nameOf(path: string): string;
}

/** Of a text that is no chapter of a project. */
export const NO_FILES: FileTexts = { paths: [], textOf: () => undefined, uriOf: path => path, nameOf: path => path };

/** A number in a data file or a module. */
export interface FileValue {
  readonly name: string;
  readonly path: string;
  /** Of the number itself, within quotes where it has some. */
  readonly range: OffsetRange;
  /** The name that code gives it. */
  readonly owner: OffsetRange | undefined;
  readonly number: number;
  readonly isInteger: boolean;
  /** How it stands in code; undefined in a data file, which holds no expressions. */
  readonly code: Pick<ModuleValue, 'quotes' | 'isGiven'> | undefined;
}

/**
 * The number at a position of a file, or the one of the assignment whose name stands there; undefined where none is written
 * there.
 */
export function fileValueAt(path: string, position: Position, texts: FileTexts): FileValue | undefined {
  const text = texts.textOf(path);
  if (text === undefined) return undefined;
  const offset = LineIndex.of(text).offsetAt(position);
  const values = valuesIn(path, text);
  const isAt = ({ start, end }: OffsetRange) => start - 1 <= offset && offset <= end;
  const named = values.filter(({ owner }) => owner !== undefined && owner.start <= offset && offset <= owner.end);
  const found = values.find(({ range }) => isAt(range)) ?? (named.length === 1 ? named[0] : undefined);
  return found?.of(path, texts);
}

/** All that stands under the key at a position of a YAML or JSON file, or the item there; undefined in other files. */
export function entryAt(
  path: string,
  position: Position,
  text: string,
): { label: string; range: OffsetRange } | undefined {
  if (!TREE.test(path)) return undefined;
  const offset = LineIndex.of(text).offsetAt(position);
  const document = parsed(text);
  const encloses = (node: unknown): node is { readonly range: readonly [number, number, number] } =>
    isNode(node) && node.range != null && node.range[0] <= offset && offset <= node.range[1];
  const look = (node: unknown, label: string): { label: string; range: OffsetRange } | undefined => {
    const items = isMap(node)
      ? node.items.map(({ key, value }) => {
          const name = step(isScalar(key) ? String(key.value) : '?', label);
          return { key, value, label: label + name };
        })
      : isSeq(node)
        ? node.items.map((value, at) => ({ key: undefined, value, label: `${label}[${at}]` }))
        : [];
    for (const { key, value, label: own } of items) {
      const inner = encloses(value) ? look(value, own) : undefined;
      if (inner !== undefined) return inner;
      if ((encloses(key) || (encloses(value) && isScalar(value))) && isNode(value) && value.range)
        return { label: own, range: { start: value.range[0], end: value.range[1] } };
    }
    return undefined;
  };
  return look(document.contents, '');
}

/** The assignment of a module whose name stands at a position: of one that is computed. */
export function assignedAt(
  path: string,
  position: Position,
  text: string,
): { label: string; range: OffsetRange } | undefined {
  if (!path.endsWith('.py')) return undefined;
  const offset = LineIndex.of(text).offsetAt(position);
  const look = (body: readonly Statement[], around: string): { label: string; range: OffsetRange } | undefined => {
    for (const { start, end, ...one } of body) {
      if (offset < start || end < offset) continue;
      if (one.kind === 'ClassDef') return look(one.body, `${around}${one.name.name}.`);
      const targets = one.kind === 'Assign' ? one.targets : one.kind === 'AnnAssign' ? [one.target] : [];
      for (const target of targets)
        if (target.kind === 'Name' && target.start <= offset && offset <= target.end)
          return { label: around + target.id, range: { start, end } };
    }
    return undefined;
  };
  return look(parseProgram(text, 'module').module.body, '');
}

/** The keys that lead to a value of a YAML or JSON file; undefined in other files, and where no value begins there. */
export function pathTo(
  path: string,
  { start, end }: Record<'start' | 'end', Position>,
  text: string,
): string | undefined {
  if (!TREE.test(path)) return undefined;
  const lines = LineIndex.of(text);
  const [from, to] = [lines.offsetAt(start), lines.offsetAt(end)];
  let found: { readonly label: string; readonly off: number } | undefined;
  const look = (node: unknown, label: string): void => {
    if (!isNode(node) || node.range == null || node.range[0] > from || node.range[2] < from) return;
    // Of a value and its first item, which begin at one place, the one that ends there as well.
    const off = Math.abs(node.range[1] - to);
    if (node.range[0] === from && label !== '' && (found === undefined || off < found.off)) found = { label, off };
    if (isMap(node))
      for (const { key, value } of node.items)
        look(value, label + step(isScalar(key) ? String(key.value) : '?', label));
    else if (isSeq(node)) for (const [at, one] of node.items.entries()) look(one, `${label}[${at}]`);
  };
  look(parsed(text).contents, '');
  return found?.label;
}

/** What was parsed last: hovers ask for many places of one text. */
let tree: { readonly text: string; readonly document: ReturnType<typeof parseDocument> } | undefined;

function parsed(text: string): ReturnType<typeof parseDocument> {
  if (tree?.text !== text) tree = { text, document: parseDocument(text, { logLevel: 'silent', uniqueKeys: false }) };
  return tree.document;
}

/** The number of a name. */
export function fileValueOf(name: string, texts: FileTexts): FileValue | undefined {
  for (const path of texts.paths) {
    const own = `${texts.nameOf(path)}: `;
    const text = name.startsWith(own) ? texts.textOf(path) : undefined;
    const found = text === undefined ? undefined : valuesIn(path, text).find(one => own + one.label === name);
    if (found !== undefined) return found.of(path, texts);
  }
  return undefined;
}

/** The numbers that modules give a name: one where it is the name of one alone. */
export function moduleValuesOf(name: string, texts: FileTexts): readonly FileValue[] {
  return [...texts.paths].filter(isModule).flatMap(path => {
    const text = texts.textOf(path);
    const found = text === undefined ? undefined : valuesIn(path, text).find(({ label }) => label === name);
    return found?.of(path, texts) ?? [];
  });
}

/** A number with its name within the file. */
class Entry {
  readonly label: string;
  readonly range: OffsetRange;
  /** The name that code gives it. */
  readonly owner: OffsetRange | undefined;
  readonly #value: Pick<FileValue, 'number' | 'isInteger' | 'code'>;

  constructor(label: string, range: OffsetRange, token: string | ModuleValue, hasUnit = false) {
    this.label = label;
    this.range = range;
    this.owner = typeof token === 'string' ? undefined : token.owner;
    this.#value =
      typeof token === 'string'
        ? { number: Number(token), isInteger: !hasUnit && /^[-+]?\d+$/.test(token), code: undefined }
        : { number: token.number, isInteger: token.isInteger, code: token };
  }

  of(path: string, texts: FileTexts): FileValue {
    const { label, range, owner } = this;
    return { name: `${texts.nameOf(path)}: ${label}`, path, range, owner, ...this.#value };
  }
}

function isModule(path: string): boolean {
  return path.endsWith('.py');
}

/** What was read last: a slider asks for one and the same text again and again. */
let last: { readonly path: string; readonly text: string; readonly values: readonly Entry[] } | undefined;

function valuesIn(path: string, text: string): readonly Entry[] {
  if (last?.path !== path || last.text !== text) {
    last = { path, text, values: readerOf(path)(text) };
  }
  return last.values;
}

function readerOf(path: string): (text: string) => readonly Entry[] {
  if (isModule(path)) return text => moduleValues(text).map(one => new Entry(one.label, one.range, one));
  return TREE.test(path) ? treeValues : /\.[ct]sv$/i.test(path) ? tableValues : lineValues;
}

const TREE = /\.(ya?ml|json)$/i;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const WHOLE = new RegExp(`^${NUMBER.source}$`);
/** A number with a unit behind it. */
const MEASURE = new RegExp(`^(${NUMBER.source})${/\s*[\p{L}°%][\p{L}\d\s*/^().·%°²³⁻-]*$/u.source}`, 'u');

/** Of YAML, and of JSON, which is YAML: by the keys that lead there. */
function treeValues(text: string): Entry[] {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  if (document.errors.length > 0) return lineValues(text);
  // Of a key that is there twice, the last value counts.
  const found = new Map<string, Entry>();
  const look = (node: unknown, path: string): void => {
    if (isMap(node))
      for (const { key, value } of node.items) look(value, path + step(isScalar(key) ? String(key.value) : '?', path));
    else if (isSeq(node)) for (const [at, one] of node.items.entries()) look(one, `${path}[${at}]`);
    else if (isScalar(node) && node.range) {
      const [start, end] = node.range;
      const written = text.slice(start, end);
      const quoted = /^(["']).*\1$/.test(written) ? 1 : 0;
      const token = written.slice(quoted, written.length - quoted);
      // Of a quantity, such as `840 kWh`, the number.
      const number = WHOLE.test(token) ? token : MEASURE.exec(token)?.[1];
      const from = start + quoted;
      if (number !== undefined)
        found.set(path, new Entry(path, { start: from, end: from + number.length }, number, number !== token));
    }
  };
  look(document.contents, '');
  return [...found.values()];
}

function step(key: string, path: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return `[${JSON.stringify(key)}]`;
  return path === '' ? key : `.${key}`;
}

/** Of a table: by its line and the name of its column. */
function tableValues(text: string): Entry[] {
  const delimiter = (text.split(/\r?\n/, 1)[0]!.match(/[,;\t]/) ?? [','])[0];
  const lines = LineIndex.of(text);
  const found: Entry[] = [];
  let names: readonly string[] | undefined;
  for (let at = 0; at < text.length; ) {
    const { fields, end } = csvRowAt(text, at, delimiter);
    names ??= fields.map(field => field.text.trim());
    for (const [column, field] of fields.entries()) {
      const number = field.text.trim();
      if (!WHOLE.test(number)) continue;
      const name = names[column] ?? '';
      const isName = name !== '' && !WHOLE.test(name) && names.indexOf(name) === column;
      const start = text.indexOf(number, field.start);
      const label = `line ${lines.lineAt(start) + 1}, ${isName ? name : `column ${column + 1}`}`;
      found.push(new Entry(label, { start, end: start + number.length }, number));
    }
    at = end;
  }
  return found;
}

/** Of any other text: each number that stands alone, by its line, and by its column where the line has several. */
function lineValues(text: string): Entry[] {
  const found: Entry[] = [];
  let start = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const tokens = [...line.matchAll(new RegExp(`(?<![\\w.+-])${NUMBER.source}(?![\\w.])`, 'g'))];
    for (const { 0: token, index } of tokens) {
      const where = tokens.length === 1 ? '' : `, column ${index + 1}`;
      found.push(
        new Entry(`line ${at + 1}${where}`, { start: start + index, end: start + index + token.length }, token),
      );
    }
    start += line.length + 1;
  }
  return found;
}
