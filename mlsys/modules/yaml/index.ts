/** `yaml`: what PyYAML makes of YAML texts. Writing YAML, and its streams of tokens and events, are left out. */
import { exceptionClassOf, Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { iteratorOf } from '../../python/runtime/iteration';
import { defineClassMethods, defineConstructor, defineMethods, fn } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import {
  nativeClass,
  PyBytes,
  type PyClass,
  type PyClassMethod,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, findAttribute, getItem, listOf, str, truth, typeName } from '../../python/runtime/operations';
import { refusing } from '../files/refusing';
import { registerModule } from '../registry';
import { composeAll, type MappingNode, refuseYaml, TAG, type YamlNode } from './compose';
import { Construction, type NodeObjects } from './construct';
import {
  addConstructor,
  addImplicit,
  addMultiConstructor,
  LOADERS,
  type LoaderRules,
  loaderClasses,
  rulesOf,
  streamText,
} from './loaders';

const nodeClass = nativeClass('Node', undefined, 'yaml.nodes');
const nodeClasses = {
  scalar: nativeClass('ScalarNode', [nodeClass], 'yaml.nodes'),
  sequence: nativeClass('SequenceNode', [nodeClass], 'yaml.nodes'),
  mapping: nativeClass('MappingNode', [nodeClass], 'yaml.nodes'),
};
const markClass = nativeClass('Mark', undefined, 'yaml.error');

/** The node of a node object, and what a loader object constructs. */
const nodes = new WeakMap<PyInstance, YamlNode>();
const loaders = new WeakMap<PyInstance, { readonly construction: Construction; readonly objects: Nodes }>();

function nodeOf(value: Value): YamlNode {
  const node = value instanceof PyInstance ? nodes.get(value) : undefined;
  if (node === undefined) throw new Unsupported(`a YAML node of type ${typeName(value)}`);
  return node;
}

function loading(loader: PyInstance) {
  const known = loaders.get(loader);
  if (known === undefined) throw new Unsupported('a YAML loader that is made by hand', 'use yaml.load');
  return known;
}

const constructionOf = (loader: PyInstance): Construction => loading(loader).construction;

/** Where the parts of a text stand, counted in characters as Python counts them. */
class Places {
  readonly #text: string;
  /** Where lines begin. */
  readonly #starts: readonly number[];
  /** True where each UTF-16 unit is a character. */
  readonly #isPlain: boolean;

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#isPlain = !/[\ud800-\udfff]/.test(text);
  }

  of(at: number): { readonly line: number; readonly column: number; readonly index: number } {
    let low = 0;
    for (let high = this.#starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low, column: this.#length(this.#starts[low]!, at), index: this.#length(0, at) };
  }

  #length(from: number, to: number): number {
    return this.#isPlain ? to - from : [...this.#text.slice(from, to)].length;
  }
}

/** Makes the objects by which constructors of the author know nodes. */
function nodeObjects(text: string): Nodes {
  const flat = new Set<YamlNode>();
  const made = new Map<YamlNode, PyInstance>();
  const places = new Places(text);
  const mark = (at: number): PyInstance => {
    const made = new PyInstance(markClass);
    const { line, column, index } = places.of(at);
    made.attrs!.set('line', BigInt(line));
    made.attrs!.set('column', BigInt(column));
    made.attrs!.set('index', BigInt(index));
    return made;
  };
  const objectOf = (node: YamlNode): PyInstance => {
    const known = made.get(node);
    if (known !== undefined) return known;
    const object = new PyInstance(nodeClasses[node.kind]);
    made.set(node, object);
    nodes.set(object, node);
    const value: Value =
      node.kind === 'scalar'
        ? node.value
        : node.kind === 'sequence'
          ? new PyList(node.items.map(objectOf))
          : pairsOf(node);
    const attributes: readonly [string, Value][] = [
      ['tag', node.tag],
      ['value', value],
      ['start_mark', mark(node.start)],
      ['end_mark', mark(node.end)],
      ['id', node.kind],
    ];
    for (const [name, attribute] of attributes) object.attrs!.set(name, attribute);
    return object;
  };
  const pairsOf = (node: MappingNode): PyList =>
    new PyList(
      (flat.has(node) ? node.pairs : node.written).map(([key, one]) => new PyTuple([objectOf(key), objectOf(one)])),
    );
  const merged = (): void => {
    for (const node of flat) if (node.kind === 'mapping') made.get(node)?.attrs?.set('value', pairsOf(node));
  };
  return { objectOf, flat, merged };
}

interface Nodes extends NodeObjects {
  /** Has the objects of mappings show what these have merged in by now. */
  readonly merged: () => void;
}

/** A loader object for one stream, made as the author's class makes it. */
function loaderOf(cls: PyClass, stream: Value, text: string, rules: LoaderRules, objects: Nodes) {
  const loader = new PyInstance(cls);
  const construction = new Construction(text, rules, loader, objects);
  loaders.set(loader, { construction, objects });
  const make = cls.lookup('__init__');
  if (make instanceof PyFunction) call(make, [loader, stream]);
  else openStream(loader, stream);
  return construction;
}

/** What a loader says of its stream. */
function openStream(loader: PyInstance, stream: Value): null {
  const isText = typeof stream === 'string';
  const isBytes = stream instanceof PyBytes;
  loader.attrs!.set('stream', isText || isBytes ? null : stream);
  const name = isText ? '<unicode string>' : isBytes ? '<byte string>' : (findAttribute(stream, 'name') ?? '<file>');
  loader.attrs!.set('name', name);
  return null;
}

function loadAll(stream: Value, cls: Value): Value[] {
  const rules = rulesOf(cls);
  const text = streamText(stream);
  const documents = composeAll(text, rules.resolve, rules.isUsual);
  const construction = loaderOf(cls as PyClass, stream, text, rules, nodeObjects(text));
  return documents.map(node => (node === undefined ? null : construction.document(node)));
}

function load(stream: Value, cls: Value): Value {
  const rules = rulesOf(cls);
  const text = streamText(stream);
  const documents = composeAll(text, rules.resolve, rules.isUsual);
  if (documents.length > 1) refuseYaml(text, documents[1]?.start ?? 0, 'a single document is wanted');
  const [node] = documents;
  if (node === undefined) return null;
  return loaderOf(cls as PyClass, stream, text, rules, nodeObjects(text)).document(node);
}

/** The tag of a node of a kind that names none. */
function resolved({ resolve }: LoaderRules, kind: Value, value: Value, implicit: Value): string {
  if (kind === nodeClasses.sequence) return `${TAG}seq`;
  if (kind === nodeClasses.mapping) return `${TAG}map`;
  if (kind !== nodeClasses.scalar || typeof value !== 'string') throw new Unsupported('resolve of a YAML loader');
  return truth(getItem(implicit, 0n)) ? resolve(value) : `${TAG}str`;
}

/** Nodes that constructors of the author make. */
function defineNodes(): void {
  const place = { start: 0, end: 0 };
  const made = (cls: PyClass, node: YamlNode, value: Value, marks: readonly Value[]): PyInstance => {
    const object = new PyInstance(cls);
    nodes.set(object, node);
    object.attrs!.set('tag', node.tag);
    object.attrs!.set('value', value);
    object.attrs!.set('start_mark', marks[0] ?? null);
    object.attrs!.set('end_mark', marks[1] ?? null);
    object.attrs!.set('id', node.kind);
    return object;
  };
  const marked = 'start_mark=None, end_mark=None';
  defineConstructor(
    nodeClasses.scalar,
    `ScalarNode(tag, value, ${marked}, style=None)`,
    (cls: PyClass, tag: Value, value: Value, from: Value = null, to: Value = null) => {
      if (typeof value !== 'string') throw new Unsupported('a YAML scalar that is no text');
      return made(cls, { kind: 'scalar', tag: str(tag), value, ...place }, value, [from, to]);
    },
  );
  defineConstructor(
    nodeClasses.sequence,
    `SequenceNode(tag, value, ${marked}, flow_style=None)`,
    (cls: PyClass, tag: Value, value: Value, from: Value = null, to: Value = null) =>
      made(cls, { kind: 'sequence', tag: str(tag), items: listOf(value).map(nodeOf), ...place }, value, [from, to]),
  );
  defineConstructor(
    nodeClasses.mapping,
    `MappingNode(tag, value, ${marked}, flow_style=None)`,
    (cls: PyClass, tag: Value, value: Value, from: Value = null, to: Value = null) => {
      const pairs = listOf(value).map((pair): [YamlNode, YamlNode] => [
        nodeOf(getItem(pair, 0n)),
        nodeOf(getItem(pair, 1n)),
      ]);
      const node: YamlNode = { kind: 'mapping', tag: str(tag), written: pairs, pairs, flat: false, ...place };
      return made(cls, node, value, [from, to]);
    },
  );
}

function defineLoaders(): void {
  for (const cls of loaderClasses) {
    defineMethods(cls, {
      'construct_scalar(node)': (self: PyInstance, node: Value) => constructionOf(self).scalar(nodeOf(node)),
      'construct_sequence(node, deep=False)': (self: PyInstance, node: Value, deep?: Value) =>
        new PyList(constructionOf(self).sequence(nodeOf(node), deep !== undefined && truth(deep))),
      'construct_mapping(node, deep=False)': (self: PyInstance, node: Value, deep?: Value) => {
        const { construction, objects } = loading(self);
        const made = construction.mapping(nodeOf(node), deep !== undefined && truth(deep));
        objects.merged();
        return made;
      },
      'construct_pairs(node, deep=False)': (self: PyInstance, node: Value, deep?: Value) =>
        new PyList(constructionOf(self).pairs(nodeOf(node), deep !== undefined && truth(deep))),
      'construct_object(node, deep=False)': (self: PyInstance, node: Value, deep?: Value) =>
        constructionOf(self).object(nodeOf(node), deep !== undefined && truth(deep)),
      'flatten_mapping(node)': (self: PyInstance, node: Value) => {
        const { construction, objects } = loading(self);
        construction.flatten(nodeOf(node));
        objects.merged();
        return null;
      },
      'resolve(kind, value, implicit)': (self: PyInstance, kind: Value, value: Value, implicit: Value) =>
        resolved(rulesOf(self.cls), kind, value, implicit),
      '__init__(stream)': openStream,
    });
    for (const [name, tag] of DEFAULT_TAGS) cls.setAttribute(name, tag);
    defineClassMethods(cls, {
      'add_constructor(tag, constructor)': (of: PyClass, tag: Value, func: Value) => {
        addConstructor(of, tag, func);
        return null;
      },
      'add_multi_constructor(tag_prefix, multi_constructor)': (of: PyClass, prefix: Value, func: Value) => {
        addMultiConstructor(of, prefix, func);
        return null;
      },
      'add_implicit_resolver(tag, regexp, first)': (of: PyClass, tag: Value, pattern: Value, first: Value) => {
        addImplicit(of, tag, pattern, first);
        return null;
      },
    });
    for (const name of ADDING) changesState(LOADERS, (cls.attrs.get(name) as PyClassMethod).func);
  }
}

const ADDING = ['add_constructor', 'add_multi_constructor', 'add_implicit_resolver'];

/** The tags of nodes that have none. */
const DEFAULT_TAGS: readonly (readonly [string, string])[] = [
  ['DEFAULT_SCALAR_TAG', `${TAG}str`],
  ['DEFAULT_SEQUENCE_TAG', `${TAG}seq`],
  ['DEFAULT_MAPPING_TAG', `${TAG}map`],
];

/** `yaml.resolver`, by which constructors of the author name the tags of nodes that have none. */
function resolverModule(): PyModule {
  const base = nativeClass('BaseResolver', undefined, 'yaml.resolver');
  for (const [name, tag] of DEFAULT_TAGS) base.setAttribute(name, tag);
  const module = new PyModule('yaml.resolver');
  for (const cls of [base, nativeClass('Resolver', [base], 'yaml.resolver')]) module.attrs.set(cls.name, cls);
  return module;
}

/** `yaml.add_constructor` without a loader means these. */
const DEFAULT_LOADERS = ['Loader', 'FullLoader', 'UnsafeLoader'];

const named = (name: string): PyClass => loaderClasses.find(cls => cls.name === name)!;

function withLoaders(loader: Value | undefined, add: (cls: PyClass) => void): null {
  if (loader === undefined || loader === null) for (const name of DEFAULT_LOADERS) add(named(name));
  else {
    rulesOf(loader);
    add(loader as PyClass);
  }
  return null;
}

function errorClasses(): readonly PyClass[] {
  const error = nativeClass('YAMLError', [exceptionClassOf('Exception')], 'yaml.error');
  const marked = nativeClass('MarkedYAMLError', [error], 'yaml.error');
  return [
    error,
    marked,
    nativeClass('ScannerError', [marked], 'yaml.scanner'),
    nativeClass('ParserError', [marked], 'yaml.parser'),
    nativeClass('ComposerError', [marked], 'yaml.composer'),
    nativeClass('ConstructorError', [marked], 'yaml.constructor'),
    nativeClass('ReaderError', [error], 'yaml.reader'),
  ];
}

const LEFT_OUT =
  'dump dump_all safe_dump safe_dump_all compose compose_all parse scan emit serialize serialize_all add_representer ' +
  'add_multi_representer add_path_resolver YAMLObject Dumper SafeDumper CSafeDumper CDumper BaseDumper unsafe_load ' +
  'unsafe_load_all representer emitter tokens events';

function loadYaml(): PyModule {
  defineNodes();
  defineLoaders();
  const module = new PyModule('yaml');
  const errors = errorClasses();
  const by = (cls: string) => (stream: Value) => load(stream, named(cls));
  const allBy = (cls: string) => (stream: Value) => lazily(stream, named(cls));
  const members: readonly Value[] = [
    fn('safe_load(stream)', by('SafeLoader')),
    fn('full_load(stream)', by('FullLoader')),
    fn('load(stream, Loader)', (stream: Value, cls: Value) => load(stream, cls)),
    fn('safe_load_all(stream)', allBy('SafeLoader')),
    fn('full_load_all(stream)', allBy('FullLoader')),
    fn('load_all(stream, Loader)', (stream: Value, cls: Value) => lazily(stream, cls)),
    fn('add_constructor(tag, constructor, Loader=None)', (tag: Value, func: Value, cls?: Value) =>
      withLoaders(cls, one => addConstructor(one, tag, func)),
    ),
    fn('add_multi_constructor(tag_prefix, multi_constructor, Loader=None)', (prefix: Value, func: Value, cls?: Value) =>
      withLoaders(cls, one => addMultiConstructor(one, prefix, func)),
    ),
    fn(
      'add_implicit_resolver(tag, regexp, first=None, Loader=None)',
      (tag: Value, pattern: Value, first?: Value, cls?: Value) =>
        withLoaders(cls, one => addImplicit(one, tag, pattern, first ?? null)),
    ),
    ...loaderClasses,
    ...Object.values(nodeClasses),
    nodeClass,
    markClass,
    errors[0]!,
    errors[1]!,
  ];
  for (const member of members) module.attrs.set((member as PyClass).name, member);
  changesState(LOADERS, ...ADDING.map(name => module.attrs.get(name)!));
  for (const error of errors) {
    const part = error.module.slice('yaml.'.length);
    const known = module.attrs.get(part) as PyModule | undefined;
    const inner = known ?? new PyModule(error.module);
    inner.attrs.set(error.name, error);
    module.attrs.set(part, inner);
  }
  module.attrs.set('resolver', resolverModule());
  module.attrs.set('__with_libyaml__', true);
  module.lazy = refusing('yaml', LEFT_OUT, 'YAML is read here, and not written');
  return module;
}

/** An iterator of the documents of a stream, which are all read at once. */
function lazily(stream: Value, cls: Value): Value {
  return iteratorOf(new PyList(loadAll(stream, cls)));
}

let made: PyModule | undefined;

/** Makes the package known to `import`. */
export function registerYaml(): void {
  const yaml = (): PyModule => {
    made ??= loadYaml();
    return made;
  };
  registerModule('yaml', yaml);
  for (const part of ['error', 'scanner', 'parser', 'composer', 'constructor', 'reader'])
    registerModule(`yaml.${part}`, () => yaml().attrs.get(part) as PyModule);
}
