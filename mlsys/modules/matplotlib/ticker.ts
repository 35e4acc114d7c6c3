/** `matplotlib.ticker`: where ticks stand and how they read. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import {
  NativeFunction,
  nativeClass,
  type PyClass,
  PyModule,
  PyObject,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { binary, call, getAttribute, listOf, str, toFloat, truth } from '../../python/runtime/operations';
import { evenly, fixed, multiples, niceTicks } from './locators';
import type { AxisModel, TickFormat, TickLocator } from './model';
import { arrayOf, numbersOf, Options } from './options';

export type Locator = { readonly kind: 'auto' } | NonNullable<AxisModel['minor']>;

class PyLocator extends PyObject {
  readonly locator: Locator;
  constructor(cls: PyClass, locator: Locator) {
    super(cls);
    this.locator = locator;
  }
}

export type Formatter = TickFormat | { readonly kind: 'call'; readonly function: Value };

class PyFormatter extends PyObject {
  readonly formatter: Formatter;
  constructor(cls: PyClass, formatter: Formatter) {
    super(cls);
    this.formatter = formatter;
  }
}

const locatorClass = nativeClass('Locator', undefined, 'matplotlib.ticker');
const formatterClass = nativeClass('Formatter', undefined, 'matplotlib.ticker');

defineMethods(locatorClass, {
  'tick_values(vmin, vmax)': (self: PyLocator, low: Value, high: Value) => {
    const { locator } = self;
    const [from, to] = [toFloat(low), toFloat(high)];
    if (locator.kind === 'fixed') return arrayOf(fixed(locator.at, locator.bins));
    if (locator.kind === 'count' && locator.count !== undefined)
      return arrayOf(niceTicks(from, to, { ...locator, bins: locator.count }));
    if (locator.kind === 'multiple') return arrayOf(multiples(from, to, locator.base, locator.offset));
    if (locator.kind === 'even') return arrayOf(evenly(from, to, locator.count));
    throw new Unsupported(`${self.cls.name}.tick_values`);
  },
});

defineMethods(formatterClass, {
  '__call__(x, pos=None)': (self: PyFormatter, x: Value, pos: Value | undefined) => {
    const { formatter } = self;
    if (formatter.kind === 'call') return call(formatter.function, [x, pos ?? null]);
    if (formatter.kind === 'null') return '';
    throw new Unsupported(`calling a ${self.cls.name}`);
  },
});

/** A class of locators, by its name. */
export function locatorType(
  name: string,
  signature: string,
  make: (...args: (Value | undefined)[]) => Locator,
  module = 'matplotlib.ticker',
): [string, Value] {
  const cls = nativeClass(name, [locatorClass], module);
  defineConstructor(
    cls,
    `${name}(${signature})`,
    (made: PyClass, ...args: (Value | undefined)[]) => new PyLocator(made, make(...args)),
  );
  return [name, cls];
}

/** A class of formatters, by its name. */
export function formatterType(
  name: string,
  signature: string,
  make: (...args: (Value | undefined)[]) => Formatter,
  module = 'matplotlib.ticker',
): [string, Value] {
  const cls = nativeClass(name, [formatterClass], module);
  defineConstructor(
    cls,
    `${name}(${signature})`,
    (made: PyClass, ...args: (Value | undefined)[]) => new PyFormatter(made, make(...args)),
  );
  return [name, cls];
}

const optional = (value: Value | undefined): number | undefined =>
  value === undefined || value === null ? undefined : toFloat(value);

/** A formatter that calls Python: `'{x:,.0f}'` and `'%d'` are written by Python's own rules. */
function calling(name: string, write: (value: Value) => Value): Formatter {
  return { kind: 'call', function: new NativeFunction(name, args => write(args[0]!)) };
}

const braces = (text: string): Formatter =>
  calling('format', value =>
    call(
      getAttribute(text, 'format'),
      [],
      new Map<string, Value>([
        ['x', value],
        ['pos', null],
      ]),
    ),
  );

const MEMBERS: readonly [string, Value][] = [
  ['Locator', locatorClass],
  ['Formatter', formatterClass],
  locatorType('AutoLocator', '', () => ({ kind: 'auto' })),
  locatorType('AutoMinorLocator', 'n=None', parts => ({ kind: 'split', parts: optional(parts) })),
  locatorType('NullLocator', '', () => ({ kind: 'none' })),
  locatorType('FixedLocator', 'locs, nbins=None', (at, bins) => ({
    kind: 'fixed',
    at: numbersOf(at!),
    ...(optional(bins) === undefined ? {} : { bins: optional(bins)! }),
  })),
  locatorType('MultipleLocator', 'base=1.0, offset=0.0', (base, offset) => ({
    kind: 'multiple',
    base: optional(base) ?? 1,
    offset: optional(offset) ?? 0,
  })),
  locatorType('MaxNLocator', 'nbins=None, **kwargs', (count, keywords) => {
    const options = new Options(keywords as unknown as ReadonlyMap<string, Value>);
    const steps = options.take('steps');
    const prune = options.take('prune');
    const made: TickLocator = {
      kind: 'count',
      ...(count === 'auto' ? {} : { count: count === undefined || count === null ? 10 : toFloat(count) }),
      ...(steps === undefined || steps === null ? {} : { steps: stepsOf(numbersOf(steps)) }),
      ...(typeof prune === 'string' ? { prune } : {}),
      integer: options.flag(false, 'integer'),
      fewest: options.number(2, 'min_n_ticks'),
    };
    options.take('symmetric');
    return made;
  }),
  locatorType('LinearLocator', 'numticks=None', count => ({ kind: 'even', count: optional(count) ?? 11 })),
  locatorType('LogLocator', 'base=10.0, subs=(1.0,), numticks=None', (base, subs) => ({
    kind: 'log',
    base: optional(base) ?? 10,
    ...(subs === undefined || subs === null || typeof subs === 'string' ? {} : { subs: numbersOf(subs) }),
  })),
  formatterType('NullFormatter', '', () => ({ kind: 'null' })),
  formatterType('ScalarFormatter', '**kwargs', () => ({ kind: 'scalar' })),
  formatterType('LogFormatter', '**kwargs', () => ({ kind: 'scalar' })),
  formatterType('LogFormatterSciNotation', '**kwargs', () => ({ kind: 'auto' })),
  formatterType('LogFormatterMathtext', '**kwargs', () => ({ kind: 'auto' })),
  formatterType('FuncFormatter', 'func', func => ({ kind: 'call', function: func! })),
  formatterType('FixedFormatter', 'seq', texts => ({ kind: 'format', texts: textsOf(texts!) })),
  formatterType('StrMethodFormatter', 'fmt', text => braces(textOf(text))),
  formatterType('FormatStrFormatter', 'fmt', text => calling('format', value => binary('%', textOf(text), value))),
  formatterType('PercentFormatter', 'xmax=100, decimals=None, symbol="%", is_latex=False', (max, decimals, symbol) => ({
    kind: 'percent',
    max: optional(max) ?? 100,
    decimals: optional(decimals),
    symbol: symbol === undefined ? '%' : symbol === null ? '' : str(symbol),
  })),
  formatterType('EngFormatter', 'unit="", places=None, sep=" "', (unit, places) => ({
    kind: 'engineering',
    unit: unit === undefined ? '' : str(unit),
    places: optional(places),
  })),
];

/** Steps from 1 to 10, as matplotlib fills them up. */
function stepsOf(steps: readonly number[]): readonly number[] {
  return [...(steps[0] === 1 ? [] : [1]), ...steps, ...(steps.at(-1) === 10 ? [] : [10])];
}

function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw raise('TypeError', 'a format must be a str');
}

function textsOf(value: Value): string[] {
  return listOf(value).map(each => str(each));
}

/** What a locator object or a list stands for. */
export function describeLocator(value: Value): Locator {
  if (value instanceof PyLocator) return value.locator;
  throw new Unsupported(`a locator of class ${typeOf(value).name}`);
}

/** What a formatter stands for: an object of this module, a format text, or a function. */
export function describeFormatter(value: Value): Formatter {
  if (value instanceof PyFormatter) return value.formatter;
  if (typeof value === 'string') return braces(value);
  if (value !== null && typeof value === 'object' && truth(value)) return { kind: 'call', function: value };
  throw raise('TypeError', `${typeOf(value).name} is no formatter`);
}

export function loadTicker(): PyModule {
  return new PyModule('matplotlib.ticker', new Map(MEMBERS));
}
