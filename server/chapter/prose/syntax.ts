/**
 * Micromark's text grammar with Pandoc's and Quarto's constructs. Micromark itself reads strikeout, escapes, character
 * references, autolinks and line ends. Its readers of code, HTML and links are replaced: they look through the rest of the text at
 * each mark, and Pandoc decides otherwise on brackets, and on emphasis (`emphasis.ts`).
 */
import { resolveAll } from 'micromark-util-resolve-all';
import type { Code, Construct, Event, Extension, State, Token, TokenizeContext, Tokenizer } from 'micromark-util-types';
import { readAttributes } from '../attributes';
import type { Attributes, OffsetRange } from '../model';
import { EMPHASIS } from './emphasis';
import { definitionLabel } from './nodes';
import type { PieceReader, Said } from './pieces';

/** What a pair of brackets makes of the text within. */
export type Group =
  | { readonly type: 'note' }
  | { readonly type: 'citation' }
  | { readonly type: 'span'; readonly attributes: Attributes }
  | {
      readonly type: 'link' | 'image';
      readonly url: string;
      readonly urlRange: OffsetRange;
      readonly title: string | undefined;
      readonly attributes: Attributes | undefined;
    }
  | {
      readonly type: 'linkReference';
      readonly image: boolean;
      readonly label: string;
      readonly tail: string;
      readonly attributes: Attributes | undefined;
    };

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    prosePiece: 'prosePiece';
    proseBracket: 'proseBracket';
    proseGroup: 'proseGroup';
  }
  interface Token {
    said?: Said;
    group?: Group;
  }
}

interface OpenBracket {
  /** Index of the event that enters its token. */
  readonly event: number;
  readonly at: number;
  readonly textStart: number;
  readonly kind: 'link' | 'image' | 'note';
  /** Number of keys before it that no bracket has taken. */
  readonly keys: number;
}

/** Brackets that are open at once; deeper ones are text. */
const MAX_OPEN = 100;

/** The text that is being read; reading is not interrupted, and what stands inside a piece is read afterwards. */
export class Reading {
  readonly pieces: PieceReader;
  readonly open: OpenBracket[] = [];
  /** Offsets of the keys that no bracket has taken. */
  readonly keys: number[] = [];

  constructor(pieces: PieceReader) {
    this.pieces = pieces;
  }
}

let reading: Reading;

/** Says which text micromark is about to read. */
export function startReading(pieces: PieceReader): void {
  reading = new Reading(pieces);
}

/** How much a code adds to the offset. */
const widthOf = (code: Code): number => (code === -1 || code === null ? 0 : code === -3 ? 2 : 1);

/** A tokenizer that consumes what `end` tells, from the present offset on. */
function upTo(
  type: 'prosePiece' | 'proseBracket',
  find: (at: number, context: TokenizeContext, token: () => Token) => number,
): Tokenizer {
  return function (this: TokenizeContext, effects, ok, nok): State {
    let at = 0;
    let end = 0;
    const go: State = code => {
      if (at >= end || code === null) {
        effects.exit(type);
        return ok(code);
      }
      effects.consume(code);
      at += widthOf(code);
      return go;
    };
    return code => {
      at = this.now().offset;
      let token: Token | undefined;
      end = find(at, this, () => (token = effects.enter(type)));
      if (end <= at) return nok(code);
      token ??= effects.enter(type);
      return go(code);
    };
  };
}

function piece(
  name: string,
  read: (pieces: PieceReader, at: number) => { end: number; said: Said } | undefined,
): Construct {
  return {
    name,
    tokenize: upTo('prosePiece', (at, _context, enter) => {
      const found = read(reading.pieces, at);
      if (found === undefined) return -1;
      enter().said = found.said;
      if (found.said.type === 'key') reading.keys.push(at);
      return found.end;
    }),
  };
}

/** Backticks that close nothing. */
const backticks: Construct = {
  name: 'proseBackticks',
  tokenize: upTo('prosePiece', at => reading.pieces.backticks(at)),
};

function bracketStart(kind: OpenBracket['kind'], size: number): Construct {
  return {
    name: 'proseBracketStart',
    tokenize: upTo('proseBracket', (at, context) => {
      const { text } = reading.pieces;
      const bracket = at + size - 1;
      if (text.charCodeAt(bracket) !== 91 || reading.open.length >= MAX_OPEN) return -1;
      // A note's bracket has to close; `![^id]` is a note behind an exclamation mark.
      if (kind === 'note' && reading.pieces.balanced(bracket, 91, 93) < 0) return -1;
      if (kind === 'image' && text.charCodeAt(bracket + 1) === 94) return -1;
      reading.open.push({ event: context.events.length, at, textStart: at + size, kind, keys: reading.keys.length });
      return at + size;
    }),
  };
}

const bracketEnd: Construct = {
  name: 'proseBracketEnd',
  tokenize: upTo('proseBracket', (at, _context, enter) => {
    const open = reading.open.at(-1);
    if (open === undefined) return -1;
    const { group, end } = closed(open, at);
    enter().group = group;
    return end;
  }),
  resolveTo: (events, context) => wrapped(events, context, reading.open.pop()!),
};

/** Puts what stands between brackets into one token; emphasis does not cross the brackets. */
function wrapped(events: Event[], context: TokenizeContext, open: OpenBracket): Event[] {
  const start = events[open.event]![1];
  const end = events.at(-1)![1];
  const token: Token = { type: 'proseGroup', start: start.start, end: end.end, group: end.group! };
  const inside = events.slice(open.event + 2, -2);
  const { insideSpan } = context.parser.constructs;
  const resolved = resolveAll((insideSpan.null ?? []) as Construct[], inside, context);
  events.length = open.event;
  events.push(['enter', token, context]);
  for (const event of resolved) events.push(event);
  events.push(['exit', token, context]);
  return events;
}

/** What the bracket at an offset closes, and where that ends with what belongs to it. */
function closed(open: OpenBracket, at: number): { group: Group; end: number } {
  const { pieces, keys } = reading;
  const { text } = pieces;
  if (open.kind === 'note') return { group: { type: 'note' }, end: at + 1 };
  const image = open.kind === 'image';
  const after = text.charCodeAt(at + 1);
  const isFollowed = after === 40 || after === 123 || (after === 91 && text.charCodeAt(at + 2) !== 94);
  const isCitation = !image && !isFollowed && citesAll(text, open, at);
  if (isCitation) {
    keys.length = open.keys;
    return { group: { type: 'citation' }, end: at + 1 };
  }
  if (after === 40) {
    const found = pieces.destination(at + 1);
    if (found) {
      const { url, urlRange, title } = found;
      const { attributes, end } = tailAttributes(text, found.end);
      return { group: { type: image ? 'image' : 'link', url, urlRange, title, attributes }, end };
    }
  }
  if (after === 123 && !image) {
    const read = readAttributes(text, at + 1);
    if (read) return { group: { type: 'span', attributes: read.attributes }, end: read.end };
  }
  let tailEnd = at + 1;
  let label = text.slice(open.textStart, at);
  if (after === 91 && text.charCodeAt(at + 2) !== 94) {
    const close = pieces.balanced(at + 1, 91, 93);
    const written = close < 0 ? '@' : text.slice(at + 2, close - 1);
    if (!/(?<![\p{L}\p{N}\\])@[\p{L}\p{N}_*{]/u.test(written)) {
      tailEnd = close;
      if (written.trim() !== '') label = written;
    }
  }
  const { attributes, end } = tailAttributes(text, tailEnd);
  const tail = text.slice(at + 1, tailEnd);
  // Labels have a length that somebody can read.
  const known = label.length > 1000 ? '' : definitionLabel(label);
  return { group: { type: 'linkReference', image, label: known, tail, attributes }, end };
}

function tailAttributes(text: string, at: number): { attributes: Attributes | undefined; end: number } {
  const read = text.charCodeAt(at) === 123 ? readAttributes(text, at) : undefined;
  return { attributes: read?.attributes, end: read?.end ?? at };
}

/** Whether each part between semicolons has a key. */
function citesAll(text: string, open: OpenBracket, end: number): boolean {
  const { keys } = reading;
  let next = open.keys;
  if (next >= keys.length) return false;
  let from = open.textStart;
  while (from <= end) {
    const semicolon = text.indexOf(';', from);
    const until = semicolon < 0 || semicolon > end ? end : semicolon;
    if (next >= keys.length || keys[next]! >= until) return false;
    while (next < keys.length && keys[next]! < until) next++;
    from = until + 1;
  }
  return true;
}

const EXTENSION: Extension = {
  text: {
    33: bracketStart('image', 2),
    36: piece('proseMath', (pieces, at) => pieces.math(at)),
    60: piece('proseAngle', (pieces, at) => pieces.angle(at)),
    64: piece('proseKey', (pieces, at) => pieces.key(at)),
    91: [piece('proseNoteReference', (pieces, at) => pieces.noteReference(at)), bracketStart('link', 1)],
    92: piece('proseBackslash', (pieces, at) => pieces.backslash(at)),
    93: bracketEnd,
    94: [bracketStart('note', 2), piece('proseSuperscript', (pieces, at) => pieces.script(at))],
    96: [piece('proseCode', (pieces, at) => pieces.code(at)), backticks],
    123: [
      piece('proseShortcode', (pieces, at) => pieces.shortcode(at)),
      piece('proseAttributes', (pieces, at) => pieces.attributes(at)),
    ],
    126: piece('proseSubscript', (pieces, at) => pieces.script(at)),
  },
  disable: { null: ['attention', 'codeText', 'htmlText', 'labelStartImage', 'labelStartLink', 'labelEnd'] },
};

/** All of the grammar. `plain` leaves out emphasis and strikeout, whose pairing takes more than linear time for a text full of marks. */
export function proseSyntax(plain: boolean): Extension[] {
  return plain ? [EXTENSION] : [EMPHASIS, EXTENSION];
}
