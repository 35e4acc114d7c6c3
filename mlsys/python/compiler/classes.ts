/** `class` statements. */
import { ClassCell, classNamespace, makeClassOf } from '../runtime/classes';
import { Cell, Frame, locate, type Slot } from '../runtime/frame';
import { PyTuple, type Value } from '../runtime/objects';
import { getAttribute, getItem } from '../runtime/operations';
import type { UnknownCause } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { ClassDef } from '../syntax/ast';
import { compileSpread } from './calls';
import { applyDecorators } from './decorators';
import { docstring } from './functions';
import { leftOutAmong, leftOutByRefusal, unknownClassOf } from './leftOutBases';
import { recordedStore } from './recording';
import { Scope } from './scope';
import { compileBlock } from './statements';
import { compileTypeParams } from './typeParams';
import { type Execute, NORMAL, scopeOf } from './unit';

const NO_BASES: readonly Value[] = [];

type Spread = ReturnType<ReturnType<typeof compileSpread>>;

/** The bases of a class with type parameters: `Generic` of those comes last. */
function withGeneric(given: Spread | undefined, params: readonly Value[]): Spread {
  const generic = getItem(getAttribute(vm.import('typing'), 'Generic'), new PyTuple(params));
  return { args: [...(given?.args ?? []), generic], keywords: given?.keywords };
}

export function compileClass(node: ClassDef, scope: Scope): Execute {
  const { unit } = scope;
  const { name } = node.name;
  const typed = compileTypeParams(node.typeParams, scope);
  const outer = typed?.scope ?? scope;
  const inner = unit.scopes.size === 0 ? new Scope('class', node, outer, unit, { name }) : scopeOf(node, outer);
  const bases =
    node.bases.length + node.keywords.length === 0
      ? undefined
      : compileSpread({ args: node.bases, keywords: node.keywords }, outer);
  const decorate = applyDecorators(node.decorators, scope);
  const store = recordedStore(node.name, name, scope, scope.recorded ? [] : undefined);
  const body = compileBlock(node.body, inner);
  const doc = docstring(node.body);
  const captured = inner.free.map(name => outer.cellSlot(name));
  const { cells } = inner;
  const classCell = inner.slot('__class__');
  const qualname = scope.qualified(name) + name;
  const { file } = unit;
  return frame => {
    const decorators = decorate.evaluate(frame);
    const params = typed?.make(frame);
    let cause: UnknownCause | undefined;
    let given: Spread | undefined;
    try {
      given = params === undefined ? bases?.(frame, null) : withGeneric(bases?.(frame, null), params);
      if (given !== undefined) cause = leftOutAmong(given.args, given.keywords, frame);
    } catch (error) {
      cause = leftOutByRefusal(error, node, frame);
    }
    if (cause !== undefined) given = undefined;
    const names = classNamespace(name, given?.args ?? NO_BASES, given?.keywords);
    names.set('__module__', frame.globals.get('__name__') ?? '__main__');
    names.set('__qualname__', qualname);
    if (doc !== undefined) names.set('__doc__', doc);
    if (params !== undefined) names.set('__type_params__', new PyTuple(params));
    const own = new Frame(new Array<Slot>(inner.size), frame.globals, unit, names);
    for (const slot of cells) own.slots[slot] = new Cell(undefined);
    for (let at = 0; at < captured.length; at++) own.slots[inner.firstFree + at] = frame.slots[captured[at]!];
    vm.step();
    // Where a check stands is told by the innermost class body, unless that of a function.
    frame.at = node;
    const outside = vm.frame;
    if (outside === frame) vm.frame = own;
    vm.enter();
    const { running } = vm;
    own.back = running;
    vm.running = own;
    try {
      body(own);
    } catch (error) {
      throw locate(error, own, name, file);
    } finally {
      vm.leave();
      vm.running = running;
      vm.frame = outside;
    }
    frame.at = node.name;
    if (classCell !== undefined) names.set('__classcell__', new ClassCell(own.slots[classCell] as Cell));
    const made =
      cause === undefined
        ? makeClassOf(name, given?.args ?? NO_BASES, names, given?.keywords)
        : unknownClassOf(names, cause, node, scope, frame);
    store(frame, decorate.apply(frame, decorators, made));
    return NORMAL;
  };
}
