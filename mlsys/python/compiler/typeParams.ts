/** Type parameters (`def f[T](...)`) and type aliases (`type Pair = tuple[int, int]`). */
import { Deferred, settled } from '../runtime/deferred';
import { Unsupported } from '../runtime/errors';
import { Cell, Frame, type Slot } from '../runtime/frame';
import { joinsUnions } from '../runtime/genericAlias';
import { defineMethods, defineProperties } from '../runtime/native';
import { nativeClass, PyObject, PyTuple, type Value } from '../runtime/objects';
import { call, getAttribute, PyGenericAlias } from '../runtime/operations';
import { vm } from '../runtime/vm';
import type { Expression, TypeAlias, TypeParam } from '../syntax/ast';
import { compileExpression } from './expressions';
import { storeName } from './names';
import type { Scope } from './scope';
import { type Evaluate, type Execute, NORMAL, scopeOf } from './unit';

/** What `type X = ...` makes: its value is evaluated when somebody asks for it. */
export class PyTypeAlias extends PyObject {
  readonly name: string;
  readonly module: Value;
  readonly params: readonly Value[];
  readonly value: Deferred;

  constructor(name: string, module: Value, params: readonly Value[], value: Deferred) {
    super(typeAliasClass);
    this.name = name;
    this.module = module;
    this.params = params;
    this.value = value;
  }
}

export const typeAliasClass = nativeClass('TypeAliasType', undefined, 'typing');
typeAliasClass.subclassable = false;
typeAliasClass.errorName = 'typing.TypeAliasType';
defineProperties(typeAliasClass, {
  __name__: (self: PyTypeAlias) => self.name,
  __module__: (self: PyTypeAlias) => self.module,
  __value__: (self: PyTypeAlias) => settled(self.value),
  __type_params__: (self: PyTypeAlias) => new PyTuple(self.params),
});
defineMethods(typeAliasClass, {
  '__repr__()': (self: PyTypeAlias) => self.name,
  '__getitem__(item, /)': (self: PyTypeAlias, item: Value) =>
    new PyGenericAlias(self, item instanceof PyTuple ? item.items : [item]),
});

joinsUnions(typeAliasClass);

const KINDS = ['TypeVar', 'TypeVarTuple', 'ParamSpec'] as const;

/** What Python evaluates when somebody asks for it: the class itself may be named there. */
function deferredParts({ bound, defaultValue }: TypeParam, inner: Scope): readonly (readonly [string, Evaluate])[] {
  const parts: [string, Evaluate][] = [];
  const add = (name: string, node: Expression): void => {
    const evaluate = compileExpression(node, inner);
    parts.push([
      name,
      frame => {
        const { at } = frame;
        const value = evaluate(frame);
        frame.at = at;
        return value;
      },
    ]);
  };
  if (bound !== undefined) add(bound.kind === 'Tuple' ? 'constraints' : 'bound', bound);
  if (defaultValue !== undefined)
    if (defaultValue.kind === 'Starred') parts.push(['default', unpackedDefault]);
    else add('default', defaultValue);
  return parts;
}

function unpackedDefault(): never {
  throw new Unsupported('the default of a type parameter that is unpacked');
}

/** Makes the type variables in the scope that the first pass opened for them; undefined where there are none. */
export function compileTypeParams(
  params: readonly TypeParam[],
  scope: Scope,
): { readonly scope: Scope; readonly make: (frame: Frame) => Value[] } | undefined {
  if (params.length === 0) return undefined;
  const inner = scopeOf(params, scope);
  const { cells } = inner;
  const parts = params.map(param => ({
    at: param,
    kind: KINDS[param.stars],
    isTuple: param.stars === 1,
    name: param.name.name,
    store: storeName(param.name.name, inner),
    deferred: deferredParts(param, inner),
  }));
  return {
    scope: inner,
    make: frame => {
      for (const slot of cells) frame.slots[slot] = new Cell(undefined);
      return parts.map(part => {
        frame.at = part.at;
        const typeVar = getAttribute(vm.import('typing'), part.kind);
        const keywords = new Map<string, Value>(part.isTuple ? [] : [['infer_variance', true]]);
        for (const [name, evaluate] of part.deferred) keywords.set(name, new Deferred(() => evaluate(frame)));
        const made = call(typeVar, [part.name], keywords);
        part.store(frame, made);
        return made;
      });
    },
  };
}

export function compileTypeAlias(node: TypeAlias, scope: Scope): Execute {
  const typed = compileTypeParams(node.typeParams, scope);
  const outer = typed?.scope ?? scope;
  const inner = scopeOf(node, outer);
  const value = compileExpression(node.value, inner);
  const captured = inner.free.map(name => outer.cellSlot(name));
  const store = storeName(node.name.name, scope);
  return frame => {
    const params = typed?.make(frame) ?? [];
    const own = new Frame(new Array<Slot>(inner.size), frame.globals, frame.text, frame.names);
    for (const [at, slot] of captured.entries()) own.slots[inner.firstFree + at] = frame.slots[slot];
    store(
      frame,
      new PyTypeAlias(node.name.name, frame.globals.get('__name__') ?? null, params, new Deferred(() => value(own))),
    );
    return NORMAL;
  };
}
