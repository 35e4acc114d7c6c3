/** Calling values. */
import { callSpecial, special } from './attributes';
import { construct } from './classes';
import { raise } from './errors';
import { BoundMethod, type Keywords, NativeFunction, PyCallable, PyClass, PyModule, type Value } from './objects';
import { typeName } from './typeName';
import { NATIVE_STEPS, vm } from './vm';

/** The arguments of a method: its object, then the others. Operators have one or none. */
export function withFirst(first: Value, args: readonly Value[]): Value[] {
  if (args.length === 0) return [first];
  return args.length === 1 ? [first, args[0]!] : [first, ...args];
}

/** `f(*args, **keywords)` */
export function call(f: Value, args: Value[] = [], keywords?: Keywords): Value {
  if (f instanceof PyCallable) return f.invoke(args, keywords);
  if (f instanceof NativeFunction) {
    vm.step(NATIVE_STEPS);
    const { pending, allocated } = vm;
    const result = f.call(args, keywords);
    if (vm.allocated !== allocated) vm.settle(pending, allocated, result);
    return result;
  }
  if (f instanceof BoundMethod) {
    const { func, self } = f;
    if (func instanceof PyCallable) return func.invoke(withFirst(self, args), keywords);
    if (func instanceof NativeFunction) {
      vm.step(NATIVE_STEPS);
      return func.call(withFirst(self, args), keywords);
    }
    return call(func, [self, ...args], keywords);
  }
  if (f instanceof PyClass) return construct(f, args, keywords);
  const method = special(f, '__call__');
  if (method === undefined || method === null) throw notCallable(f);
  if (keywords === undefined) {
    // A function enters a frame of its own, and CPython counts no other.
    if (method instanceof PyCallable || method instanceof NativeFunction) return callSpecial(method, f, args);
    vm.enter();
    try {
      return callSpecial(method, f, args);
    } finally {
      vm.leave();
    }
  }
  return call(method, [f, ...args], keywords);
}

/** Names what the author may have meant of a module, which often goes by the same name. */
function notCallable(f: Value) {
  const meant = f instanceof PyModule ? f.attrs.get(f.name) : undefined;
  const { name } = f instanceof PyModule ? f : { name: '' };
  const hint = meant === undefined || !isCallable(meant) ? '' : `. Did you mean: '${name}.${name}(...)'?`;
  return raise('TypeError', `'${typeName(f)}' object is not callable${hint}`);
}

/** `callable(value)` */
export function isCallable(value: Value): boolean {
  if (value instanceof PyCallable || value instanceof NativeFunction || value instanceof BoundMethod) return true;
  return value instanceof PyClass || (special(value, '__call__') ?? null) !== null;
}
