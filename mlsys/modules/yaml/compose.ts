/**
 * YAML texts as trees of nodes, with the tags that PyYAML gives them (YAML 1.1). The `yaml` library reads the text; whatever it
 * takes and PyYAML does not, or may take otherwise, is refused.
 */

import type { Document, ParsedNode } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { refuseText } from '../../python/runtime/files';
import { vm } from '../../python/runtime/vm';

export type YamlNode = ScalarNode | SequenceNode | MappingNode;

interface BaseNode {
  tag: string;
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends BaseNode {
  readonly kind: 'scalar';
  readonly value: string;
}

export interface SequenceNode extends BaseNode {
  readonly kind: 'sequence';
  readonly items: YamlNode[];
}

export interface MappingNode extends BaseNode {
  readonly kind: 'mapping';
  readonly written: readonly [key: YamlNode, value: YamlNode][];
  /** The same, and in front of them what is merged in, once it is constructed. */
  pairs: [key: YamlNode, value: YamlNode][];
  flat: boolean;
}

/** The documents of a text; undefined for an empty one. */
export type Documents = readonly (YamlNode | undefined)[];

/** The tag of a plain scalar. */
export type Resolver = (text: string) => string;

export const TAG = 'tag:yaml.org,2002:';

const LONGEST = 4_000_000;
/** The library recurses. */
const DEEPEST = 150;

/** Refuses a text that PyYAML may refuse, or read in another way. */
export function refuseYaml(text: string, at: number, why: string): never {
  throw refuseText('YAML', text, at, why);
}

/** What a plain scalar may not hold, wherever it stands: PyYAML breaks lines there, or does not take it at all. */
const UNREADABLE = /[^\t\n\r -~\u00a0-\u2027\u202a-\ud7ff\ud800-\udfff\ue000-\ufffd]/;

/** Texts that were read last with the resolver of PyYAML: a package reads all its files again where one has changed. */
const composed = new Map<string, { readonly documents: Documents; readonly nodes: number }>();
const MOST_COMPOSED = 256;
const LONGEST_COMPOSED = 100_000;
/** What a node takes, whether it is read or known. */
const NODE_STEPS = 12;
const NODE_BYTES = 200;

/** The documents of a text; refuses what PyYAML would raise an exception for. `isUsual` is true for PyYAML's own resolver. */
export function composeAll(text: string, resolve: Resolver, isUsual: boolean): Documents {
  const known = isUsual ? composed.get(text) : undefined;
  if (known !== undefined) {
    composed.delete(text);
    composed.set(text, known);
    chargeText(text);
    vm.step(known.nodes * NODE_STEPS);
    vm.charge(known.nodes * NODE_BYTES);
    return known.documents;
  }
  const { documents, nodes } = compose(text, resolve);
  if (isUsual && text.length < LONGEST_COMPOSED) {
    composed.set(text, { documents, nodes });
    if (composed.size > MOST_COMPOSED)
      for (const oldest of composed.keys()) {
        composed.delete(oldest);
        break;
      }
  }
  return documents;
}

function chargeText({ length }: string): void {
  vm.step(Math.ceil(length / 4));
  vm.charge(length * 4);
}

/** The version in front of a document, which makes no difference to PyYAML: a comment is as long. */
const VERSION = /^%(YAML 1\.\d[ \t]*(?:#.*)?)(?=\n(?:[ \t]*(?:#.*)?\n){0,50}---(?:\s|$))/gm;

function compose(text: string, resolve: Resolver): { readonly documents: Documents; readonly nodes: number } {
  const source = text.replace(/^\ufeff/, '').replaceAll(VERSION, '#$1');
  if (source.length > LONGEST) refuseYaml(source, 0, 'it is too long');
  chargeText(source);
  const odd = UNREADABLE.exec(source);
  if (odd !== null) refuseYaml(source, odd.index, 'it has a character that YAML does not allow, or that ends a line');
  if (/^%/m.test(source)) refuseYaml(source, source.search(/^%/m), 'directives are left out');
  checkNesting(source);
  const documents = parseAllDocuments<ParsedNode>(source, {
    schema: 'failsafe',
    version: '1.1',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    resolveKnownTags: false,
  });
  if (!Array.isArray(documents)) return { documents: [], nodes: 0 };
  const composer = new Composer(source, resolve);
  const made = (documents as Document.Parsed<ParsedNode>[]).map(document => {
    const [error] = document.errors;
    if (error !== undefined) refuseYaml(source, error.pos[0], error.message);
    return composer.document(document.contents as unknown);
  });
  composer.checkTabs();
  return { documents: made, nodes: composer.nodes };
}

/** The library recurses: what nests deeply is refused before. */
function checkNesting(text: string): void {
  let deepest = 0;
  let flow = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ -]*/.exec(line)![0].length;
    for (const char of line)
      if ('[{'.includes(char)) flow++;
      else if (']}'.includes(char)) flow = Math.max(0, flow - 1);
    deepest = Math.max(deepest, indent / 2 + flow);
  }
  if (deepest > 4 * DEEPEST) refuseYaml(text, 0, 'it is nested too deeply');
}

class Composer {
  readonly #text: string;
  readonly #resolve: Resolver;
  /** Parts of the text in which tabs mean nothing. */
  readonly #quoted: [number, number][] = [];
  #anchors = new Map<string, YamlNode>();
  #depth = 0;
  /** How many nodes were made. */
  nodes = 0;

  constructor(text: string, resolve: Resolver) {
    this.#text = text;
    this.#resolve = resolve;
  }

  document(contents: unknown): YamlNode | undefined {
    this.#anchors = new Map();
    if (contents === null || contents === undefined) return undefined;
    if (isEmpty(contents)) return undefined;
    // Without an indentation, PyYAML takes the lines for the document's own.
    if (isScalar(contents) && String(contents.type).startsWith('BLOCK'))
      refuseYaml(this.#text, contents.range?.[0] ?? 0, 'a document that is one block of text');
    return this.#node(contents, 0);
  }

  /** PyYAML takes tabs in quoted texts, in blocks of text and in comments alone. */
  checkTabs(): void {
    const text = this.#text;
    for (let at = text.indexOf('\t'); at >= 0; at = text.indexOf('\t', at + 1)) {
      if (this.#quoted.some(([start, end]) => start <= at && at < end)) continue;
      const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
      if (!/(^|[ \t])#/.test(line)) refuseYaml(text, at, 'it has a tab outside of quotes');
    }
  }

  #node(node: unknown, at: number): YamlNode {
    if (++this.#depth > DEEPEST) refuseYaml(this.#text, at, 'it is nested too deeply');
    this.nodes++;
    vm.step(NODE_STEPS);
    vm.charge(NODE_BYTES);
    try {
      if (isAlias(node)) return this.#alias(node.source, node.range?.[0] ?? at);
      if (isScalar(node)) return this.#scalar(node as ParsedScalar, at);
      if (isSeq(node)) {
        const made: SequenceNode = {
          kind: 'sequence',
          tag: tagOf(node.tag, 'seq'),
          items: [],
          ...places(node.range, at),
        };
        this.#anchor(node.anchor, made);
        for (const item of node.items)
          made.items.push(isPair(item) ? this.#single(item, made.start) : this.#node(item, made.start));
        return made;
      }
      if (isMap(node)) {
        const pairs: MappingNode['pairs'] = [];
        const made: MappingNode = {
          kind: 'mapping',
          tag: tagOf(node.tag, 'map'),
          written: pairs,
          pairs,
          flat: false,
          ...places(node.range, at),
        };
        this.#anchor(node.anchor, made);
        for (const { key, value } of node.items) made.pairs.push(this.#pair(key, value, made.start));
        return made;
      }
      if (node === null || node === undefined)
        return { kind: 'scalar', tag: this.#resolve(''), value: '', start: at, end: at };
      return refuseYaml(this.#text, at, 'it has a part of an unknown kind');
    } finally {
      this.#depth--;
    }
  }

  /** A pair in a list of brackets: a mapping of its own. */
  #single({ key, value }: { readonly key: unknown; readonly value: unknown }, at: number): MappingNode {
    const pair = this.#pair(key, value, at);
    const pairs = [pair];
    const { start } = pair[0];
    return { kind: 'mapping', tag: `${TAG}map`, written: pairs, pairs, flat: false, start, end: pair[1].end };
  }

  #pair(key: unknown, value: unknown, at: number): [YamlNode, YamlNode] {
    if (isEmpty(key)) refuseYaml(this.#text, at, 'a key that is empty');
    const first = this.#node(key, at);
    return [first, this.#node(value, first.end)];
  }

  #scalar(node: ParsedScalar, at: number): ScalarNode {
    const { type, tag, anchor, value, source } = node;
    const place = places(node.range, at);
    const marks =
      tag === undefined && anchor === undefined
        ? undefined
        : PROPERTIES.exec(this.#text.slice(Math.max(0, place.start - 500), place.start));
    const text = typeof value === 'string' ? value : (source ?? '');
    const plain = type === 'PLAIN' || type === undefined;
    if (!plain) this.#quoted.push([place.start, place.end]);
    const made: ScalarNode = {
      kind: 'scalar',
      tag: tag === undefined && plain ? this.#resolve(text) : tagOf(tag, 'str'),
      value: text,
      ...place,
      start: place.start - (marks?.[0].length ?? 0),
    };
    this.#anchor(anchor, made);
    return made;
  }

  #anchor(name: string | undefined, node: YamlNode): void {
    if (name === undefined) return;
    if (!/^[\w-]+$/.test(name)) refuseYaml(this.#text, node.start, `the anchor ${name}`);
    if (this.#anchors.has(name)) refuseYaml(this.#text, node.start, `the anchor ${name} stands twice`);
    this.#anchors.set(name, node);
  }

  #alias(name: string, at: number): YamlNode {
    return this.#anchors.get(name) ?? refuseYaml(this.#text, at, `the alias ${name} has no anchor`);
  }
}

/** Tags and anchors in front of a node, with which it begins. */
const PROPERTIES = /(?:[!&]\S*\s+)+$/;

interface ParsedScalar {
  readonly type?: string;
  readonly tag?: string;
  readonly anchor?: string;
  readonly value: unknown;
  readonly source?: string;
  readonly range?: readonly number[] | null;
}

/** True for a place where nothing stands, which counts as null. */
function isEmpty(node: unknown): boolean {
  if (!isScalar(node) || node.source !== '' || node.tag !== undefined || node.anchor !== undefined) return false;
  return node.type === undefined || node.type === 'PLAIN';
}

function places(range: readonly number[] | null | undefined, at: number): { start: number; end: number } {
  return { start: range?.[0] ?? at, end: range?.[1] ?? at };
}

/** An explicit tag; `!` alone means what quotes mean. */
function tagOf(tag: string | undefined, kind: 'str' | 'seq' | 'map'): string {
  return tag === undefined || tag === '!' ? TAG + kind : tag;
}
