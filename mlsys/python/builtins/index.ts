/** The built-in namespace: what names mean that no cell and no module has bound. */
import { MAIN } from '../runtime/namespaceNames';
import './ints';
import './floats';
import './strings';
import './texts';
import './sequences';
import './slices';
import './dicts';
import './dictViews';
import './sets';
import './bytes';
import { builtinModule } from '../../modules/registry';
import { call } from '../runtime/calls';
import { builtinExceptions, Unsupported } from '../runtime/errors';
import { defineMethods, fn } from '../runtime/native';
import { markOutput, prints } from '../runtime/nativeEffects';
import {
  boolClass,
  bytearrayClass,
  bytesClass,
  classmethodClass,
  complexClass,
  dictClass,
  Ellipsis,
  ellipsisClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  NativeFunction,
  NotImplemented,
  noneClass,
  notImplementedClass,
  objectClass,
  type PyClass,
  type PyTuple,
  propertyClass,
  rangeClass,
  setClass,
  sliceClass,
  staticmethodClass,
  strClass,
  superClass,
  tupleClass,
  typeClass,
  type Value,
} from '../runtime/objects';
import { valueFunctions } from './functions';
import { iterationFunctions, iteratorClasses } from './iterators';

const CLASSES: readonly PyClass[] = [
  boolClass,
  bytearrayClass,
  bytesClass,
  classmethodClass,
  complexClass,
  dictClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  objectClass,
  propertyClass,
  rangeClass,
  setClass,
  sliceClass,
  staticmethodClass,
  strClass,
  superClass,
  tupleClass,
  typeClass,
  ...iteratorClasses,
];

/** What a cell may not do, and what to do instead. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['eval', 'write the expression itself'],
  ['exec', 'write the statements themselves'],
  ['compile', 'write the code itself'],
  ['input', 'cells have no input'],
  ['__import__', 'use an import statement'],
  ['breakpoint', 'cells have no debugger'],
  ['memoryview', 'use bytes'],
  ['aiter', 'cells are not asynchronous'],
  ['anext', 'cells are not asynchronous'],
  ['help', 'hover over the name instead'],
  ['exit', 'let the cell end'],
  ['quit', 'let the cell end'],
  ['globals', 'name the variable itself'],
  ['locals', 'name the variable itself'],
];

/** What `__import__` gives: the first part of a dotted name; the chapter itself where that is not known. */
function importedTop(name: Value): string {
  return typeof name === 'string' ? name.split('.', 1)[0]! : MAIN;
}

function refused(name: string, advice: string): NativeFunction {
  return fn(`${name}(*args, **kwargs)`, (given: PyTuple) => {
    if (prints(name)) markOutput();
    const error = new Unsupported(`${name}()`, advice);
    if (name === '__import__') error.path = importedTop(given.items[0] ?? null);
    throw error;
  });
}

defineMethods(noneClass, {
  '__repr__()': () => 'None',
  '__bool__()': () => false,
});
defineMethods(ellipsisClass, { '__repr__()': () => 'Ellipsis' });
defineMethods(notImplementedClass, { '__repr__()': () => 'NotImplemented' });

/** `io.open`: its module loads on its first use. */
const open = new NativeFunction('open', (args, keywords) =>
  call(builtinModule('io')!.attrs.get('open')!, args, keywords),
);

function makeNamespace(): ReadonlyMap<string, Value> {
  const namespace = new Map<string, Value>();
  for (const cls of CLASSES) namespace.set(cls.name, cls);
  for (const [name, cls] of builtinExceptions()) namespace.set(name, cls);
  for (const one of [...valueFunctions, ...iterationFunctions]) namespace.set(one.name, one);
  namespace.set('open', open);
  for (const [name, advice] of REFUSED) namespace.set(name, refused(name, advice));
  namespace.set('NotImplemented', NotImplemented);
  namespace.set('Ellipsis', Ellipsis);
  namespace.set('__debug__', true);
  for (const [name, value] of further()) namespace.set(name, value);
  return namespace;
}

let namespace: ReadonlyMap<string, Value> | undefined;
/** Names that IPython adds while a cell runs. */
let further: () => Iterable<readonly [string, Value]> = () => [];

/** Gives cells further built-in names; to be called before any code runs. */
export function addBuiltins(make: typeof further): void {
  further = make;
  namespace = undefined;
}

/** All built-in names; shared and never changed. */
export function builtins(): ReadonlyMap<string, Value> {
  namespace ??= makeNamespace();
  return namespace;
}
