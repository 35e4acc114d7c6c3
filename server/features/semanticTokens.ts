/** Semantic tokens: what the names in cells and references are, which no grammar can tell. */
import type { SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams } from 'vscode-languageserver';
import { builtins, type NameUse, PyClass, type SymbolIndex, symbolIndex } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, RefResult } from '../evaluation/analysis';
import { type FeatureContext, type Handler, isHere, toOffset, toRange } from './feature';
import { TOKEN_TYPES } from './tokenLegend';

export const semanticTokens: Handler<SemanticTokensParams, SemanticTokens> = {
  handle: (analysis, _params, context) => tokensIn(analysis, { start: 0, end: Number.POSITIVE_INFINITY }, context),
};

export const semanticTokensInRange: Handler<SemanticTokensRangeParams, SemanticTokens> = {
  handle(analysis, { range }, context) {
    const start = toOffset(analysis.chapter, range.start, context);
    const end = toOffset(analysis.chapter, range.end, context);
    return tokensIn(analysis, { start, end }, context);
  },
};

type TokenType = (typeof TOKEN_TYPES)[number];

const DECLARATION = 1;
const READONLY = 2;
const LIBRARY = 4;

interface Meaning {
  readonly type: TokenType;
  readonly modifiers: number;
}

/** A name of a text, with offsets into it. */
interface Token {
  readonly start: number;
  readonly end: number;
  /** Undefined for a name that the text itself does not bind. */
  readonly meaning: Meaning | undefined;
  readonly name: string;
}

/** By index: an edit of prose leaves all of them as they are. */
const known = new WeakMap<SymbolIndex, readonly Token[]>();

function tokensOf(index: SymbolIndex): readonly Token[] {
  let tokens = known.get(index);
  if (tokens === undefined) {
    tokens = index.uses.map(use => ({
      start: use.span.start,
      end: use.span.end,
      name: use.variable,
      meaning: meaningOf(use, index),
    }));
    known.set(index, tokens);
  }
  return tokens;
}

function meaningOf(use: NameUse, index: SymbolIndex): Meaning | undefined {
  const { attributes, local, variable, path, write } = use;
  const declared = write ? DECLARATION : 0;
  if (attributes.length > 0) {
    const isMethod = index.definitions.of(path).at(-1)?.kind === 'function';
    return { type: isMethod ? 'method' : 'property', modifiers: declared };
  }
  if (local !== undefined) {
    const isParameter = local.names.get(variable)?.parameter === true;
    return { type: isParameter ? 'parameter' : 'variable', modifiers: declared };
  }
  const definition = index.definitions.of(path).at(-1);
  if (definition === undefined) return undefined;
  return withModifiers(bound(definition.kind, variable, definition.from), declared);
}

function withModifiers({ type, modifiers }: Meaning, more: number): Meaning {
  return { type, modifiers: modifiers | more };
}

/** What a definition makes; of what an import brings from elsewhere, as its spelling tells. */
function bound(kind: string, name: string, from: { readonly name: string | undefined } | undefined): Meaning {
  if (kind === 'class') return { type: 'class', modifiers: 0 };
  if (kind === 'function') return { type: 'function', modifiers: 0 };
  if (kind !== 'import') return { type: 'variable', modifiers: 0 };
  if (from === undefined || from.name === undefined) return { type: 'namespace', modifiers: 0 };
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return { type: 'variable', modifiers: READONLY };
  return { type: /^[A-Z]/.test(name) ? 'class' : 'function', modifiers: 0 };
}

/** What names mean that other cells bind. */
function sharedMeanings({ cells }: Analysis): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>();
  for (const { program } of cells)
    for (const { name, kind, from } of symbolIndex(program.module).definitions.all)
      if (!name.includes('.')) found.set(name, bound(kind, name, from));
  return found;
}

function libraryMeaning(name: string): Meaning | undefined {
  const value = builtins().get(name);
  if (value === undefined) return undefined;
  return { type: value instanceof PyClass ? 'class' : 'function', modifiers: LIBRARY };
}

function tokensIn(analysis: Analysis, range: OffsetRange, context: FeatureContext): SemanticTokens {
  const meanings = sharedMeanings(analysis);
  const encoder = new Encoder();
  const texts = textsIn(analysis, range, context).sort((a, b) => a.start - b.start);
  for (const { tokens, place } of texts)
    for (const { start, end, meaning, name } of tokens) {
      const told = meaning ?? meanings.get(name) ?? libraryMeaning(name);
      if (told !== undefined) encoder.add(place(start), end - start, told);
    }
  return { data: encoder.data };
}

interface CodeText {
  readonly start: number;
  readonly tokens: readonly Token[];
  /** The position of an offset of the text in its document. */
  place(offset: number): { readonly line: number; readonly character: number };
}

/** Cells and references that touch a range, in the file that was asked about. */
function textsIn(analysis: Analysis, range: OffsetRange, context: FeatureContext): CodeText[] {
  const { chapter, cells, refBlocks } = analysis;
  const isWanted = (one: OffsetRange) =>
    one.start <= range.end && range.start <= one.end && isHere(chapter, one.start, context);
  const found: CodeText[] = [];
  for (const cell of cells) if (isWanted(cell.cell.range)) found.push(cellText(cell, analysis));
  for (const { block, refs } of refBlocks) {
    if (block.range.start > range.end || block.range.end < range.start) continue;
    for (const ref of refs)
      if (ref.expression !== undefined && isWanted(ref.ref.range)) found.push(refText(ref, analysis));
  }
  return found;
}

function cellText({ cell, program }: CellResult, { chapter }: Analysis): CodeText {
  const tokens = tokensOf(symbolIndex(program.module));
  const start = cell.codeRange.start;
  const isStraight =
    chapter.composition === undefined && cell.toDocument(cell.source.length) - start === cell.source.length;
  const exact = (offset: number) => {
    const at = cell.toDocument(offset);
    return toRange(chapter, { start: at, end: at }).start;
  };
  return { start, tokens, place: isStraight ? linesFrom(program, chapter.lines.lineAt(start)) : exact };
}

/** Positions in a text whose lines are those of the document from `first` on; asked for in order. */
function linesFrom({ source }: { readonly source: string }, first: number): CodeText['place'] {
  let line = first;
  let lineStart = 0;
  return offset => {
    for (
      let next = source.indexOf('\n', lineStart);
      next >= 0 && next < offset;
      next = source.indexOf('\n', lineStart)
    ) {
      line++;
      lineStart = next + 1;
    }
    return { line, character: offset - lineStart };
  };
}

function refText({ ref, expression }: RefResult, { chapter }: Analysis): CodeText {
  const { start } = ref.exprRange;
  const place = (offset: number) => toRange(chapter, { start: start + offset, end: start + offset }).start;
  return { start, tokens: tokensOf(symbolIndex(expression!)), place };
}

/** Writes tokens as the protocol has them: each relative to the one before. */
class Encoder {
  readonly data: number[] = [];
  #line = 0;
  #character = 0;

  add({ line, character }: { line: number; character: number }, length: number, { type, modifiers }: Meaning): void {
    const isSameLine = line === this.#line;
    // Two names at one place are one: of `f"{x=}"` and the like.
    if (line < this.#line || (isSameLine && character < this.#character)) return;
    if (this.data.length > 0 && isSameLine && character === this.#character) return;
    this.data.push(
      line - this.#line,
      isSameLine ? character - this.#character : character,
      length,
      TOKEN_TYPES.indexOf(type),
      modifiers,
    );
    this.#line = line;
    this.#character = character;
  }
}
