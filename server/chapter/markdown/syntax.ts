/**
 * Micromark constructs for the inline syntax that Pandoc and Quarto add: citations, attributes, bracketed spans, inline
 * notes, raw TeX, math, shortcodes, super- and subscript. Each reads one token; what it says is taken apart when the tree is made.
 */
import type { Code, Construct, Effects, Extension, State, Token, TokenizeContext } from 'micromark-util-types';
import { attributesEnd } from '../attributes';

/** Names of the tokens, and of the nodes made from them. */
export type PieceName =
  | 'pandocCitation'
  | 'pandocKey'
  | 'pandocNote'
  | 'pandocNoteRef'
  | 'pandocSpan'
  | 'pandocAttributes'
  | 'pandocTex'
  | 'pandocMath'
  | 'pandocShortcode'
  | 'pandocSuperscript'
  | 'pandocSubscript';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    pandocCitation: 'pandocCitation';
    pandocKey: 'pandocKey';
    pandocNote: 'pandocNote';
    pandocNoteRef: 'pandocNoteRef';
    pandocSpan: 'pandocSpan';
    pandocAttributes: 'pandocAttributes';
    pandocTex: 'pandocTex';
    pandocMath: 'pandocMath';
    pandocShortcode: 'pandocShortcode';
    pandocSuperscript: 'pandocSuperscript';
    pandocSubscript: 'pandocSubscript';
    pandocData: 'pandocData';
  }
  interface Token {
    /** Text of a piece, container prefixes left out. */
    pieceText?: string;
  }
}

type Verdict = 'take' | 'end' | 'fail' | 'key';

/** Decides from the text so far and the next unit (undefined at the end) how a piece goes on. */
type Decide = (text: string, next: string | undefined) => Verdict;

const lineEnding = (code: Code): boolean => code !== null && code < -2;

function unitOf(code: Code): string | undefined {
  if (code === null) return undefined;
  if (code === -1) return '';
  if (code === -2) return '\t';
  return code < -2 ? '\n' : String.fromCharCode(code);
}

/** A punctuation mark within a key counts only before a letter, a digit or `_`. */
const insideKey: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return code => {
      if (code === null || code < 0) return nok(code);
      effects.enter('pandocData');
      effects.consume(code);
      effects.exit('pandocData');
      return next =>
        next !== null && next >= 0 && /[\p{L}\p{N}_]/u.test(String.fromCharCode(next)) ? ok(next) : nok(next);
    };
  },
};

function piece(name: PieceName, decide: Decide, previous?: (code: Code) => boolean): Construct {
  function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const before = this.previous;
    let text = '';
    let token: Token;
    let open = false;
    const leave = (): void => {
      if (open) effects.exit('pandocData');
      open = false;
    };
    const take = (code: Code): State => {
      text += unitOf(code);
      if (lineEnding(code)) {
        leave();
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
      } else {
        if (!open) effects.enter('pandocData');
        open = true;
        effects.consume(code);
      }
      return go;
    };
    const end = (code: Code): State | undefined => {
      leave();
      token.pieceText = text;
      effects.exit(name);
      return ok(code);
    };
    const go: State = code => {
      const verdict = decide(text, unitOf(code));
      if (verdict === 'end') return end(code);
      if (verdict === 'fail' || code === null) return nok(code);
      if (verdict === 'key') return effects.check(insideKey, take, end)(code);
      return take(code);
    };
    return code => {
      if (previous && !previous(before)) return nok(code);
      token = effects.enter(name);
      return go(code);
    };
  }
  return { name, tokenize, previous: () => true };
}

/** Takes up to the bracket that closes the first unit; then asks `after` with the whole text. */
function balanced(
  open: string,
  close: string,
  from: number,
  after: (text: string, next: string | undefined) => Verdict,
): Decide {
  let depth = 0;
  let escaped = false;
  let seen = 0;
  let closed = false;
  return (text, next) => {
    if (text.length < seen || text.length === 0) {
      depth = 0;
      escaped = false;
      seen = 0;
      closed = false;
    }
    for (; seen < text.length && !closed; seen++) {
      const unit = text[seen]!;
      if (seen < from) continue;
      if (escaped) escaped = false;
      else if (unit === '\\') escaped = true;
      else if (unit === open) depth++;
      else if (unit === close && --depth === 0) closed = true;
    }
    if (closed) return after(text, next);
    return next === undefined ? 'fail' : 'take';
  };
}

const LETTER = /[A-Za-z]/;

function key(): Construct {
  return piece(
    'pandocKey',
    (text, next) => {
      if (text === '') return 'take';
      if (text === '@') return next !== undefined && /[\p{L}\p{N}_*{]/u.test(next) ? 'take' : 'fail';
      if (text.startsWith('@{')) {
        if (text.endsWith('}')) return 'end';
        return next === undefined || /\s/.test(next) ? 'fail' : 'take';
      }
      if (next === undefined || next === '') return 'end';
      if (/[\p{L}\p{N}_]/u.test(next)) return 'take';
      return /[:.#$%&\-+?<>~/]/.test(next) ? 'key' : 'end';
    },
    code => code === null || code < 0 || !/[\p{L}\p{N}]/u.test(String.fromCharCode(code)),
  );
}

function citation(): Construct {
  return piece('pandocCitation', (text, next) => {
    if (text === '' || text === '[') return next === '[' || text === '[' ? (next === '^' ? 'fail' : 'take') : 'fail';
    return bracketCitation(text, next);
  });
}

const bracketCitation = balanced('[', ']', 0, (text, next) => {
  const isCitation = text
    .slice(1, -1)
    .split(';')
    .every(part => /(?:^|[^\p{L}\p{N}\\])@[\p{L}\p{N}_*{]/u.test(part));
  return isCitation && next !== '(' && next !== '{' ? 'end' : 'fail';
});

const spanText = balanced('[', ']', 0, (text, next) => {
  const close = closingBracket(text);
  if (close === text.length - 1) return next === '{' ? 'take' : 'fail';
  if (attributesEnd(text, close + 1) === text.length) return 'end';
  return next === undefined || next === '\n' ? 'fail' : 'take';
});

/** Offset of the bracket that closes the first one. */
export function closingBracket(text: string, from = 0): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const unit = text[i];
    if (unit === '\\') i++;
    else if (unit === '[') depth++;
    else if (unit === ']' && --depth === 0) return i;
  }
  return -1;
}

const attributes = piece('pandocAttributes', (text, next) => {
  if (text === '') return 'take';
  if (text.endsWith('}') && attributesEnd(text, 0) === text.length) return 'end';
  if (next === undefined || text.length > 5000 || (text === '{' && !/[#.=A-Za-z\s-]/.test(next))) return 'fail';
  return 'take';
});

const shortcode = piece('pandocShortcode', (text, next) => {
  if (text.length < 3) return next === '{{<'[text.length] ? 'take' : 'fail';
  if (text.endsWith('>}}')) return 'end';
  return next === undefined ? 'fail' : 'take';
});

const inlineNote = piece('pandocNote', (text, next) => {
  if (text === '') return 'take';
  if (text === '^') return next === '[' ? 'take' : 'fail';
  return noteText(text, next);
});
const noteText = balanced('[', ']', 1, () => 'end');

const noteRef = piece('pandocNoteRef', (text, next) => {
  if (text === '') return 'take';
  if (text === '[') return next === '^' ? 'take' : 'fail';
  if (text.endsWith(']')) return text.length > 3 ? 'end' : 'fail';
  return next === undefined || /[\s^[]/.test(next) ? (text === '[' ? 'take' : 'fail') : 'take';
});

/** `\name[..]{..}{..}`; an environment up to its end. */
const tex = piece('pandocTex', (text, next) => {
  if (text === '') return 'take';
  if (text === '\\') return next !== undefined && LETTER.test(next) ? 'take' : 'fail';
  const environment = /^\\begin\{([^}]+)\}/.exec(text);
  if (environment) {
    if (text.endsWith(`\\end{${environment[1]}}`)) return 'end';
    return next === undefined ? 'fail' : 'take';
  }
  const name = /^\\[A-Za-z]+\*?/.exec(text)![0];
  if (
    name.length === text.length &&
    next !== undefined &&
    (LETTER.test(next) || (next === '*' && !text.endsWith('*')))
  ) {
    return 'take';
  }
  const open = openArgument(text.slice(name.length));
  if (open) return next === undefined ? 'fail' : 'take';
  if (next === '{') return 'take';
  return next === '[' && name.length === text.length ? 'take' : 'end';
});

function openArgument(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit === '\\') i++;
    else if (unit === '{' || unit === '[') depth++;
    else if (unit === '}' || unit === ']') depth--;
  }
  return depth > 0;
}

/** Pandoc's rule: no blank inside either dollar, and no digit behind the closing one. */
const math = piece('pandocMath', (text, next) => {
  if (text === '') return 'take';
  if (text === '$') return next === undefined || next === '\n' || next === ' ' || next === '\t' ? 'fail' : 'take';
  if (text.startsWith('$$')) {
    if (text.length > 4 && text.endsWith('$$')) return 'end';
    return next === undefined ? 'fail' : 'take';
  }
  if (text.length > 2 && text.endsWith('$') && !escapedLast(text)) {
    return /[ \t\n]\$$/.test(text) || (next !== undefined && /\d/.test(next)) ? 'fail' : 'end';
  }
  return next === undefined ? 'fail' : 'take';
});

function escapedLast(text: string): boolean {
  let slashes = 0;
  while (text[text.length - 2 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

function script(name: 'pandocSuperscript' | 'pandocSubscript', mark: string): Construct {
  return piece(
    name,
    (text, next) => {
      if (text === '') return 'take';
      if (text.length > 1 && text.endsWith(mark)) return text.length > 2 ? 'end' : 'fail';
      return next === undefined || /[ \t\n]/.test(next) || (text === mark && (next === mark || next === '['))
        ? 'fail'
        : 'take';
    },
    code => code !== mark.charCodeAt(0),
  );
}

const span = piece('pandocSpan', (text, next) => (text === '' ? 'take' : spanText(text, next)));

/** All of them. */
export function pandocSyntax(): Extension {
  return {
    text: {
      36: math,
      64: key(),
      91: [noteRef, citation(), span],
      92: tex,
      94: [inlineNote, script('pandocSuperscript', '^')],
      123: [shortcode, attributes],
      126: script('pandocSubscript', '~'),
    },
    // What Pandoc does not know: URLs without brackets, and notes that are called only where they are defined.
    disable: {
      null: [
        'wwwAutolink',
        'protocolAutolink',
        'emailAutolink',
        'gfmFootnoteCall',
        'gfmPotentialFootnoteCall',
        'gfmFootnoteDefinition',
      ],
    },
  };
}
