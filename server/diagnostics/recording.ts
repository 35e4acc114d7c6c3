/**
 * Views of an analysis that record what a check reads of it. From that alone follows when the check must run again, so
 * findings cannot go stale: whatever is read and not known to stay the same makes the check run for each version.
 *
 * A range may be handed on as it is: only a check that looks at its numbers depends on where things stand, and findings
 * of all others move along with the text.
 */
import { LineIndex } from '../chapter/lines';
import type { LockedValues } from '../chapter/model';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult, RefBlock, RefResult } from '../evaluation/analysis';

/** What a check may depend on. */
export type Dependency =
  /** Cells: their text, order, runs and status, and what other parts tell of them. */
  | 'cells'
  /** References without a value: their expressions, order and runs. */
  | 'faultyRefs'
  /** Blocks with references: their text, and what the references gave. */
  | 'refBlocks'
  | 'unopenedCells'
  /** What the lock of values says. */
  | 'locked'
  /** The set of names that references read, wherever they stand. */
  | 'usedPaths'
  /** In which lines cells, and what the other parts tell of, stand. */
  | 'lines'
  /** Where things stand in the text. */
  | 'positions'
  /** Anything else. */
  | 'everything';

/** What the members of an analysis and of its chapter are; all others are everything. */
const OF_ANALYSIS: Readonly<Record<string, Dependency | undefined>> = {
  cells: 'cells',
  faultyCells: 'cells',
  faultyRefs: 'faultyRefs',
  refBlocks: 'refBlocks',
  definitionOf: 'cells',
  futureDefinitionOf: 'cells',
  valueAt: 'cells',
  bindingOf: 'cells',
  usedPaths: 'usedPaths',
  // where a package changes, the cells of who imports it are run again
  packages: 'cells',
};

const OF_CHAPTER: Readonly<Record<string, Dependency | undefined>> = {
  unopenedCells: 'unopenedCells',
  lines: 'positions',
  // They stand in the text of cells.
  optionRefs: 'cells',
};

/** Properties that tell of a cell or a reference by itself; their values are looked at through views as well. */
const OWN: ReadonlySet<string> = new Set([
  ...[
    'cell',
    'block',
    'ref',
    'refs',
    'faulty',
    'status',
    'text',
    'fault',
    'issues',
    'checks',
    'notices',
    'output',
    'figures',
  ],
  ...[
    'definitions',
    'definitionsOf',
    'expr',
    'exprRange',
    'range',
    'type',
    'message',
    'name',
    'construct',
    'guard',
    'near',
    'budget',
    'subject',
  ],
  ...['kind', 'passed', 'source', 'option', 'options', 'key', 'label', 'header', 'title', 'field', 'fields'],
  ...[
    'indentation',
    'codeRange',
    'fenceRange',
    'closeRange',
    'labelRange',
    'statementRange',
    'toDocumentRange',
    'toDocument',
  ],
  ...['toSource', 'from', 'fence', 'exports'],
]);

/** Those that are the same objects as long as the cell or reference is not evaluated again, with all that hangs on them. */
const FIXED: ReadonlySet<string> = new Set([
  ...[
    'run',
    'sourceHeader',
    'value',
    'program',
    'names',
    'expression',
    'description',
    'condition',
    'data',
    'figure',
    'display',
    'outcome',
  ],
]);

/** Properties that lead to other cells. */
const ACROSS: ReadonlySet<string> = new Set([
  ...[
    'stale',
    'blame',
    'trace',
    'causes',
    'unknown',
    'unknowns',
    'affected',
    'binding',
    'bindings',
    'reads',
    'function',
    'place',
    'direct',
    'file',
    'position',
  ],
]);

/** Numbers that order tells, and the cells and references themselves. */
const ORDER: ReadonlySet<string> = new Set(['cell', 'index', 'cellsBefore', 'refsBefore']);

const POSITIONS: ReadonlySet<string> = new Set(['start', 'end', 'line', 'character']);

/** By this key a view gives what stands behind it. */
const TARGET = Symbol('target');

type Looked = Readonly<Record<string | symbol, unknown>>;

/** Makes views for one check and collects what it reads. */
export class Recorder {
  readonly reads = new Set<Dependency>();
  // A recorder lives no longer than its check, and a map is cheaper than a weak one.
  readonly #views = new Map<object, object>();
  readonly #handler: ProxyHandler<object> = {
    get: (target, key) => (key === TARGET ? target : this.#get(target as Looked, key)),
    has: (target, key) => {
      if (!Array.isArray(target)) this.reads.add('everything');
      return key in target;
    },
    getOwnPropertyDescriptor: (target, key) => {
      this.reads.add('everything');
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  };
  /** False for a check of one cell or block, which depends on others where it looks at them. */
  readonly #wide: boolean;
  #silent = false;

  private constructor(wide: boolean) {
    this.#wide = wide;
  }

  static ofChapter(analysis: Analysis): { recorder: Recorder; view: Analysis } {
    const recorder = new Recorder(true);
    const chapter = recorder.#table(analysis.chapter, OF_CHAPTER);
    const view = new Proxy(analysis, {
      get: (target, key) => (key === 'chapter' ? chapter : recorder.#part(target, key, OF_ANALYSIS)),
    });
    recorders.set(view, { recorder, analysis });
    return { recorder, view };
  }

  static ofItem<T extends CellResult | RefBlock>(item: T): { recorder: Recorder; view: T } {
    const recorder = new Recorder(false);
    return { recorder, view: recorder.#view(item) as T };
  }

  /** Lets the caller look through views without a record, as at the places of what a check found. */
  silently<T>(look: () => T): T {
    this.#silent = true;
    try {
      return look();
    } finally {
      this.#silent = false;
    }
  }

  /** What stands behind a view. */
  raw<T>(value: T): T {
    return typeof value === 'object' && value !== null ? (((value as Looked)[TARGET] ?? value) as T) : value;
  }

  /** A view of something that belongs to what is checked. */
  view<T extends object>(target: T): T {
    return this.#view(target) as T;
  }

  #table<T extends object>(target: T, table: Readonly<Record<string, Dependency | undefined>>): T {
    return new Proxy(target, { get: (_, key) => this.#part(target, key, table) });
  }

  #part(target: object, key: string | symbol, table: Readonly<Record<string, Dependency | undefined>>): unknown {
    const part = typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
    if (!this.#silent) this.reads.add(part ?? 'everything');
    return this.#wrap(Reflect.get(target, key, target), target);
  }

  #view(target: object): object {
    let view = this.#views.get(target);
    if (view === undefined) {
      view = new Proxy(target, this.#handler);
      this.#views.set(target, view);
    }
    return view;
  }

  #get(target: Looked, key: string | symbol): unknown {
    const found = target[key];
    // Methods of arrays go through their items one by one.
    if (Array.isArray(target)) return typeof found === 'function' ? found : this.#wrap(found, target);
    if (typeof key === 'string' && FIXED.has(key)) return found;
    const read = this.#dependency(key, found);
    if (read !== undefined && !this.#silent) this.reads.add(read);
    return this.#wrap(found, target);
  }

  /** What a read depends on beyond the part that it belongs to. */
  #dependency(key: string | symbol, found: unknown): Dependency | undefined {
    if (typeof key !== 'string') return 'everything';
    if (typeof found === 'number') {
      if (ORDER.has(key)) return this.#wide ? 'cells' : 'everything';
      if (!POSITIONS.has(key)) return 'everything';
      return this.#wide || key !== 'line' ? 'positions' : 'everything';
    }
    if (OWN.has(key)) return undefined;
    if (key === 'context') return this.#wide ? 'refBlocks' : undefined;
    return ACROSS.has(key) && this.#wide ? 'cells' : 'everything';
  }

  #wrap(value: unknown, owner: object): unknown {
    if (typeof value === 'function')
      return (...args: unknown[]) => {
        const result = Reflect.apply(
          value,
          owner,
          args.map(one => this.raw(one)),
        );
        if (typeof result === 'number' && !this.#silent) this.reads.add('positions');
        return this.#wrap(result, owner);
      };
    return isOpen(value) ? this.#view(value) : value;
  }
}

/** By the view that a check is given. */
const recorders = new WeakMap<Analysis, { readonly recorder: Recorder; readonly analysis: Analysis }>();

/** The line, from 1, of a range in a cell or of a reference: a check that asks so does not depend on offsets. */
export function lineOf(range: OffsetRange, analysis: Analysis): number {
  const find = () => analysis.chapter.lines.lineAt(range.start) + 1;
  const recorder = recorders.get(analysis)?.recorder;
  if (recorder === undefined) return find();
  recorder.reads.add('lines');
  return recorder.silently(find);
}

/**
 * The references that `find` names by their places in a block, with what it says of each. It is given the blocks themselves:
 * a record of each look at what thousands of references gave would cost more than the looks.
 */
export function refsWhere<T>(
  analysis: Analysis,
  find: (block: RefBlock) => readonly (readonly [number, T])[],
): readonly (readonly [RefResult, T])[] {
  const known = recorders.get(analysis);
  known?.recorder.reads.add('refBlocks');
  const found: (readonly [RefResult, T])[] = [];
  for (const block of (known?.analysis ?? analysis).refBlocks) {
    const said = find(block);
    if (said.length === 0) continue;
    const { refs } = block;
    for (const [at, one] of said) found.push([known === undefined ? refs[at]! : known.recorder.view(refs[at]!), one]);
  }
  return found;
}

/** What the project's lock of values says of the chapter. */
export function lockedOf(analysis: Analysis): LockedValues | undefined {
  const known = recorders.get(analysis);
  known?.recorder.reads.add('locked');
  return (known?.analysis ?? analysis).chapter.inherited.locked;
}

/**
 * The cells themselves: a record of each look at hundreds of them would cost more than the looks. Their texts, order, runs
 * and status may be looked at; ranges may be handed on, but not read.
 */
export function cellsOf(analysis: Analysis): readonly CellResult[] {
  const known = recorders.get(analysis);
  known?.recorder.reads.add('cells');
  return (known?.analysis ?? analysis).cells;
}

/** True for what is looked at through a view; collections hold what belongs to the cell or reference alone. */
function isOpen(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return !(value instanceof Map || value instanceof Set || value instanceof LineIndex);
}
