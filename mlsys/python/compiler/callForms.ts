/** Calls that do more than their function's name says of any call: seen from their form. */
import type { Expression } from '../syntax/ast';
import { changesNumberDisplay } from '../syntax/magic';
import type { AttributeUse } from './facts';

type Call = Extract<Expression, { kind: 'Call' }>;

/** True for `sys.modules`. */
export function isModules(node: Expression): boolean {
  return (
    node.kind === 'Attribute' && node.attr.name === 'modules' && node.value.kind === 'Name' && node.value.id === 'sys'
  );
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
