/**
 * `warnings`: filters, and what `catch_warnings` records. A warning that is shown becomes a display of the cell. Most
 * filters pass a warning once per line of a module; in the cells they begin anew with each cell, as IPython has it.
 */
import { isinstance, issubclass } from '../python/runtime/classes';
import { builtinExceptions, PyError, type PyException, raise, Unsupported } from '../python/runtime/errors';
import type { Frame } from '../python/runtime/frame';
import { touch } from '../python/runtime/mutation';
import { defineConstructor, defineMethods, fn } from '../python/runtime/native';
import { nativeClass, PyClass, PyInstance, PyList, PyModule, type Value } from '../python/runtime/objects';
import { call, callMethod, getAttribute, repr, smallIndex, str, truth, typeName } from '../python/runtime/operations';
import { type RunRecord, vm } from '../python/runtime/vm';

type Action = 'error' | 'ignore' | 'always' | 'default' | 'module' | 'once';

const ACTIONS: readonly string[] = ['error', 'ignore', 'always', 'default', 'module', 'once'];

interface Filter {
  readonly action: Action;
  readonly category: PyClass;
  /** Compiled patterns of the text and of the module; undefined where any will do. */
  readonly message: Value | undefined;
  readonly module: Value | undefined;
  readonly lineno: bigint;
  /** What makes two filters the same. */
  readonly key: string;
}

/** What decides about the next warning; replaced, never changed. */
interface Filters {
  readonly list: readonly Filter[];
  /** Where warnings are recorded instead of shown. */
  readonly log: PyList | undefined;
  /** Every change of the filters forgets which warnings were seen. */
  readonly version: number;
}

/** Warnings that went through filters of a version. */
interface Seen {
  readonly version: number;
  /** Those of modules are a state, and so never changed. */
  readonly keys: Set<string>;
}

/** Where a warning is raised, as the filters see it. */
interface Place {
  readonly module: string;
  readonly line: number | string;
  /** False where a caller is meant that is not known for certain. */
  readonly certain: boolean;
}

const CHANNEL = 'warnings.filters';
/** What the modules have seen: it lasts longer than a cell. */
const SEEN = 'warnings.seen';
const MAIN = '__main__';

/** What the cells have seen, by the run of the cell. */
const seenByRun = new WeakMap<RunRecord, Seen>();

const exceptionClass = (name: string): PyClass => builtinExceptions().get(name)!;

function plainFilter(action: Action, category: PyClass): Filter {
  return {
    action,
    category,
    message: undefined,
    module: undefined,
    lineno: 0n,
    key: [action, '', category.name, '', 0].join('\0'),
  };
}

/** The filters of a Python that was started without options, for code of the main module. */
function initial(): Filters {
  const ignored = ['PendingDeprecationWarning', 'ImportWarning', 'ResourceWarning'];
  const list = [
    plainFilter('default', exceptionClass('DeprecationWarning')),
    ...ignored.map(name => plainFilter('ignore', exceptionClass(name))),
  ];
  return { list, log: undefined, version: 0 };
}

const current = (): Filters => vm.readState<Filters | undefined>(CHANNEL, undefined) ?? initial();

function replace(next: Partial<Filters>): void {
  const before = current();
  vm.writeState<Filters>(CHANNEL, { ...before, ...next, version: before.version + 1 });
}

const change = (list: readonly Filter[]): void => replace({ list });

function add(filter: Filter, append: boolean): void {
  const { list } = current();
  if (append) change(list.some(one => one.key === filter.key) ? list : [...list, filter]);
  else change([filter, ...list.filter(one => one.key !== filter.key)]);
}

function isWarningClass(value: Value): value is PyClass {
  return value instanceof PyClass && issubclass(value, exceptionClass('Warning'));
}

function actionOf(value: Value): Action {
  if (typeof value !== 'string' || !ACTIONS.includes(value))
    throw raise('ValueError', `invalid action: ${repr(value)}`);
  return value as Action;
}

function lineOf(value: Value | undefined): bigint {
  if (value === undefined) return 0n;
  if (typeof value !== 'bigint' && typeof value !== 'boolean') throw raise('TypeError', 'lineno must be an int');
  const line = BigInt(value);
  if (line < 0n) throw raise('ValueError', 'lineno must be an int >= 0');
  return line;
}

function pattern(text: string, flags: readonly string[]): Value | undefined {
  if (text === '') return undefined;
  const re = vm.import('re');
  return call(getAttribute(re, 'compile'), [text, ...flags.map(flag => getAttribute(re, flag))]);
}

function simpleFilter(action: Value, category?: Value, lineno?: Value, append?: Value): Value {
  const filter = plainFilter(actionOf(action), exceptionClass('Warning'));
  const line = lineOf(lineno);
  const kind = category === undefined ? filter.category : category;
  // `simplefilter` takes anything; what is no class of warnings never applies
  if (!(kind instanceof PyClass)) throw raise('TypeError', 'issubclass() arg 2 must be a class');
  const key = [filter.action, '', kind.name, '', line].join('\0');
  add({ ...filter, category: kind, lineno: line, key }, append !== undefined && truth(append));
  return null;
}

function filterWarnings(
  action: Value,
  message: Value = '',
  category: Value = exceptionClass('Warning'),
  module: Value = '',
  lineno?: Value,
  append?: Value,
): Value {
  const what = actionOf(action);
  if (typeof message !== 'string') throw raise('TypeError', 'message must be a string');
  if (!isWarningClass(category)) throw raise('TypeError', 'category must be a Warning subclass');
  if (typeof module !== 'string') throw raise('TypeError', 'module must be a string');
  const line = lineOf(lineno);
  const filter: Filter = {
    action: what,
    category,
    message: pattern(message, ['I']),
    module: pattern(module, []),
    lineno: line,
    key: [what, message, category.name, module, line].join('\0'),
  };
  add(filter, append !== undefined && truth(append));
  return null;
}

function applies(filter: Filter, text: string, category: PyClass, module: string): boolean {
  const matches = (expression: Value | undefined, subject: string): boolean =>
    expression === undefined || callMethod(expression, 'match', subject) !== null;
  if (!matches(filter.message, text) || !issubclass(category, filter.category)) return false;
  if (!matches(filter.module, module)) return false;
  if (filter.lineno !== 0n) throw new Unsupported('a filter of warnings by line');
  return true;
}

function moduleOf(frame: Frame): string {
  const name = frame.globals.get('__name__');
  return typeof name === 'string' ? name : MAIN;
}

function lineIn(frame: Frame): number {
  return frame.text.source.slice(0, frame.at.start).split('\n').length;
}

/** The place `level` frames up; beyond the innermost only the statement of the cell is known. */
function placeOf(level: number): Place {
  const { running, frame } = vm;
  if (running === undefined) return { module: MAIN, line: 0, certain: true };
  if (level <= 1) return { module: moduleOf(running), line: lineIn(running), certain: true };
  return { module: MAIN, line: frame === undefined ? 0 : lineIn(frame), certain: false };
}

/** Notes that a module has seen a warning; false where it has before. */
function see(module: string, version: number, key: string): boolean {
  const own = module === MAIN;
  const known = own ? seenByRun.get(vm.record) : vm.readState<Seen | undefined>(SEEN, undefined);
  const keys = known?.version === version ? known.keys : new Set<string>();
  if (keys.has(key)) return false;
  if (own) seenByRun.set(vm.record, { version, keys: keys.add(key) });
  else vm.writeState<Seen>(SEEN, { version, keys: new Set([...keys, key]) });
  return true;
}

/** Lets a warning through the filters: it is shown, recorded, raised or nothing. */
function issue(text: string, category: PyClass, place: Place, make: () => Value): void {
  const { list, log, version } = current();
  const action = list.find(one => applies(one, text, category, place.module))?.action ?? 'default';
  if (action === 'ignore') return;
  if (action === 'error') throw new PyError(make() as PyException);
  if (action !== 'always') {
    const line = action === 'default' ? place.line : '';
    const key = [place.module, category.name, text, line].join('\0');
    if (!see(place.module, version, key)) {
      if (action === 'default' && !place.certain && log !== undefined)
        throw new Unsupported('recording a warning that comes again', "call warnings.simplefilter('always') first");
      return;
    }
  }
  if (log === undefined) vm.display({ kind: 'warning', text: `${category.name}: ${text}` });
  else {
    touch(log);
    log.items.push(recorded(make(), category));
  }
}

/**
 * A warning of the library's own code: at the line that runs, or at a place in a module of the library's, given as the
 * module's name and what tells its lines apart.
 */
export function warnOf(category: PyClass, text: string, at?: readonly [module: string, line: string]): void {
  const place = at === undefined ? placeOf(1) : { module: at[0], line: at[1], certain: true };
  issue(text, category, place, () => call(category, [text]));
}

function warn(message: Value, given?: Value, stackLevel?: Value): Value {
  const isWarning = message instanceof PyInstance && isinstance(message, exceptionClass('Warning'));
  const category = isWarning ? message.cls : (given ?? exceptionClass('UserWarning'));
  if (!isWarningClass(category))
    throw raise('TypeError', `category must be a Warning subclass, not '${typeName(category)}'`);
  const place = placeOf(stackLevel === undefined ? 1 : smallIndex(stackLevel));
  issue(str(message), category, place, () => (isWarning ? message : call(category, [message])));
  return null;
}

const messageClass = nativeClass('WarningMessage', undefined, 'warnings');
defineMethods(messageClass, {
  '__str__()': () => {
    throw new Unsupported('the line of a warning');
  },
  '__getattr__(name, /)': (_self: Value, name: string) => {
    if (['filename', 'lineno', 'line'].includes(name)) throw new Unsupported('the line of a warning');
    throw raise('AttributeError', `'WarningMessage' object has no attribute '${name}'`);
  },
});

function recorded(message: Value, category: PyClass): PyInstance {
  const made = new PyInstance(messageClass);
  for (const [name, value] of Object.entries({ message, category, file: null, source: null }))
    made.attrs!.set(name, value);
  return made;
}

const catchClass = nativeClass('catch_warnings', undefined, 'warnings');

class CatchWarnings extends PyInstance {
  record = false;
  /** What to do on entry: the arguments of `simplefilter`. */
  first: readonly (Value | undefined)[] | undefined;
  saved: Filters | undefined;
}

defineConstructor(
  catchClass,
  'catch_warnings(*, record=False, module=None, action=None, category=None, lineno=0, append=False)',
  (cls: PyClass, record?: Value, _module?: Value, action: Value = null, ...rest: (Value | undefined)[]) => {
    const made = new CatchWarnings(cls);
    made.record = record !== undefined && truth(record);
    if (action !== null) made.first = [action, ...rest];
    return made;
  },
);
defineMethods(catchClass, {
  '__enter__()': (self: CatchWarnings) => {
    if (self.saved !== undefined) throw raise('RuntimeError', `Cannot enter ${repr(self)} twice`);
    self.saved = current();
    const log = self.record ? new PyList([]) : undefined;
    replace({ log: log ?? self.saved.log });
    if (self.first !== undefined) {
      const [action, ...rest] = self.first;
      simpleFilter(action!, ...rest);
    }
    return log ?? null;
  },
  '__exit__(*exc_info)': (self: CatchWarnings) => {
    if (self.saved === undefined) throw raise('RuntimeError', `Cannot exit ${repr(self)} without entering first`);
    replace({ list: self.saved.list, log: self.saved.log });
    return null;
  },
});

const MISSING = ['warn_explicit', 'showwarning', 'formatwarning', 'filters', 'deprecated', 'WarningMessage'];

export function loadWarnings(): PyModule {
  const module = new PyModule('warnings');
  const members: Readonly<Record<string, Value>> = {
    warn: fn('warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())', warn),
    simplefilter: fn('simplefilter(action, category=Warning, lineno=0, append=False)', simpleFilter),
    filterwarnings: fn(
      'filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False)',
      filterWarnings,
    ),
    resetwarnings: fn('resetwarnings()', () => {
      change([]);
      return null;
    }),
    catch_warnings: catchClass,
  };
  for (const [name, value] of Object.entries(members)) module.attrs.set(name, value);
  module.lazy = name => {
    if (MISSING.includes(name)) throw new Unsupported(`warnings.${name}`);
    return undefined;
  };
  return module;
}
