/** Values of YAML nodes, in the order in which PyYAML makes them: containers are filled once all beside them have been made. */

import { PyDict } from '../../python/runtime/dict';
import { PyError, raise } from '../../python/runtime/errors';
import { refuseText } from '../../python/runtime/files';
import { PyGenerator } from '../../python/runtime/generator';
import { nextOf } from '../../python/runtime/iteration';
import { PyBytes, type PyInstance, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, hash } from '../../python/runtime/operations';
import { PySet } from '../../python/runtime/set';
import { vm } from '../../python/runtime/vm';
import { noteOrigins, type Place } from '../files/origins';
import { type MappingNode, TAG, type YamlNode } from './compose';
import type { LoaderRules } from './loaders';
import { scalarValue } from './scalars';

function isHashable(value: Value): boolean {
  try {
    hash(value);
    return true;
  } catch (error) {
    if (error instanceof PyError) return false;
    throw error;
  }
}

/** The objects by which constructors of the author know nodes. */
export interface NodeObjects {
  readonly objectOf: (node: YamlNode) => Value;
  /** Mappings whose objects show what these merge in. */
  readonly flat: Set<YamlNode>;
}

/** One document that is being constructed by a loader. */
export class Construction {
  readonly #text: string;
  readonly #rules: LoaderRules;
  readonly #loader: PyInstance;
  readonly #nodeObject: (node: YamlNode) => Value;
  /** Mappings whose nodes show the author what they merge in. */
  readonly #flat: Set<YamlNode>;
  readonly #made = new Map<YamlNode, Value>();
  readonly #open = new Set<YamlNode>();
  #later: (() => void)[] = [];
  #deep = false;

  constructor(text: string, rules: LoaderRules, loader: PyInstance, { objectOf: nodeObject, flat }: NodeObjects) {
    this.#flat = flat;
    this.#text = text;
    this.#rules = rules;
    this.#loader = loader;
    this.#nodeObject = nodeObject;
  }

  document(node: YamlNode): Value {
    const value = this.object(node, false);
    while (this.#later.length > 0) {
      const now = this.#later;
      this.#later = [];
      for (const fill of now) fill();
    }
    return value;
  }

  object(node: YamlNode, deep: boolean): Value {
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    if (this.#open.has(node)) this.refuse(node, 'a part that holds itself');
    vm.step(6);
    vm.enter();
    const outer = this.#deep;
    if (deep) this.#deep = true;
    this.#open.add(node);
    try {
      const value = this.#construct(node);
      this.#made.set(node, value);
      return value;
    } finally {
      this.#open.delete(node);
      this.#deep = outer;
      vm.leave();
    }
  }

  refuse(node: YamlNode, why: string): never {
    throw refuseText('YAML', this.#text, node.start, why);
  }

  #construct(node: YamlNode): Value {
    const { constructors, multi, plain } = this.#rules;
    const own = constructors.get(node.tag);
    if (own !== undefined) return this.#noted(this.#byAuthor(own, [this.#loader, this.#nodeObject(node)]), node);
    const built = plain ? undefined : this.#builtIn(node);
    if (built !== undefined) return built;
    for (const [prefix, func] of multi)
      if (prefix !== null && node.tag.startsWith(prefix))
        return this.#byAuthor(func, [this.#loader, node.tag.slice(prefix.length), this.#nodeObject(node)]);
    const any = multi.find(([prefix]) => prefix === null);
    if (any !== undefined) return this.#byAuthor(any[1], [this.#loader, node.tag, this.#nodeObject(node)]);
    if (plain) return this.#plain(node);
    return this.refuse(node, `there is no constructor for the tag ${node.tag}`);
  }

  /** What `BaseLoader` makes: texts, lists and dicts. */
  #plain(node: YamlNode): Value {
    if (node.kind === 'scalar') return node.value;
    return node.kind === 'sequence' ? new PyList(this.sequence(node, this.#deep)) : this.mapping(node, this.#deep);
  }

  /** A constructor of the author; what a generator yields is the value, and the rest of it fills that. */
  #byAuthor(func: Value, args: Value[]): Value {
    const value = call(func, args);
    if (!(value instanceof PyGenerator)) return value;
    const first = nextOf(value);
    if (first === undefined) throw raise('StopIteration');
    this.#fill(() => {
      while (nextOf(value) !== undefined);
    });
    return first;
  }

  /** A dict or list that a constructor of the author makes of what stands in a node. */
  #noted(value: Value, node: YamlNode): Value {
    this.#fill(() => {
      if (value instanceof PyDict && node.kind === 'mapping')
        this.#notePairs(value, node, (key, made) => value.get(key) === made);
      else if (value instanceof PyList && node.kind === 'sequence' && value.items.length === node.items.length)
        this.#noteItems(value, node);
    });
    return value;
  }

  #builtIn(node: YamlNode): Value | undefined {
    switch (node.tag) {
      case `${TAG}map`: {
        const dict = new PyDict();
        this.#fill(() => {
          const filled = this.mapping(node, false);
          for (const [key, value] of filled.entries()) dict.set(key, value);
          if (node.kind === 'mapping') this.#notePairs(dict, node);
        });
        return dict;
      }
      case `${TAG}seq`: {
        const list = new PyList([]);
        this.#fill(() => {
          list.items.push(...this.sequence(node, false));
          this.#noteItems(list, node);
        });
        return list;
      }
      case `${TAG}set`: {
        const set = new PySet();
        this.#fill(() => {
          for (const [key] of this.mapping(node, false).entries()) set.map.set(key, null);
        });
        return set;
      }
      case `${TAG}omap`:
      case `${TAG}pairs`: {
        const list = new PyList([]);
        this.#fill(() => list.items.push(...this.#pairs(node)));
        return list;
      }
      case `${TAG}binary`:
        return new PyBytes(this.#decoded(this.scalar(node), node));
      default:
        return node.kind === 'scalar' || node.tag.startsWith(TAG)
          ? scalarValue(node.tag, this.#textOf(node))
          : undefined;
    }
  }

  /** The text of a node whose tag may be that of a scalar. */
  #textOf(node: YamlNode): string {
    return node.kind === 'scalar' ? node.value : '';
  }

  #fill(fill: () => void): void {
    if (this.#deep) fill();
    else this.#later.push(fill);
  }

  scalar(node: YamlNode): string {
    if (node.kind === 'mapping')
      for (const [key, value] of node.pairs) if (key.tag === `${TAG}value`) return this.scalar(value);
    return node.kind === 'scalar' ? node.value : this.refuse(node, `a ${node.kind} in place of a scalar`);
  }

  sequence(node: YamlNode, deep: boolean): Value[] {
    if (node.kind !== 'sequence') return this.refuse(node, `a ${node.kind} in place of a sequence`);
    return node.items.map(item => this.object(item, deep));
  }

  mapping(node: YamlNode, deep: boolean): PyDict {
    if (node.kind !== 'mapping') return this.refuse(node, `a ${node.kind} in place of a mapping`);
    if (!this.#rules.plain) this.flatten(node);
    const dict = new PyDict();
    for (const [key, value] of node.pairs) {
      const made = this.object(key, deep);
      if (!isHashable(made)) this.refuse(key, 'a key that has no hash');
      dict.set(made, this.object(value, deep));
    }
    return dict;
  }

  pairs(node: YamlNode, deep: boolean): Value[] {
    if (node.kind !== 'mapping') return this.refuse(node, `a ${node.kind} in place of a mapping`);
    return node.pairs.map(([key, value]) => new PyTuple([this.object(key, deep), this.object(value, deep)]));
  }

  #pairs(node: YamlNode): Value[] {
    if (node.kind !== 'sequence') return this.refuse(node, `a ${node.kind} in place of a sequence`);
    return node.items.map(item => {
      if (item.kind !== 'mapping' || item.pairs.length !== 1)
        return this.refuse(item, 'a mapping of one pair is wanted');
      const [key, value] = item.pairs[0]!;
      return new PyTuple([this.object(key, false), this.object(value, false)]);
    });
  }

  /** `flatten_mapping` of loaders. */
  flatten(node: YamlNode): void {
    if (node.kind !== 'mapping') this.refuse(node, `a ${node.kind} in place of a mapping`);
    this.#flatten(node);
    if (this.#rules.constructors.size > 0 || this.#rules.multi.length > 0) this.#noteFlat(node);
  }

  /** Nodes that are known from another document may be flat which this one has not flattened. */
  #noteFlat(node: YamlNode): void {
    if (node.kind === 'sequence') for (const item of node.items) this.#noteFlat(item);
    if (node.kind !== 'mapping' || this.#flat.has(node)) return;
    this.#flat.add(node);
    for (const [key, value] of node.written) if (key.tag === `${TAG}merge`) this.#noteFlat(value);
  }

  /** Puts in front of a mapping's own pairs what it merges in. */
  #flatten(node: MappingNode): void {
    if (node.flat) return;
    node.flat = true;
    const merged: [YamlNode, YamlNode][] = [];
    const own: [YamlNode, YamlNode][] = [];
    for (const [key, value] of node.pairs) {
      if (key.tag === `${TAG}value`) key.tag = `${TAG}str`;
      if (key.tag !== `${TAG}merge`) own.push([key, value]);
      else merged.push(...this.#merged(value));
    }
    node.pairs = [...merged, ...own];
  }

  #merged(value: YamlNode): readonly [YamlNode, YamlNode][] {
    if (value.kind === 'mapping') {
      this.#flatten(value);
      return value.pairs;
    }
    if (value.kind === 'scalar') return this.refuse(value, 'a mapping to merge is wanted');
    const parts = value.items.map(item => {
      if (item.kind !== 'mapping') return this.refuse(item, 'a mapping to merge is wanted');
      this.#flatten(item);
      return item.pairs;
    });
    return parts.reverse().flat();
  }

  #decoded(text: string, node: YamlNode): Uint8Array {
    const digits = text.replace(/[^A-Za-z\d+/=]/g, '').replace(/=+$/, '');
    if (digits.length % 4 === 1 || /[^\0-\x7f]/.test(text)) this.refuse(node, 'no base64');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const bytes: number[] = [];
    let bits = 0;
    let count = 0;
    for (const digit of digits) {
      bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes.push((bits >> count) & 255);
      }
    }
    return Uint8Array.from(bytes);
  }

  /** Notes for hovers where the values of a dict stand. */
  #notePairs(dict: PyDict, node: MappingNode, holds: (key: Value, value: Value) => boolean = () => true): void {
    const places = new Map<Value, Place>();
    for (const [key, value] of node.pairs) {
      const made = this.#made.get(key);
      const one = this.#made.get(value);
      if (made !== undefined && one !== undefined && holds(made, one)) places.set(made, [value.start, value.end]);
    }
    noteOrigins(dict, this.#text, places);
  }

  #noteItems(list: PyList, node: YamlNode): void {
    if (node.kind !== 'sequence') return;
    noteOrigins(list, this.#text, new Map(node.items.map((item, at) => [BigInt(at), [item.start, item.end]])));
  }
}
