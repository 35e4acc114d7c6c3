/** `abc`: classes that cannot be made before their abstract methods are. */
import { isinstance, issubclass, makePlainClass } from '../../python/runtime/classes';
import { raise } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { defineMethods } from '../../python/runtime/native';
import {
  type Attributes,
  type Keywords,
  NotImplemented,
  nativeClass,
  objectClass,
  PyClass,
  PyClassMethod,
  type PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import { callMethod, truth } from '../../python/runtime/operations';
import { PyFrozenSet } from '../../python/runtime/set';
import { functions, moduleOf } from './support';

export const abcMeta: PyClass = nativeClass('ABCMeta', [typeClass], 'abc');
export const abcClass: PyClass = nativeClass('ABC', [objectClass], 'abc');

const abstractFunctions = new WeakSet<PyObject>();
const registered = new WeakMap<PyClass, PyClass[]>();

/** True for what a subclass must define before it can have instances. */
export function isAbstract(value: Value | undefined): boolean {
  if (!(value instanceof PyObject)) return false;
  if (abstractFunctions.has(value)) return true;
  if (value instanceof PyProperty) return [value.fget, value.fset, value.fdel].some(isAbstract);
  if (value instanceof PyStaticMethod || value instanceof PyClassMethod) return isAbstract(value.func);
  return value.attrs?.get('__isabstractmethod__') === true;
}

/** Names that the class leaves abstract, by itself or by inheritance. */
export function abstractNames(cls: PyClass): Set<string> {
  const names = new Set<string>();
  for (const [name, value] of cls.attrs) if (isAbstract(value)) names.add(name);
  for (const base of cls.bases) {
    const inherited = base.lookup('__abstractmethods__');
    if (inherited instanceof PyFrozenSet)
      for (const name of inherited.items()) if (isAbstract(cls.lookup(name as string))) names.add(name as string);
  }
  return names;
}

/** Makes a class whose metaclass is ABCMeta, or one derived from it. */
export function makeAbstractClass(
  name: string,
  bases: readonly PyClass[],
  namespace: Attributes,
  keywords: Keywords,
  metaclass = abcMeta,
): PyClass {
  const made = makePlainClass(name, bases, namespace, keywords, metaclass);
  made.setAttribute('__abstractmethods__', PyFrozenSet.from(abstractNames(made)));
  const hooked = made.mro.some(one => !one.native && one.attrs.has('__subclasshook__'));
  if (hooked)
    made.subclassHook = cls => {
      const answer = callMethod(made, '__subclasshook__', cls);
      return answer === NotImplemented ? undefined : truth(answer);
    };
  return made;
}

abcMeta.makeSubclass = makeAbstractClass;
abcClass.makeSubclass = makeAbstractClass;
abcClass.cls = abcMeta;

/** Lets instances of `other` count as instances of `cls` and so of its abstract bases. */
function register(cls: PyClass, other: Value): Value {
  if (!(other instanceof PyClass)) throw raise('TypeError', 'Can only register classes');
  if (cls.isSubclassOf(other)) throw raise('RuntimeError', 'Refusing to create an inheritance cycle');
  for (const base of cls.mro) if (base.cls.isSubclassOf(abcMeta) && base !== abcClass) addRegistered(base, other);
  return other;
}

function addRegistered(cls: PyClass, other: PyClass): void {
  let known = registered.get(cls);
  if (known === undefined) {
    known = [];
    registered.set(cls, known);
    const list = known;
    const { instanceCheck, subclassCheck } = cls;
    cls.instanceCheck = value => list.some(one => isinstance(value, one)) || (instanceCheck?.(value) ?? false);
    cls.subclassCheck = sub => list.some(one => issubclass(sub, one)) || (subclassCheck?.(sub) ?? false);
  }
  known.push(other);
}

defineMethods(abcMeta, { 'register(subclass)': register });

/** Marks a function as abstract. */
export function markAbstract(func: Value): Value {
  if (func instanceof PyObject) {
    abstractFunctions.add(func);
    if (func instanceof PyFunction) {
      func.attrs ??= new Map();
      func.attrs.set('__isabstractmethod__', true);
    }
  }
  return func;
}

export function loadAbc(): PyModule {
  const members = functions({
    'abstractmethod(funcobj)': markAbstract,
    'abstractclassmethod(callable)': (func: Value) => new PyClassMethod(markAbstract(func)),
    'abstractstaticmethod(callable)': (func: Value) => new PyStaticMethod(markAbstract(func)),
    'abstractproperty(fget)': (func: Value) => new PyProperty(markAbstract(func)),
    'get_cache_token()': () => 0n,
    'update_abstractmethods(cls)': (cls: Value) => {
      if (cls instanceof PyClass) cls.setAttribute('__abstractmethods__', PyFrozenSet.from(abstractNames(cls)));
      return cls;
    },
  });
  return moduleOf('abc', { ABC: abcClass, ABCMeta: abcMeta, ...members });
}
