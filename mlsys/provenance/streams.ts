/**
 * Files that functions open and go through. A look opens each once more, so that what it takes from one is missing nowhere; a
 * stream of the program itself is never read.
 */
import { fileOfText, isTextFile } from '../modules/files/origins';
import { creation, listClass, PyInstance, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { call, getAttribute } from '../python/runtime/operations';
import type { Attribute, Expression, Name, Span, Subscript } from '../python/syntax/ast';
import { someChild } from '../python/syntax/nodes';
import type { Part, Source } from './graph';
import { InnerEnvironment } from './innerEnvironment';
import { sourceOfPart, textOf } from './parts';
import type { Comprehension } from './reading';
import { attempted, NotFollowed } from './refusals';
import type { Environment, Read, Tracer } from './tracer';
import { originOfStream } from './values';

/** The file that a stream of a look reads: of itself, or of the reader of rows that it is; undefined for other values. */
function fileBehind(value: Value): PyInstance | undefined {
  if (!(value instanceof PyInstance) || creation.owner === 0 || value.owner !== creation.owner) return undefined;
  if (isTextFile(value)) return value;
  const { name, module } = value.cls;
  const inner =
    name === 'DictReader' && module === 'csv'
      ? getAttribute(value, 'reader')
      : name === 'reader' && module === '_csv'
        ? getAttribute(value, '_file')
        : undefined;
  return inner === undefined ? undefined : fileBehind(inner);
}

/** True for a file that a look opened, and for what reads rows of one. */
export function isStream(value: Value): boolean {
  return fileBehind(value) !== undefined;
}

/** What `with open(…) as name` gives the name; undefined for other context managers. */
export function openedAs(
  name: string,
  context: Expression,
  tracer: Tracer,
  environment: Environment,
): Part | undefined {
  if (context.kind !== 'Call') return undefined;
  const { func } = context;
  const callee = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  if (callee !== 'open') return undefined;
  return attempted(() => {
    const part = tracer.trace(context, environment);
    const { value } = part;
    // What is read of bytes is told by the call that opened them.
    if (value instanceof PyInstance && value.cls.name === 'BufferedReader') return part;
    if (!isTextFile(value) || !isStream(value)) return undefined;
    call(getAttribute(value, '_check'), []);
    const origin = originOfStream(value);
    if (origin === undefined) return part;
    return {
      kind: 'source',
      code: name,
      source: tracer.sources.leaf(name, value, 'data', { origin }),
      value,
      at: part.at,
    };
  });
}

/** What a stream has left, which it is taken from. */
interface Rest {
  readonly items: readonly Part[];
  /** All of it, as a stream or list that is made once more would have it. */
  readonly whole: Part;
}

/** Undefined for more than `most` items. */
function restOf(tracer: Tracer, of: Part, most: number): Rest | undefined {
  const { value } = of;
  const file = fileBehind(value)!;
  const start = Number(getAttribute(file, '_at'));
  const list = call(listClass, [value]) as PyList;
  if (list.items.length > most) return undefined;
  const text = String(getAttribute(file, '_text'));
  const whole = leftOf(
    of,
    list,
    isTextFile(value) || start === 0 ? countOf(text.slice(0, start)) : rowsBefore(value, text, start),
  );
  if (isTextFile(value)) {
    const lines = linesOf(tracer, list, text, start);
    return lines && { items: lines, whole };
  }
  const base = baseName(text);
  const items = list.items.map((item, at): Part => {
    const name = `${base}[${at}]`;
    const row = tracer.element(whole, BigInt(at), item);
    return { kind: 'source', code: name, source: sourceOfPart(name, row), value: item, at: undefined };
  });
  return { items, whole };
}

/** What a stream has left, one by one. */
export function leftIn(tracer: Tracer, of: Part, most: number): readonly Part[] | undefined {
  return restOf(tracer, of, most)?.items;
}

/** All that is left once so many items are taken of a stream that is opened once more. */
function leftOf(of: Part, value: PyList, taken: number): Part {
  return taken === 0
    ? { kind: 'call', callee: 'list', on: undefined, args: [of], keywords: [], value, at: undefined }
    : { kind: 'code', code: `list(f)[${taken}:]`, names: [['f', of]], value, at: undefined };
}

/** The name of the file of a text, without its folders. */
function baseName(text: string): string {
  const path = fileOfText(text) ?? '…';
  return path.slice(path.lastIndexOf('/') + 1);
}

function rowsBefore(reader: Value, text: string, start: number): number {
  const rows = countOf(text.slice(0, start));
  return reader instanceof PyInstance && reader.cls.name === 'DictReader' ? Math.max(0, rows - 1) : rows;
}

function countOf(text: string): number {
  return text.split('\n').length - 1;
}

/** Lines one after the other, as they stand in the text of a file from a place on. */
function linesOf(tracer: Tracer, { items }: PyList, text: string, start: number): readonly Part[] | undefined {
  const file = fileOfText(text);
  if (file === undefined) return undefined;
  const parts: Part[] = [];
  let from = start;
  for (const line of items) {
    // Lines are there with their ends or without.
    while (typeof line === 'string' && !text.startsWith(line, from) && /[\r\n]/.test(text.charAt(from))) from++;
    if (typeof line !== 'string' || !text.startsWith(line, from)) return undefined;
    const origin = { file, text, start: from, end: from + line.trimEnd().length };
    const name = `line ${text.slice(0, from).split('\n').length}`;
    const source = tracer.sources.leaf(name, line, 'data', { origin });
    parts.push({ kind: 'source', code: name, source, value: line, at: undefined });
    from += line.length;
    if (!line.endsWith('\n')) from += text.startsWith('\r\n', from) ? 2 : 1;
  }
  return parts;
}

/** The lines that a call made of the text of a file: `text.splitlines()`, `text.strip().split("\n")`, `f.readlines()`. */
export function linesMade(
  tracer: Tracer,
  call: Part & { readonly kind: 'call' },
  most: number,
): readonly Part[] | undefined {
  const { callee, on, args, value } = call;
  if (!(value instanceof PyList) || value.items.length > most) return undefined;
  const isOfFile = callee === 'readlines' || (callee === 'list' && on === undefined);
  const of = isOfFile ? (on ?? args[0]) : on;
  const isSplit = callee === 'splitlines' || (callee === 'split' && args.length === 1 && args[0]!.value === '\n');
  if (of === undefined || !(isOfFile ? isTextFile(of.value) : isSplit)) return undefined;
  if (isOfFile) return linesOf(tracer, value, String(getAttribute(of.value, '_text')), 0);
  const text = wholeText(of);
  const start = text === undefined || typeof of.value !== 'string' ? -1 : text.indexOf(of.value);
  return text === undefined || start < 0 ? undefined : linesOf(tracer, value, text, start);
}

/** The text of a file of which a part has all but the blanks around it. */
function wholeText(part: Part): string | undefined {
  const { value } = part;
  if (typeof value === 'string' && fileOfText(value) !== undefined) return value;
  const made = part.kind === 'source' ? part.source.formula : part;
  const isStripped = made?.kind === 'call' && STRIPPING.has(made.callee) && made.args.length === 0;
  return isStripped && made.on !== undefined ? wholeText(made.on) : undefined;
}

const STRIPPING: ReadonlySet<string> = new Set(['strip', 'lstrip', 'rstrip']);

/** The text of a file, where a call read that. */
export function textRead(callee: string, value: Value, sources: Tracer['sources']): Source | undefined {
  if ((callee !== 'read' && callee !== 'read_text') || typeof value !== 'string') return undefined;
  const file = fileOfText(value);
  if (file === undefined) return undefined;
  return sources.leaf(baseName(value), value, 'data', {
    origin: { file, text: value, start: 0, end: 0 },
  });
}

/** A slice of a list or tuple, whose items are those of the whole. */
export function sliced(node: Subscript, part: Part, tracer: Tracer, environment: Environment): Part {
  if (!(part.value instanceof PyList || part.value instanceof PyTuple)) return part;
  tracer.sources.makes(part, () => {
    const of = tracer.trace(node.value, environment);
    const items = tracer.itemsOf(of);
    if (items === undefined) return undefined;
    const places = new PyList(items.map((_, at) => BigInt(at)));
    const taken = tracer.evaluate(
      { ...node, value: { ...node.value, kind: 'Name', id: ' whole' } as Name },
      new ListedEnvironment(environment, ' whole', { ...of, value: places }),
    );
    return taken instanceof PyList
      ? new Map(taken.items.map((place, at) => [BigInt(at), items[Number(place)]!]))
      : undefined;
  });
  return part;
}

/** A comprehension that goes through a stream, as one through a list of what that has left: it can be gone through again. */
export interface Listed<Node> {
  readonly node: Node;
  readonly environment: Environment;
  /** The stream, as it is written. */
  readonly stream: readonly [code: string, part: Part];
}

/** Undefined for a comprehension through anything else. Throws `NotFollowed` where a stream has more than `most` items left. */
export function listed<Node extends Comprehension>(
  node: Node,
  tracer: Tracer,
  environment: Environment,
  most: number,
): Listed<Node> | undefined {
  const [first, ...more] = node.generators;
  if (first === undefined || !readsStream(first.iter, environment)) return undefined;
  const { iter } = first;
  const of = tracer.trace(iter, environment);
  if (!isStream(of.value)) return undefined;
  const rest = restOf(tracer, of, most);
  if (rest === undefined) throw new NotFollowed('a file');
  const code = textOf(iter, environment);
  const items = new Map(rest.items.map((one, at) => [BigInt(at), one]));
  // Rows go by the name of their file.
  const held = baseName(String(getAttribute(fileBehind(of.value)!, '_text')));
  const list: Part = { kind: 'display', code: held, items, value: rest.whole.value, at: of.at };
  const name: Name = { kind: 'Name', id: code, start: iter.start, end: iter.end };
  return {
    node: { ...node, generators: [{ ...first, iter: name }, ...more] },
    environment: new ListedEnvironment(environment, code, list),
    stream: [code, rest.whole.kind === 'code' ? rest.whole : of],
  };
}

function readsStream(node: Span, environment: Environment): boolean {
  const { kind } = node as Partial<Expression>;
  if (kind === 'Name' && isStream(environment.read(node as Name)?.value ?? null)) return true;
  return someChild(node, one => readsStream(one, environment));
}

/** Where a name that no program has stands for the list. */
class ListedEnvironment extends InnerEnvironment {
  readonly #name: string;
  readonly #list: Part;

  constructor(outer: Environment, name: string, list: Part) {
    super(outer);
    this.#name = name;
    this.#list = list;
  }

  read(node: Name | Attribute): Read | undefined {
    if (node.kind === 'Name' && node.id === this.#name) return { value: this.#list.value, part: this.#list };
    return this.outer.read(node);
  }
}
