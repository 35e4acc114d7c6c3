/** Calls that do more than their function's name says of any call: seen from their form. */
import type { Expression, Statement } from '../syntax/ast';
import { changesNumberDisplay } from '../syntax/magic';
import type { AttributeUse } from './facts';

type Call = Extract<Expression, { kind: 'Call' }>;

/** Attributes that lead to the names of a module or of the kernel. */
const TO_NAMES = new Set(['__globals__', 'f_globals', 'f_locals', 'user_ns', 'user_global_ns', 'run_cell']);
/** Functions that do, unless they are called by these names. */
const NAMING = new Set(['globals', 'exec', 'eval']);

/** True for what leads to the names of a module in ways that nobody follows: `f.__globals__`, `builtins.exec`, `globals` handed on. */
export function givesNamespace(node: Expression): boolean {
  if (node.kind === 'Name') return NAMING.has(node.id);
  if (node.kind !== 'Attribute') return false;
  if (TO_NAMES.has(node.attr.name)) return true;
  const { value } = node;
  return value.kind === 'Name' && /^(__)?builtins(__)?$/.test(value.id) && NAMING.has(node.attr.name);
}

/** True for the name under which the chapter itself is a module. */
export function namesMain(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === '__main__';
}

/** True for `import __main__` and `from __main__ import ...`. */
export function importsMain(node: Extract<Statement, { kind: 'Import' | 'ImportFrom' }>): boolean {
  if (node.kind === 'Import') return node.names.some(({ name }) => name.name === '__main__');
  return node.module?.name === '__main__';
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
