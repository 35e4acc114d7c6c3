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
import { niceTicks } from './limits';
import type { AxisModel, TickFormat } from './model';
import { arrayOf, numbersOf } from './options';

export type Locator =
  | { readonly kind: 'auto' }
  | { readonly kind: 'fixed'; readonly at: readonly number[] }
  | NonNullable<AxisModel['locator']>;

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
    if (locator.kind === 'fixed') return arrayOf(locator.at);
    if (locator.kind === 'count') return arrayOf(niceTicks(toFloat(low), toFloat(high), locator.count));
    throw new Unsupported(`${self.cls.name}.tick_values`);
  },
});

function locatorType(
  name: string,
  signature: string,
  make: (...args: (Value | undefined)[]) => Locator,
): [string, Value] {
  const cls = nativeClass(name, [locatorClass], 'matplotlib.ticker');
  defineConstructor(
    cls,
    `${name}(${signature})`,
    (made: PyClass, ...args: (Value | undefined)[]) => new PyLocator(made, make(...args)),
  );
  return [name, cls];
}

function formatterType(
  name: string,
  signature: string,
  make: (...args: (Value | undefined)[]) => Formatter,
): [string, Value] {
  const cls = nativeClass(name, [formatterClass], 'matplotlib.ticker');
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
  locatorType('AutoMinorLocator', 'n=None', () => ({ kind: 'auto' })),
  locatorType('NullLocator', '', () => ({ kind: 'fixed', at: [] })),
  locatorType('FixedLocator', 'locs, nbins=None', at => ({ kind: 'fixed', at: numbersOf(at!) })),
  locatorType('MultipleLocator', 'base=1.0, offset=0.0', base => ({ kind: 'multiple', base: optional(base) ?? 1 })),
  locatorType('MaxNLocator', 'nbins=None, **kwargs', count => ({
    kind: 'count',
    count: count === undefined || count === null || typeof count === 'string' ? 9 : toFloat(count),
  })),
  locatorType('LinearLocator', 'numticks=None', count => ({ kind: 'count', count: (optional(count) ?? 11) - 1 })),
  locatorType('LogLocator', 'base=10.0, subs=(1.0,), numticks=None', base => ({
    kind: 'log',
    base: optional(base) ?? 10,
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
