/**
 * The text that IPython shows for a value, as the notebook behind a chapter does: on one line where it fits, else one
 * item a line. Facts from `IPython.lib.pretty` 8: 79 columns, at most 1000 items, sets sorted, classes by their names.
 * Where its text holds what differs from machine to machine (an address, the file of a module) or what is not known
 * (the signature of a built-in function), an ellipsis stands for that.
 */
import { sortValues } from '../../python/builtins/sorting';
import { PyDict } from '../../python/runtime/dict';
import { baseExceptionClass, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { builtinScope } from '../../python/runtime/globals';
import { drain } from '../../python/runtime/iteration';
import { defineMethods } from '../../python/runtime/native';
import {
  BoundMethod,
  bytesClass,
  dictClass,
  floatClass,
  frozensetClass,
  functionClass,
  intClass,
  listClass,
  NativeFunction,
  nativeClass,
  objectClass,
  PyCallable,
  PyClass,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  rangeClass,
  setClass,
  sliceClass,
  strClass,
  superClass,
  tupleClass,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import {
  address,
  callMethod,
  findAttribute,
  getAttribute,
  indexOf,
  listOf,
  orderStrings,
  repr,
  shownText,
  str,
} from '../../python/runtime/operations';
import { PyFrozenSet, type PySetBase } from '../../python/runtime/set';
import { refuseOrder } from '../../python/runtime/setNotice';
import { splitLines } from '../../python/runtime/text/lines';
import { itemsOf, orderCause } from '../../python/runtime/unordered';
import { vm } from '../../python/runtime/vm';
import { Layout } from './layout';
import { signatureText } from './signature';

const MOST_ITEMS = 1000;

/** How IPython writes a value; raises what the `__repr__` of a value in it raises. */
export function prettyText(value: Value): string {
  const layout = new Layout();
  return shownText(() => {
    new Printer(layout).show(value);
    return layout.finish();
  });
}

/** How a value is written: by the class that says so first in its order, or by its repr. */
type Kind =
  | 'list'
  | 'tuple'
  | 'dict'
  | 'mapping'
  | 'set'
  | 'class'
  | 'function'
  | 'module'
  | 'exception'
  | 'collection'
  | 'pattern'
  | 'super'
  | 'own'
  | 'repr';

class Printer {
  readonly #layout: Layout;
  /** As a `_repr_pretty_` method sees it. */
  #printer: PyPrinter | undefined = undefined;
  /** Values that are being written: one of them inside itself is `...`. */
  readonly #around = new Set<Value>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  show(value: Value): void {
    if (!(value instanceof PyObject)) {
      this.#layout.group('', 0, '', () => this.#lines(repr(value)));
      return;
    }
    const isCycle = this.#around.has(value);
    this.#around.add(value);
    vm.enter();
    try {
      this.#layout.group('', 0, '', () => this.#object(value, isCycle));
    } finally {
      vm.leave();
      if (!isCycle) this.#around.delete(value);
    }
  }

  #object(value: PyObject, isCycle: boolean): void {
    switch (kindOf(value)) {
      case 'list':
        this.#items('[', ']', isCycle ? undefined : (value as PyList).items);
        return;
      case 'tuple': {
        const { items } = value as PyTuple;
        this.#items('(', ')', isCycle ? undefined : items, items.length === 1 ? ',' : '');
        return;
      }
      case 'dict':
        this.#dict('{', '}', () => (value as PyDict).entries(), isCycle);
        return;
      case 'mapping':
        this.#dict('mappingproxy({', '})', () => listOf(callMethod(value, 'items')).map(pairOf), isCycle);
        return;
      case 'set':
        this.#set(value as PySetBase, isCycle);
        return;
      case 'class':
        this.#layout.text(pathOf(value as PyClass));
        return;
      case 'function':
        this.#layout.text(functionText(value));
        return;
      case 'module':
        this.#layout.text(`<module '${(value as PyModule).name}' …>`);
        return;
      case 'exception':
        this.#call(pathOf(value.cls), (value as PyException).args.items);
        return;
      case 'collection':
        this.#collection(value, isCycle);
        return;
      case 'pattern':
        this.#pattern(value);
        return;
      case 'super':
        this.#layout.group('<super: ', 8, '>', () => {
          this.show(getAttribute(value, '__thisclass__'));
          this.#layout.text(',');
          this.#layout.blank();
          this.show(getAttribute(value, '__self__'));
        });
        return;
      case 'own':
        this.#printer ??= new PyPrinter(this, this.#layout);
        callMethod(value, '_repr_pretty_', this.#printer, isCycle);
        return;
      case 'repr':
        this.#repr(value, isCycle);
    }
  }

  /** By its `__repr__`; an object that has none is named by its class alone. */
  #repr(value: PyObject, isCycle: boolean): void {
    const text = repr(value);
    if (text !== `<${pathOf(value.cls)} object at ${address(value)}>`) {
      this.#lines(text);
      return;
    }
    this.#layout.group('<', 1, '>', () => {
      this.show(value.cls);
      this.#layout.text(` at ${address(value)}${isCycle ? ' ...' : ''}`);
    });
  }

  #pattern(value: PyObject): void {
    const flags = indexOf(getAttribute(value, 'flags'));
    const literal = repr(getAttribute(value, 'pattern')).replaceAll('\\\\', '\\');
    this.#arguments('re.compile', [
      () => this.#layout.text(`r${literal}`),
      ...(flags === 0n ? [] : [() => this.#layout.text(flagNames(flags))]),
    ]);
  }

  /** A repr; one of several lines keeps them. */
  #lines(text: string): void {
    const lines = splitLines(text, false);
    this.#layout.group('', 0, '', () => {
      lines.forEach((line, at) => {
        if (at > 0) this.#layout.line();
        this.#layout.text(line);
      });
    });
  }

  /** Items between brackets; undefined where they stand around these. */
  #items(open: string, close: string, items: readonly Value[] | undefined, last = ''): void {
    if (items === undefined) this.#layout.text(`${open}...${close}`);
    else this.#list(open, close, items, item => this.show(item), last);
  }

  #list<T>(open: string, close: string, items: readonly T[], show: (item: T) => void, last = ''): void {
    this.#layout.group(open, open.length, close, () => {
      for (let at = 0; at < items.length && at <= MOST_ITEMS; at++) {
        vm.step();
        if (at > 0) {
          this.#layout.text(',');
          this.#layout.blank();
        }
        if (at === MOST_ITEMS) this.#layout.text('...');
        else show(items[at]!);
      }
      if (last !== '') this.#layout.text(last);
    });
  }

  #dict(open: string, close: string, entries: () => Iterable<readonly [Value, Value]>, isCycle: boolean): void {
    if (isCycle) {
      this.#layout.text('{...}');
      return;
    }
    this.#list(open, close, [...entries()], ([key, item]) => {
      this.show(key);
      this.#layout.text(': ');
      this.show(item);
    });
  }

  #set(value: PySetBase, isCycle: boolean): void {
    if (value.size === 0) {
      this.#layout.text(`${value.cls.name}()`);
      return;
    }
    const [open, close] = value instanceof PyFrozenSet ? ['frozenset({', '})'] : ['{', '}'];
    this.#items(open, close, isCycle ? undefined : sortedItems(value));
  }

  #collection(value: PyObject, isCycle: boolean): void {
    const name = value.cls.name === 'SimpleNamespace' ? 'namespace' : value.cls.name;
    if (isCycle) this.#layout.text(`${name}(...)`);
    else {
      const { args, named } = partsOf(value);
      this.#call(name, args, named);
    }
  }

  /** `name(argument, name=argument)` */
  #call(name: string, args: readonly Value[], named: readonly (readonly [string, Value])[] = []): void {
    this.#arguments(name, [
      ...args.map(value => () => this.show(value)),
      ...named.map(([key, value]) => () => {
        this.#layout.group(`${key}=`, key.length + 1, '', () => this.show(value));
      }),
    ]);
  }

  #arguments(name: string, args: readonly (() => void)[]): void {
    this.#layout.group('', 0, '', () => {
      this.#layout.group(`${name}(`, name.length + 1, ')', () => {
        args.forEach((show, at) => {
          if (at > 0) {
            this.#layout.text(',');
            this.#layout.blank();
          }
          show();
        });
      });
    });
  }
}

const printerClass = nativeClass('RepresentationPrinter', undefined, 'IPython.lib.pretty');
const groupClass = nativeClass('_GeneratorContextManager', undefined, 'contextlib');

/** The printer that `_repr_pretty_(self, p, cycle)` gets. */
class PyPrinter extends PyObject {
  readonly printer: Printer;
  readonly layout: Layout;
  constructor(printer: Printer, layout: Layout) {
    super(printerClass);
    this.printer = printer;
    this.layout = layout;
  }
}

/** What `with p.group(...)` enters. */
class PyGroup extends PyObject {
  readonly begin: () => void;
  readonly end: () => void;
  constructor(begin: () => void, end: () => void) {
    super(groupClass);
    this.begin = begin;
    this.end = end;
  }
}

function textOf(value: Value | undefined, otherwise = ''): string {
  if (value === undefined) return otherwise;
  if (typeof value === 'string') return value;
  throw raise('TypeError', `expected text for the printer, got ${repr(value)}`);
}

const columns = (value: Value | undefined): number => (value === undefined ? 0 : Number(indexOf(value)));

const done = (step: () => void): null => {
  step();
  return null;
};

defineMethods(printerClass, {
  'text(obj)': ({ layout }: PyPrinter, text: Value) => done(() => layout.text(textOf(text))),
  "breakable(sep=' ')": ({ layout }: PyPrinter, sep?: Value) => done(() => layout.blank(textOf(sep, ' '))),
  'break_()': ({ layout }: PyPrinter) => done(() => layout.line()),
  'pretty(obj)': ({ printer }: PyPrinter, value: Value) => done(() => printer.show(value)),
  "begin_group(indent=0, open='')": ({ layout }: PyPrinter, indent?: Value, open?: Value) =>
    done(() => layout.begin(textOf(open), columns(indent))),
  "end_group(dedent=0, close='')": ({ layout }: PyPrinter, dedent?: Value, close?: Value) =>
    done(() => layout.end(columns(dedent), textOf(close))),
  "group(indent=0, open='', close='')": ({ layout }: PyPrinter, indent?: Value, open?: Value, close?: Value) =>
    new PyGroup(
      () => layout.begin(textOf(open), columns(indent)),
      () => layout.end(columns(indent), textOf(close)),
    ),
  '__getattr__(name, /)': (_: PyPrinter, name: Value) => {
    throw new Unsupported(`RepresentationPrinter.${str(name)}`);
  },
});
defineMethods(groupClass, {
  '__enter__()': (group: PyGroup) => done(group.begin),
  '__exit__(kind=None, value=None, traceback=None)': (group: PyGroup) => done(group.end),
});

const COLLECTIONS: ReadonlySet<string> = new Set([
  ...['collections.OrderedDict', 'collections.defaultdict', 'collections.Counter', 'collections.deque'],
  ...['collections.UserList', 'types.SimpleNamespace'],
]);

/** True for a value that IPython writes by its type, whatever text the value offers. */
export function hasOwnPrinter(value: PyObject): boolean {
  const kind = kindOf(value);
  return kind !== 'repr' && kind !== 'own' && kind !== 'module' ? true : value.cls.mro.some(cls => PRINTED.has(cls));
}

const PRINTED: ReadonlySet<PyClass> = new Set([intClass, floatClass, strClass, bytesClass, rangeClass, sliceClass]);

function kindOf(value: PyObject): Kind {
  if (value instanceof PyClass) return value.cls.lookup('__repr__') === typeClass.lookup('__repr__') ? 'class' : 'repr';
  if (value instanceof PyModule) return 'module';
  if (value instanceof NativeFunction) return value.of === undefined ? 'function' : 'repr';
  if (value instanceof PyCallable) return 'function';
  if (value instanceof BoundMethod) return value.func instanceof NativeFunction ? 'function' : 'repr';
  return kindOfInstance(value);
}

/** By the first class in its order of resolution that says how its instances are written. */
function kindOfInstance(value: PyObject): Kind {
  for (const cls of value.cls.mro) {
    if (cls === objectClass) return 'repr';
    const known = BY_CLASS.get(cls);
    if (known !== undefined) return known;
    const path = `${cls.module}.${cls.name}`;
    if (COLLECTIONS.has(path)) return 'collection';
    if (path === 're.Pattern') return 'pattern';
    if (path === 'builtins.mappingproxy') return 'mapping';
    if (cls.attrs.has('_repr_pretty_')) return 'own';
    // Of exceptions, groups included, the library's own `__repr__` is that of the base class.
    if (cls.native ? !(value instanceof PyException) : cls.attrs.has('__repr__')) return 'repr';
  }
  return 'repr';
}

const BY_CLASS: ReadonlyMap<PyClass, Kind> = new Map([
  [listClass, 'list'],
  [tupleClass, 'tuple'],
  [dictClass, 'dict'],
  [setClass, 'set'],
  [frozensetClass, 'set'],
  [superClass, 'super'],
  [functionClass, 'function'],
  [baseExceptionClass, 'exception'],
]);

function pathOf(cls: PyClass): string {
  return cls.module === 'builtins' ? cls.qualname : `${cls.module}.${cls.qualname}`;
}

/** With the parameters of a function that is written in Python; of others we know a name at best. */
function functionText(value: PyObject): string {
  const own = signatureText(value);
  const func = value instanceof BoundMethod ? value.func : value;
  if (func instanceof NativeFunction && own === undefined) {
    const isBuiltin = func.of?.module === 'builtins' || builtinScope.names.get(func.name) === func;
    return isBuiltin ? `<function ${str(getAttribute(value, '__qualname__'))}(…)>` : '<function …>';
  }
  const name = str(getAttribute(value, '__qualname__'));
  const module = getAttribute(value, '__module__');
  const path = typeof module !== 'string' || module === 'builtins' ? name : `${module}.${name}`;
  return `<function ${path}${own ?? '(…)'}>`;
}

const FLAGS = [
  ['IGNORECASE', 2n],
  ['LOCALE', 4n],
  ['MULTILINE', 8n],
  ['DOTALL', 16n],
  ['UNICODE', 32n],
  ['VERBOSE', 64n],
] as const;

const flagNames = (flags: bigint): string =>
  FLAGS.filter(([, bit]) => (flags & bit) !== 0n)
    .map(([name]) => `re.${name}`)
    .join('|');

const pairOf = (pair: Value): readonly [Value, Value] => (pair as PyTuple).items as [Value, Value];

/** In order; where they have none, in that of their texts. More than are shown stay as they are. */
function sortedItems(value: PySetBase): readonly Value[] {
  const cause = orderCause(value);
  const items = cause === undefined ? listOf(value) : drain(itemsOf(value));
  if (items.length >= MOST_ITEMS && cause !== undefined) refuseOrder(cause);
  if (items.length >= MOST_ITEMS) return items;
  try {
    return sortValues(items, undefined, undefined, cause);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const texts = items.map(item => ({ item, text: str(item) }));
    return texts.sort((a, b) => orderStrings(a.text, b.text)).map(({ item }) => item);
  }
}

interface Parts {
  readonly args: readonly Value[];
  readonly named?: readonly (readonly [string, Value])[];
}

/** What a collection is made of, as its constructor takes it. */
function partsOf(value: PyObject): Parts {
  if (value instanceof PyDict) {
    const entries = [...value.entries()];
    if (value.cls.name === 'OrderedDict' && entries.length > 0)
      return { args: [new PyList(entries.map(entry => new PyTuple([...entry])))] };
    if (value.cls.name === 'defaultdict')
      return { args: [getAttribute(value, 'default_factory'), PyDict.from(entries)] };
    if (entries.length === 0) return { args: [] };
    const counts = listOf(callMethod(value, 'most_common')).map(pairOf);
    return { args: [PyDict.from(counts)] };
  }
  if (value.cls.name === 'SimpleNamespace') return { args: [], named: [...(value.attrs ?? [])] };
  const data = findAttribute(value, 'data');
  if (data !== undefined) return { args: [data] };
  const limit = getAttribute(value, 'maxlen');
  return { args: [new PyList([...listOf(value)])], named: limit === null ? [] : [['maxlen', limit]] };
}
