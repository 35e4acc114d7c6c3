/** Paths in Python code that name files which are renamed or moved: `open("data/a.yml")`, `Path(__file__).parent / "data" / "a.yml"`. */
import { type Expression, type Module, nodesIn, type Span } from '../../mlsys';
import { dirname, relative, resolve, sep } from '../files/path';

/** Where code stands and runs, before the renames and behind. */
export interface CodePlace {
  /** The text of the program. */
  readonly source: string;
  /** The file that `__file__` means; undefined in a cell. */
  readonly file: Moved | undefined;
  /** The working folder. */
  readonly folder: Moved;
}

/** A path before the renames and behind. */
export interface Moved {
  readonly before: string;
  readonly after: string;
}

/** The disk as it was, and where paths lead now. */
export interface Renames {
  isThere(path: string): boolean;
  moved(path: string): string;
}

/** What is to stand within the quotes of a literal. */
export interface LiteralEdit extends Span {
  readonly newText: string;
}

/** Functions and methods whose texts are paths, by their last names. */
const TAKE_PATHS: ReadonlySet<string> = new Set(
  (
    'open Path PurePath PosixPath exists isfile isdir listdir read_csv read_json read_excel read_parquet read_table read_yaml ' +
    'loadtxt genfromtxt load safe_load load_yaml load_json load_csv load_data'
  ).split(' '),
);
/** Of these each text is a part of one path. */
const JOIN: ReadonlySet<string> = new Set(['join', 'joinpath']);
/** Methods that give the same path in another form. */
const SAME: ReadonlySet<string> = new Set(['resolve', 'absolute', 'expanduser', 'abspath', 'realpath', 'normpath']);
const PATHS: ReadonlySet<string> = new Set(['Path', 'PurePath', 'PosixPath', 'str', 'fspath']);

/** The edits that have the code name the same files as before. A name that is given several values is not followed. */
export function pathEdits(module: Module, place: CodePlace, renames: Renames): readonly LiteralEdit[] {
  return new PathReader(module, place, renames).read();
}

class PathReader {
  readonly #module: Module;
  readonly #place: CodePlace;
  readonly #renames: Renames;
  /** Names that the module gives one value. */
  readonly #names = new Map<string, Expression | undefined>();
  readonly #known = new Map<Expression, Moved | undefined>();
  readonly #edits = new Map<number, LiteralEdit>();

  constructor(module: Module, place: CodePlace, renames: Renames) {
    this.#module = module;
    this.#place = place;
    this.#renames = renames;
  }

  read(): readonly LiteralEdit[] {
    const nodes = [...nodesIn(this.#module)];
    for (const node of nodes) {
      if (node.kind === 'Assign')
        for (const target of node.targets) {
          if (target.kind === 'Name') this.#names.set(target.id, this.#names.has(target.id) ? undefined : node.value);
        }
      else if ('target' in node && node.target.kind === 'Name') this.#names.set(node.target.id, undefined);
    }
    for (const node of nodes) if (node.kind === 'Call' || node.kind === 'BinOp') this.#look(node);
    return [...this.#edits.values()].sort((a, b) => a.start - b.start);
  }

  #look(node: Expression): void {
    if (node.kind === 'Call' && TAKE_PATHS.has(lastName(node.func) ?? '')) {
      for (const arg of [...node.args.slice(0, 1), ...node.keywords.map(({ value }) => value)]) {
        const text = arg.kind === 'Name' ? this.#names.get(arg.id) : arg;
        if (text !== undefined && isText(text)) this.#joined(this.#place.folder, text);
      }
    }
    this.#pathOf(node);
  }

  /** The path that an expression makes; undefined for what is none, or is not known. */
  #pathOf(node: Expression): Moved | undefined {
    if (this.#known.has(node)) return this.#known.get(node);
    // What is made of itself is not known.
    this.#known.set(node, undefined);
    const path = this.#made(node);
    this.#known.set(node, path);
    return path;
  }

  #made(node: Expression): Moved | undefined {
    switch (node.kind) {
      case 'Name': {
        if (node.id === '__file__') return this.#place.file;
        const value = this.#names.get(node.id);
        return value === undefined ? undefined : this.#pathOf(value);
      }
      case 'Attribute': {
        const of = node.attr.name === 'parent' ? this.#pathOf(node.value) : undefined;
        return of && { before: dirname(of.before), after: dirname(of.after) };
      }
      case 'BinOp': {
        const base = node.op === '/' ? this.#pathOf(node.left) : undefined;
        return base && isText(node.right) ? this.#joined(base, node.right) : undefined;
      }
      case 'Call':
        return this.#called(node);
      default:
        return undefined;
    }
  }

  #called({ func, args }: Extract<Expression, { kind: 'Call' }>): Moved | undefined {
    const name = lastName(func);
    const [first, ...rest] = args;
    if (name === undefined) return undefined;
    if (func.kind === 'Attribute' && args.length === 0 && SAME.has(name)) return this.#pathOf(func.value);
    if (name === 'joinpath' && func.kind === 'Attribute') return this.#all(this.#pathOf(func.value), args);
    if (first === undefined) return undefined;
    if (name === 'dirname') {
      const of = this.#pathOf(first);
      return of && { before: dirname(of.before), after: dirname(of.after) };
    }
    const isPath = PATHS.has(name) || SAME.has(name) || (JOIN.has(name) && isOfOs(func));
    if (!isPath) return undefined;
    const base = isText(first) ? this.#joined(this.#place.folder, first) : this.#pathOf(first);
    return this.#all(base, rest);
  }

  #all(base: Moved | undefined, parts: readonly Expression[]): Moved | undefined {
    let at = base;
    for (const part of parts) at = at && isText(part) ? this.#joined(at, part) : undefined;
    return at;
  }

  /** A folder with what a literal names in it, which is written anew where that leads elsewhere now. */
  #joined(base: Moved, literal: Text): Moved {
    const { value } = literal;
    const before = resolve(base.before, value);
    if (value === '' || value.startsWith('/') || !this.#renames.isThere(before))
      return { before, after: resolve(base.after, value) };
    const after = this.#renames.moved(before);
    if (resolve(base.after, value) !== after) this.#write(literal, relative(base.after, after).split(sep).join('/'));
    return { before, after };
  }

  #write({ start, end, value }: Text, path: string): void {
    // Only what stands there as it is read: no escapes, no two literals in a row.
    const written = this.#place.source.slice(start, end);
    const [, quote] = /^[rRuU]?("""|'''|"|')/.exec(written) ?? [];
    const from = written.indexOf(value);
    if (quote === undefined || written.slice(0, from).replace(/^[rRuU]/, '') !== quote) return;
    if (written.slice(from + value.length) !== quote || /["'\\]/.test(path)) return;
    const newText = value.startsWith('./') && !path.startsWith('.') ? `./${path}` : path;
    if (newText !== value) this.#edits.set(start, { start: start + from, end: start + from + value.length, newText });
  }
}

type Text = Extract<Expression, { kind: 'Constant' }> & { readonly value: string };

function isText(node: Expression): node is Text {
  return node.kind === 'Constant' && typeof node.value === 'string';
}

function lastName(node: Expression): string | undefined {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.name : undefined;
}

/** `os.path.join`, and not the method of a text. */
function isOfOs(node: Expression): boolean {
  if (node.kind === 'Name') return true;
  return node.kind === 'Attribute' && (lastName(node.value) === 'path' || lastName(node.value) === 'osp');
}
