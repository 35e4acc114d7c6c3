/** The loader classes of PyYAML with the constructors and resolvers that authors add to them. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { nativeClass, PyBytes, PyClass, PyInstance, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { callMethod, truth } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { type Resolver, TAG } from './compose';
import { implicitTag } from './scalars';

/** What a loader class does with nodes. */
export interface LoaderRules {
  readonly constructors: ReadonlyMap<string, Value>;
  readonly multi: readonly (readonly [prefix: string | null, func: Value])[];
  readonly resolve: Resolver;
  /** True where that is PyYAML's own. */
  readonly isUsual: boolean;
  /** True for `BaseLoader`, to which all scalars are texts. */
  readonly plain: boolean;
}

/** What was added to a class: as plain data, which the state of the session can hold. */
interface Added {
  readonly constructors: readonly (readonly [tag: string, func: Value])[];
  readonly multi: readonly (readonly [prefix: string | null, func: Value])[];
  readonly implicit: readonly (readonly [tag: string, pattern: Value, first: readonly string[] | null])[];
}

const NOTHING: Added = { constructors: [], multi: [], implicit: [] };

export const baseLoaderClass = nativeClass('BaseLoader', undefined, 'yaml.loader');
const safeLoaderClass = nativeClass('SafeLoader', undefined, 'yaml.loader');
export const loaderClasses: readonly PyClass[] = [
  baseLoaderClass,
  safeLoaderClass,
  nativeClass('FullLoader', undefined, 'yaml.loader'),
  nativeClass('Loader', undefined, 'yaml.loader'),
  nativeClass('UnsafeLoader', undefined, 'yaml.loader'),
  nativeClass('CSafeLoader', undefined, 'yaml.cyaml'),
  nativeClass('CFullLoader', undefined, 'yaml.cyaml'),
  nativeClass('CLoader', undefined, 'yaml.cyaml'),
  nativeClass('CBaseLoader', undefined, 'yaml.cyaml'),
];

/** The class of this module that a loader class is, or is derived from. */
export function loaderBase(cls: PyClass): PyClass | undefined {
  return cls.mro.find(one => loaderClasses.includes(one));
}

/** The state that is lost where it is not known what was added to which loader class. */
export const LOADERS = 'yaml.loaders';

const ATTRIBUTE = 'yaml_constructors';
const channelOf = (cls: PyClass): string => `${cls.module}.${cls.name}`;

/** An object that keeps, as an attribute of a class of the author, what was added to it. */
const keptClass = nativeClass('dict', undefined, 'builtins');

class Kept extends PyInstance {
  readonly added: Added;
  constructor(added: Added) {
    super(keptClass);
    this.added = added;
  }
}

function addedTo(cls: PyClass): Added {
  for (const one of cls.mro) {
    const kept = one.attrs.get(ATTRIBUTE);
    if (kept instanceof Kept) return kept.added;
    if (loaderClasses.includes(one)) return vm.readState(channelOf(one), NOTHING);
  }
  return NOTHING;
}

function keep(cls: PyClass, added: Added): void {
  if (loaderClasses.includes(cls)) {
    vm.writeState(channelOf(cls), added);
    return;
  }
  touch(cls);
  cls.setAttribute(ATTRIBUTE, new Kept(added));
}

export function addConstructor(cls: PyClass, tag: Value, func: Value): void {
  const { constructors, ...rest } = addedTo(cls);
  if (typeof tag !== 'string') throw new Unsupported('yaml.add_constructor for all tags');
  keep(cls, { ...rest, constructors: [...constructors.filter(([known]) => known !== tag), [tag, func]] });
}

export function addMultiConstructor(cls: PyClass, prefix: Value, func: Value): void {
  const { multi, ...rest } = addedTo(cls);
  const key = prefix === null ? null : String(prefix);
  keep(cls, { ...rest, multi: [...multi.filter(([known]) => known !== key), [key, func]] });
}

export function addImplicit(cls: PyClass, tag: Value, pattern: Value, first: Value): void {
  const { implicit, ...rest } = addedTo(cls);
  if (first !== null && !(first instanceof PyList || first instanceof PyTuple || typeof first === 'string'))
    throw new Unsupported('yaml.add_implicit_resolver with these first characters');
  const firsts = first === null ? null : typeof first === 'string' ? [...first] : first.items.map(String);
  keep(cls, { ...rest, implicit: [...implicit, [String(tag), pattern, firsts]] });
}

/** The rules of a loader class as it stands. */
export function rulesOf(cls: Value): LoaderRules {
  const base = cls instanceof PyClass ? loaderBase(cls) : undefined;
  if (base === undefined) throw new Unsupported('a YAML loader of another kind', 'use yaml.SafeLoader');
  vm.readState(LOADERS, true);
  const { constructors, multi, implicit } = addedTo(cls as PyClass);
  const plain = base.name.endsWith('BaseLoader');
  const isUsual = !plain && implicit.length === 0;
  return { constructors: new Map(constructors), multi, plain, resolve: resolverOf(implicit, plain), isUsual };
}

function resolverOf(implicit: Added['implicit'], plain: boolean): Resolver {
  const builtIn: Resolver = plain ? () => `${TAG}str` : implicitTag;
  if (implicit.length === 0) return builtIn;
  return text => {
    const known = builtIn(text);
    if (known !== `${TAG}str`) return known;
    // Those with first characters come before those without.
    for (const wild of [false, true])
      for (const [tag, pattern, first] of implicit)
        if ((first === null) === wild && (wild || first!.includes([...text][0] ?? '')))
          if (truth(callMethod(pattern, 'match', text))) return tag;
    return known;
  };
}

/** The text of what is loaded: a text, bytes or an open file. */
export function streamText(stream: Value): string {
  const read = typeof stream === 'string' || stream instanceof PyBytes ? stream : callMethod(stream, 'read');
  if (typeof read === 'string') return read;
  if (!(read instanceof PyBytes)) throw raise('TypeError', 'a text or bytes are wanted');
  return decoded(read);
}

function decoded(bytes: PyBytes): string {
  const { data } = bytes;
  if ((data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff))
    throw new Unsupported('YAML in UTF-16');
  return callMethod(bytes, 'decode', 'utf-8') as string;
}
