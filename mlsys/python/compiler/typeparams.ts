/** Type parameters (`def f[T](...)`) and type aliases (`type Pair = tuple[int, int]`). */
import { Cell, Frame, type Slot } from '../runtime/frame';
import { defineMethods, defineProperties } from '../runtime/native';
import { nativeClass, PyObject, PyTuple, type Value } from '../runtime/objects';
import { call, getAttribute, PyGenericAlias } from '../runtime/operations';
import { vm } from '../runtime/vm';
import type { TypeAlias, TypeParam } from '../syntax/ast';
import { compileExpression } from './expressions';
import { storeName } from './names';
import type { Scope } from './scope';
import { type Execute, NORMAL, scopeOf } from './unit';

/** What `type X = ...` makes: its value is evaluated when somebody asks for it. */
export class PyTypeAlias extends PyObject {
  readonly name: string;
  readonly params: readonly Value[];
  readonly #evaluate: () => Value;
  #value: Value | undefined;

  constructor(name: string, params: readonly Value[], evaluate: () => Value) {
    super(typeAliasClass);
    this.name = name;
    this.params = params;
    this.#evaluate = evaluate;
  }

  get value(): Value {
    this.#value ??= this.#evaluate();
    return this.#value;
  }
}

export const typeAliasClass = nativeClass('TypeAliasType', undefined, 'typing');
typeAliasClass.subclassable = false;
typeAliasClass.errorName = 'typing.TypeAliasType';
defineProperties(typeAliasClass, {
  __name__: (self: PyTypeAlias) => self.name,
  __value__: (self: PyTypeAlias) => self.value,
  __type_params__: (self: PyTypeAlias) => new PyTuple(self.params),
});
defineMethods(typeAliasClass, {
  '__repr__()': (self: PyTypeAlias) => self.name,
  '__getitem__(item, /)': (self: PyTypeAlias, item: Value) =>
    new PyGenericAlias(self, item instanceof PyTuple ? item.items : [item]),
});

const KINDS = ['TypeVar', 'TypeVarTuple', 'ParamSpec'] as const;

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
    bound: param.bound === undefined ? undefined : compileExpression(param.bound, inner),
  }));
  return {
    scope: inner,
    make: frame => {
      for (const slot of cells) frame.slots[slot] = new Cell(undefined);
      return parts.map(part => {
        frame.at = part.at;
        const typeVar = getAttribute(vm.import('typing'), part.kind);
        const keywords = new Map<string, Value>(part.isTuple ? [] : [['infer_variance', true]]);
        if (part.bound !== undefined) keywords.set('bound', part.bound(frame));
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
    store(frame, new PyTypeAlias(node.name.name, params, () => value(own)));
    return NORMAL;
  };
}
