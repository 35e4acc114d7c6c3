/**
 * The text that IPython shows for a value, as the notebook behind a chapter does: on one line where it fits, else one
 * item a line. Facts from `IPython.lib.pretty` 8: 79 columns, at most 1000 items, sets sorted, classes by their names.
 * Where its text holds an address or a signature, an ellipsis stands for that.
 */
import { sortValues } from '../python/builtins/sorting';
import { PyDict } from '../python/runtime/dict';
import { baseExceptionClass, PyError, PyException } from '../python/runtime/errors';
import {
  BoundMethod,
  dictClass,
  frozensetClass,
  listClass,
  NativeFunction,
  objectClass,
  PyCallable,
  PyClass,
  PyList,
  PyObject,
  PyTuple,
  setClass,
  tupleClass,
  typeClass,
  type Value,
} from '../python/runtime/objects';
import { callMethod, getAttribute, listOf, orderStrings, repr, str } from '../python/runtime/operations';
import { PyFrozenSet, type PySetBase } from '../python/runtime/set';
import { vm } from '../python/runtime/vm';

/** As our own reprs have it. */
const ADDRESS = / at 0x7f[\da-f]{10}>/g;
const WIDTH = 79;
const MOST_ITEMS = 1000;

/** Items between brackets, which break all together or not at all. */
interface Group {
  readonly depth: number;
  /** Places of it that are still undecided. */
  open: number;
  broken: boolean;
}

/** A place where the line may end, with the group that decides. */
interface Break {
  readonly group: Group;
  readonly indent: number;
}

/** Puts text together as it comes; whatever does not fit makes the outermost group that is undecided break. */
class Layout {
  #done = '';
  /** Columns of the last line of `#done`. */
  #column = 0;
  /** What follows it: texts, and places that are undecided. */
  #pending: (string | Break)[] = [];
  #width = 0;
  #indent = 0;
  readonly #stack: Group[] = [{ depth: 0, open: 0, broken: false }];
  /** Groups that may break, by depth. */
  readonly #queue: Group[][] = [[]];

  text(text: string): void {
    vm.work(text.length);
    if (this.#pending.length === 0) {
      this.#done += text;
      this.#column += text.length;
      return;
    }
    this.#pending.push(text);
    this.#width += text.length;
    this.#fit();
  }

  /** A blank, or the end of the line. */
  blank(): void {
    const group = this.#stack.at(-1)!;
    if (group.broken) {
      this.#flush();
      this.#endLine(this.#indent);
      return;
    }
    group.open++;
    this.#pending.push({ group, indent: this.#indent });
    this.#width++;
    this.#fit();
  }

  /** The end of the line, whatever stands there; the outermost group breaks with it. */
  line(): void {
    const group = this.#outermost();
    if (group !== undefined) this.#break(group);
    this.#flush();
    this.#endLine(this.#indent);
  }

  group(open: string, indent: number, close: string, inside: () => void): void {
    if (open !== '') this.text(open);
    const depth = this.#stack.at(-1)!.depth + 1;
    const group: Group = { depth, open: 0, broken: false };
    this.#stack.push(group);
    while (this.#queue.length <= depth) this.#queue.push([]);
    this.#queue[depth]!.push(group);
    this.#indent += indent;
    inside();
    this.#indent -= indent;
    this.#stack.pop();
    if (group.open === 0) this.#forget(group);
    if (close !== '') this.text(close);
  }

  finish(): string {
    this.#flush();
    return this.#done;
  }

  #endLine(indent: number): void {
    this.#done += `\n${' '.repeat(indent)}`;
    this.#column = indent;
  }

  /** Breaks groups until the line is short enough. */
  #fit(): void {
    while (WIDTH < this.#column + this.#width) {
      const group = this.#outermost();
      if (group === undefined) return;
      this.#break(group);
    }
  }

  #break(group: Group): void {
    while (group.open > 0) this.#putFirst();
    while (typeof this.#pending[0] === 'string') this.#putFirst();
  }

  /**
   * The outermost group that has undecided places, the last of its depth; it breaks from here on. IPython then drops the
   * group that stands as far from the start of the queue as this one from its end, and so do we.
   */
  #outermost(): Group | undefined {
    for (const groups of this.#queue) {
      for (let at = groups.length - 1; at >= 0; at--) {
        const group = groups[at]!;
        if (group.open === 0) continue;
        groups.splice(groups.length - 1 - at, 1);
        group.broken = true;
        return group;
      }
      for (const group of groups) group.broken = true;
      groups.length = 0;
    }
    return undefined;
  }

  #putFirst(): void {
    const first = this.#pending.shift()!;
    if (typeof first === 'string') {
      this.#done += first;
      this.#column += first.length;
      this.#width -= first.length;
      return;
    }
    const { group, indent } = first;
    group.open--;
    this.#width--;
    if (group.broken) {
      this.#endLine(indent);
      return;
    }
    if (group.open === 0) this.#forget(group);
    this.#done += ' ';
    this.#column++;
  }

  #flush(): void {
    while (this.#pending.length > 0) this.#putFirst();
    this.#width = 0;
  }

  #forget(group: Group): void {
    const groups = this.#queue[group.depth]!;
    const at = groups.indexOf(group);
    if (at >= 0) groups.splice(at, 1);
  }
}

/** How IPython writes a value; raises what the `__repr__` of a value in it raises. */
export function prettyText(value: Value): string {
  const layout = new Layout();
  new Printer(layout).show(value);
  return layout.finish();
}

/** How a value is written: by the class that says so first in its order, or by its repr. */
type Kind = 'list' | 'tuple' | 'dict' | 'set' | 'class' | 'function' | 'exception' | 'collection' | 'object' | 'repr';

class Printer {
  readonly #layout: Layout;
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
        this.#dict(value as PyDict, isCycle);
        return;
      case 'set':
        this.#set(value as PySetBase, isCycle);
        return;
      case 'class':
        this.#layout.text(pathOf(value as PyClass));
        return;
      case 'function':
        this.#layout.text(`<function ${functionPath(value)}(…)>`);
        return;
      case 'exception':
        this.#call(pathOf(value.cls), (value as PyException).args.items);
        return;
      case 'collection':
        this.#collection(value, isCycle);
        return;
      case 'object':
        this.#layout.text(`<${pathOf(value.cls)} at 0x…>`);
        return;
      case 'repr':
        this.#lines(repr(value));
    }
  }

  /** A repr; one of several lines keeps them. */
  #lines(text: string): void {
    const lines = text.replace(ADDRESS, ' at 0x…>').split('\n');
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

  #dict(value: PyDict, isCycle: boolean): void {
    if (isCycle) {
      this.#layout.text('{...}');
      return;
    }
    this.#list('{', '}', [...value.entries()], ([key, item]) => {
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

  /** `name(arguments, name=argument)` */
  #call(name: string, args: readonly Value[], named: readonly (readonly [string, Value])[] = []): void {
    const all = [
      ...args.map(value => ['', value] as const),
      ...named.map(([key, value]) => [`${key}=`, value] as const),
    ];
    this.#list(`${name}(`, ')', all, ([label, value]) => {
      if (label === '') this.show(value);
      else this.#layout.group(label, label.length, '', () => this.show(value));
    });
  }
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  ...['collections.OrderedDict', 'collections.defaultdict', 'collections.Counter', 'collections.deque'],
  'types.SimpleNamespace',
]);

function kindOf(value: PyObject): Kind {
  if (value instanceof PyClass) return value.cls.lookup('__repr__') === typeClass.lookup('__repr__') ? 'class' : 'repr';
  if (value instanceof PyCallable || value instanceof NativeFunction) return 'function';
  if (value instanceof BoundMethod && value.func instanceof NativeFunction) return 'function';
  for (const cls of value.cls.mro) {
    if (cls === objectClass) return 'object';
    if (COLLECTIONS.has(`${cls.module}.${cls.name}`)) return 'collection';
    if (cls === listClass) return 'list';
    if (cls === tupleClass) return 'tuple';
    if (cls === dictClass) return 'dict';
    if (cls === setClass || cls === frozensetClass) return 'set';
    if (cls === baseExceptionClass) return 'exception';
    if (cls.attrs.has('__repr__') || (cls.native && !(value instanceof PyException))) return 'repr';
  }
  return 'repr';
}

function pathOf(cls: PyClass): string {
  return cls.module === 'builtins' ? cls.qualname : `${cls.module}.${cls.qualname}`;
}

function functionPath(value: PyObject): string {
  const name = str(getAttribute(value, '__qualname__'));
  const module = getAttribute(value, '__module__');
  return typeof module !== 'string' || module === 'builtins' ? name : `${module}.${name}`;
}

/** In order; where they have none, in that of their texts. More than are shown stay as they are. */
function sortedItems(value: PySetBase): readonly Value[] {
  const items = listOf(value);
  if (items.length >= MOST_ITEMS) return items;
  try {
    return sortValues(items, undefined, undefined);
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
    if (value.cls.name === 'OrderedDict') return { args: [new PyList(entries.map(entry => new PyTuple([...entry])))] };
    if (value.cls.name === 'defaultdict')
      return { args: [getAttribute(value, 'default_factory'), PyDict.from(entries)] };
    if (entries.length === 0) return { args: [] };
    const counts = listOf(callMethod(value, 'most_common')).map(pair => (pair as PyTuple).items as [Value, Value]);
    return { args: [PyDict.from(counts)] };
  }
  if (value.cls.name === 'SimpleNamespace') return { args: [], named: [...(value.attrs ?? [])] };
  const limit = getAttribute(value, 'maxlen');
  return { args: [new PyList([...listOf(value)])], named: limit === null ? [] : [['maxlen', limit]] };
}
