/**
 * Macros of TeX that a chapter defines, in its text as Pandoc reads them (`\newcommand` and its kin), or within a formula, from where they
 * hold for the formulas behind it as well, and before them those that its project gives MathJax. A formula is set with those that it uses, so that it is set anew only when one of these changes.
 */
import type { Block, Chapter } from '../chapter/model';
import { type HeaderMacro, headerMacros } from './headerMacros';
import { PAIRED } from './mathMacros';

interface Macro {
  /** With its backslash. */
  readonly name: string;
  /** What defines it, in the words of KaTeX. */
  readonly definition: string;
  /** What stands for the first argument where none is given in brackets. */
  readonly optional: string | undefined;
  /** True for one that holds only where there is none of its name. */
  readonly isProvided: boolean;
}

interface Definition extends Macro {
  readonly start: number;
  readonly end: number;
}

const MAY_DEFINE =
  /\\(?:(?:new|renew|provide)command|DeclareMathOperator|DeclarePairedDelimiterX?|def|let)(?![A-Za-z])/;
const DEFINES =
  /\\(newcommand|renewcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiterX?|def|let)(?![A-Za-z])(\*?)/g;
const NAME = /\\(?:[A-Za-z]+|[^A-Za-z\s])/y;
const SPACE = /(?:\s|%[^\n]*\n)*/y;
const PARAMETERS = /(?:#[1-9])*/y;

/** More macros, and longer ones, are left out. */
const MOST_MACROS = 500;
const LONGEST = 2_000;

/** Reads definitions from left to right. */
class DefinitionReader {
  readonly #tex: string;
  #at = 0;

  constructor(tex: string) {
    this.#tex = tex;
  }

  all(): readonly Definition[] {
    const found: Definition[] = [];
    for (const { 0: whole, 1: command = '', 2: star, index } of this.#tex.matchAll(DEFINES)) {
      if (index < this.#at) continue;
      this.#at = index + whole.length;
      const macro = command === 'let' ? this.#let() : this.#macro(command, star !== '');
      if (macro !== undefined) found.push({ ...macro, start: index, end: this.#at });
    }
    return found;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#tex)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skip(): void {
    this.#take(SPACE);
  }

  /** What stands between braces, or brackets. */
  #group(open: '{' | '['): string | undefined {
    this.#skip();
    if (this.#tex[this.#at] !== open) return undefined;
    const close = open === '{' ? '}' : ']';
    let depth = 0;
    for (let at = this.#at; at < this.#tex.length && at < this.#at + LONGEST; at++) {
      const sign = this.#tex[at];
      if (sign === '\\') at++;
      else if (sign === '{' || (sign === open && depth === 0)) depth++;
      else if (sign === '}' || (sign === close && depth === 1)) depth--;
      else continue;
      if (depth > 0) continue;
      const inner = this.#tex.slice(this.#at + 1, at);
      this.#at = at + 1;
      return inner;
    }
    return undefined;
  }

  /** A group, or one command. */
  #argument(): string | undefined {
    return this.#group('{') ?? this.#take(NAME);
  }

  #name(): string | undefined {
    const inner = this.#group('{');
    if (inner === undefined) return this.#take(NAME);
    const name = inner.trim();
    NAME.lastIndex = 0;
    return NAME.exec(name)?.[0] === name ? name : undefined;
  }

  #let(): Macro | undefined {
    this.#skip();
    const name = this.#take(NAME);
    this.#skip();
    if (this.#tex[this.#at] === '=') this.#at++;
    this.#skip();
    const other = this.#take(NAME);
    if (name === undefined || other === undefined) return undefined;
    return { name, definition: `\\let${name}${other} `, optional: undefined, isProvided: false };
  }

  #macro(command: string, isStarred: boolean): Macro | undefined {
    const name = this.#name();
    if (name === undefined) return undefined;
    const own = { name, optional: undefined, isProvided: command === 'providecommand' };
    if (command === 'DeclareMathOperator') {
      const words = this.#group('{');
      if (words === undefined) return undefined;
      return { ...own, definition: `\\def${name}{\\operatorname${isStarred ? '*' : ''}{${words}}}` };
    }
    if (command.startsWith('DeclarePaired')) {
      const count = command.endsWith('X') ? Number(this.#group('[')) : 1;
      const [left, right] = [this.#argument(), this.#argument()];
      const body = command.endsWith('X') ? this.#group('{') : '#1';
      if (left === undefined || right === undefined || body === undefined || !(count >= 1 && count <= 9))
        return undefined;
      return { ...own, definition: `\\def${name}{${PAIRED}{${left}}{${right}}{${body}}}` };
    }
    if (command === 'def') {
      const parameters = this.#take(PARAMETERS) ?? '';
      const body = this.#group('{');
      return body === undefined ? undefined : { ...own, definition: `\\def${name}${parameters}{${body}}` };
    }
    const count = Number(this.#group('[') ?? 0);
    const optional = count > 0 ? this.#group('[') : undefined;
    const body = this.#group('{');
    if (body === undefined || !(count >= 0 && count <= 9)) return undefined;
    return { ...own, optional, definition: definitionOf(name, count, optional, body) };
  }
}

function definitionOf(name: string, count: number, optional: string | undefined, body: string): string {
  const parameters = Array.from({ length: count }, (_, at) =>
    at === 0 && optional !== undefined ? '[#1]' : `#${at + 1}`,
  );
  return `\\def${name}${parameters.join('')}{${body}}`;
}

/** A macro of MathJax; undefined for one that TeX could not call. */
function fromHeader({ name: word, body, count, optional }: HeaderMacro): Macro | undefined {
  const name = `\\${word}`;
  NAME.lastIndex = 0;
  if (NAME.exec(name)?.[0] !== name || body.length > LONGEST || !isBalanced(body)) return undefined;
  return { name, optional, isProvided: false, definition: definitionOf(name, count, optional, body) };
}

/** True where each brace has its partner, so that a definition ends where it should. */
function isBalanced(body: string): boolean {
  let depth = 0;
  for (const [sign] of body.matchAll(/\\[\s\S]|[{}]/g)) {
    if (sign === '{') depth++;
    else if (sign === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

const NONE: readonly Definition[] = [];
const inBlocks = new WeakMap<object, boolean>();
const inNodes = new WeakMap<object, readonly Definition[]>();

function mayDefine({ text, content }: Block): boolean {
  let may = inBlocks.get(content);
  if (may === undefined) {
    may = MAY_DEFINE.test(text);
    inBlocks.set(content, may);
  }
  return may;
}

function definitionsOf(node: object, tex: string): readonly Definition[] {
  let found = inNodes.get(node);
  if (found === undefined) {
    found = new DefinitionReader(tex).all();
    inNodes.set(node, found);
  }
  return found;
}

/** Formulas with their macros, by all that is defined, for the chapters that were shown last: each formula is asked about after each edit. */
const known = new Map<string, Map<string, AppliedMacros>>();
const MOST_CHAPTERS = 4;
const MOST_FORMULAS = 5_000;

/** The macros of a chapter. */
export class Macros {
  /** What is known of formulas behind all definitions. */
  readonly #known: Map<string, AppliedMacros>;
  #lastBlock = -1;
  /** By name, in the order of their places. */
  readonly #byName = new Map<string, { readonly macro: Macro; readonly block: number; readonly order: number }[]>();

  constructor(chapter: Chapter) {
    this.#known = new Map();
    const defining = new Set(chapter.blocks.filter(mayDefine));
    const header = headerMacros(chapter.inherited.header ?? '').slice(0, MOST_MACROS);
    if (defining.size === 0 && header.length === 0) return;
    let all = '';
    let order = 0;
    for (const macro of header.map(fromHeader)) {
      if (macro === undefined) continue;
      this.#byName.set(macro.name, [{ macro, block: -1, order: ++order }]);
      all += `${macro.definition}\n${macro.optional ?? ''}\n`;
    }
    // In TeX that is text, and in formulas, but not in code.
    const places = [
      ...chapter.nodes('texBlock').map(({ node, range, block }) => ({ node, tex: node.value, range, block })),
      ...chapter.nodes('tex').map(({ node, range, block }) => ({ node, tex: node.value, range, block })),
      ...chapter.nodes('math').map(({ node, range, block }) => ({ node, tex: node.tex, range, block })),
    ].filter(({ block }) => defining.has(block));
    for (const { node, tex, block } of places.sort((a, b) => a.range.start - b.range.start))
      for (const macro of definitionsOf(node, tex)) {
        if (order++ >= MOST_MACROS) break;
        const others = this.#byName.get(macro.name) ?? [];
        if (others.length === 0) this.#byName.set(macro.name, others);
        else if (macro.isProvided) continue;
        others.push({ macro, block: block.index, order });
        this.#lastBlock = block.index;
        all += `${macro.definition}\n${macro.optional ?? ''}\n`;
      }
    this.#known = known.get(all) ?? this.#known;
    if (known.size >= MOST_CHAPTERS && !known.has(all)) known.delete(known.keys().next().value!);
    known.set(all, this.#known);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** The definitions that a formula of a block needs, as far as they stand in it or before it, and the formula in KaTeX's words. */
  applied(tex: string, block: number): AppliedMacros {
    if (block < this.#lastBlock) return this.#applied(tex, block);
    let applied = this.#known.get(tex);
    if (applied === undefined) {
      applied = this.#applied(tex, block);
      if (this.#known.size >= MOST_FORMULAS) this.#known.clear();
      this.#known.set(tex, applied);
    }
    return applied;
  }

  #applied(tex: string, block: number): AppliedMacros {
    const own = MAY_DEFINE.test(tex) ? new DefinitionReader(tex).all() : NONE;
    const used = new Map<string, { readonly macro: Macro; readonly order: number }>();
    for (const { name } of own) used.set(name, { macro: own.find(one => one.name === name)!, order: 0 });
    const texts = [tex];
    for (let text = texts.pop(); text !== undefined; text = texts.pop())
      for (const [name] of text.matchAll(/\\(?:[A-Za-z]+|[^A-Za-z\s])/g)) {
        if (used.has(name)) continue;
        const found = this.#byName.get(name)?.findLast(one => one.block <= block);
        if (found === undefined) continue;
        used.set(name, found);
        texts.push(found.macro.definition);
      }
    const needed = [...used.values()].filter(({ order }) => order > 0).sort((a, b) => a.order - b.order);
    const optional = [...used.values()].flatMap(({ macro }) => (macro.optional === undefined ? [] : [macro]));
    let shown = '';
    let at = 0;
    for (const { start, end, definition } of own) {
      shown += tex.slice(at, start) + definition;
      at = end;
    }
    shown += tex.slice(at);
    return {
      prelude: needed.map(({ macro }) => withDefaults(macro.definition, optional, macro.name)).join(''),
      tex: withDefaults(shown, optional, undefined),
    };
  }
}

export interface AppliedMacros {
  readonly prelude: string;
  readonly tex: string;
}

/** KaTeX wants the first argument of such macros: what stands for it is put in where it is missing. */
function withDefaults(tex: string, macros: readonly Macro[], but: string | undefined): string {
  let filled = tex;
  for (const { name, optional } of macros) {
    if (name === but || !filled.includes(name)) continue;
    const pattern = new RegExp(`(?<!\\\\def)${name.replace(/[^A-Za-z]/g, '\\$&')}(?![A-Za-z])(?!\\s*\\[)`, 'g');
    filled = filled.replace(pattern, () => `${name}[${optional}]`);
  }
  return filled;
}

const made = new WeakMap<Chapter, Macros>();

export function macrosOf(chapter: Chapter): Macros {
  let macros = made.get(chapter);
  if (macros === undefined) {
    macros = new Macros(chapter);
    made.set(chapter, macros);
  }
  return macros;
}
