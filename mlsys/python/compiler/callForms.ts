/** Calls that do more than their function's name says of any call: seen from their form. */
import { BUILTINS } from '../runtime/builtinNames';
import { MAIN, RUNS_TEXT, TO_NAMES } from '../runtime/namespaceNames';
import type { Expression, Statement } from '../syntax/ast';
import { changesNumberDisplay } from '../syntax/magic';
import type { AttributeUse } from './sites';

type Call = Extract<Expression, { kind: 'Call' }>;

/** Functions that lead to the names of a module, unless they are called by these names. */
const NAMING = new Set(['globals', 'exec', 'eval']);

/** True for what leads to the names of a module in ways that nobody follows: `f.__globals__`, `builtins.exec`, `globals` handed on. */
export function givesNamespace(node: Expression): boolean {
  if (node.kind === 'Name') return NAMING.has(node.id);
  return node.kind === 'Attribute' && TO_NAMES.has(node.attr.name);
}

/** Attributes that give names of the chapter where their object is `sys`, `builtins` or the kernel's shell. */
const OF_HOLDERS = new Set([
  ...[...NAMING, ...RUNS_TEXT, '__dict__', 'modules', '_current_frames'],
  ...['run_code', 'safe_execfile_ipy', 'reset', 'del_var', 'drop_by_id'],
]);

export function isNamespaceAttribute(name: string): boolean {
  return OF_HOLDERS.has(name);
}

/** True for a call that is told the name of the chapter's own module, or of what leads to its names: `attrgetter("__globals__")`. */
export function namesNamespace({ func, args }: Call): boolean {
  const called = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  return args.some(arg => {
    if (arg.kind === 'Name') return arg.id === '__name__' && (called === 'import_module' || called === '__import__');
    if (arg.kind !== 'Constant' || typeof arg.value !== 'string') return false;
    return arg.value === MAIN || TO_NAMES.has(arg.value);
  });
}

/** True for an import of the chapter's own module, of `builtins`, or of what gives names from `sys`. */
export function importsNames(node: Extract<Statement, { kind: 'Import' | 'ImportFrom' }>): boolean {
  const names = node.names.map(({ name }) => name.name);
  if (node.kind === 'Import') return names.some(name => name === MAIN || name === BUILTINS);
  const from = node.module?.name;
  if (from !== 'sys' && from !== BUILTINS) return from === MAIN;
  return names.some(name => name === '*' || OF_HOLDERS.has(name));
}

/** True for a call that makes a class as a class statement does. */
export function makesClass({ func, args }: Call): boolean {
  if (func.kind === 'Name' && func.id === 'type') return args.length === 3;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  return ['new_class', 'make_dataclass', 'create_model'].includes(name);
}

/** True for a call of a magic by its name that changes how floats are displayed. */
export function callsNumberDisplay(func: Expression, args: readonly Expression[]): boolean {
  if (func.kind !== 'Attribute' || (func.attr.name !== 'run_line_magic' && func.attr.name !== 'magic')) return false;
  const texts = args.map(arg => (arg.kind === 'Constant' && typeof arg.value === 'string' ? arg.value : ''));
  return changesNumberDisplay(`%${texts.join(' ').replace(/^%/, '')}`);
}

/** Functions that are told the name of an attribute. */
const BY_NAME = new Set(['getattr', 'setattr', 'delattr', 'hasattr']);

/** The attribute that `getattr(x, "name")` and its kin use. */
export function attributeByName({ func, args: [object, name] }: Call): AttributeUse | undefined {
  if (func.kind !== 'Name' || !BY_NAME.has(func.id) || object === undefined || name?.kind !== 'Constant')
    return undefined;
  return typeof name.value === 'string' ? { object, name: name.value, called: func.id !== 'getattr' } : undefined;
}

/** Functions that take the keys of a mapping, and methods that give no more, or take a key. */
const OF_KEYS = new Set(['list', 'tuple', 'set', 'frozenset', 'sorted', 'len', 'bool', 'any', 'iter']);
const WITH_KEY = new Set(['get', 'pop', '__contains__', '__delitem__']);

/** Attributes within a node of which it takes keys alone, or what stands under a name that is not the chapter's. */
export function searchedIn(node: Expression | Statement): readonly Expression[] {
  switch (node.kind) {
    case 'Compare':
      return node.comparators.filter((_, at) => node.ops[at] === 'in' || node.ops[at] === 'not in');
    case 'For':
      return [node.iter];
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return node.generators.map(({ iter }) => iter);
    case 'Subscript':
      return isOther(node.index) ? [node.value] : [];
    case 'Assign':
    case 'Delete':
      return node.targets.flatMap(target => (target.kind === 'Subscript' ? [target.value] : []));
    case 'Call': {
      const { func, args } = node;
      if (func.kind === 'Name') return OF_KEYS.has(func.id) ? args : [];
      if (func.kind !== 'Attribute') return [];
      const isKnown = func.attr.name === 'keys' || (WITH_KEY.has(func.attr.name) && isOther(args[0]));
      return isKnown ? [func.value] : [];
    }
    default:
      return [];
  }
}

function isOther(key: Expression | undefined): boolean {
  return key?.kind === 'Constant' && typeof key.value === 'string' && key.value !== MAIN;
}
