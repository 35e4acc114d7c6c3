/** Reads what went wrong from TeX's log. */

import type { DrawingFault } from '../drawing';
import { LINES_BEFORE, MISSING_CHARACTER, PREAMBLE_MARK } from '../texDocument';

/** TeX breaks lines of its log here. */
const BREAK = 79;

/** The lines of a log as they were before TeX broke them. */
function linesOf(log: string): string[] {
  const lines: string[] = [];
  let whole = '';
  for (const line of log.split('\n')) {
    whole += line;
    if (line.length === BREAK) continue;
    lines.push(whole);
    whole = '';
  }
  lines.push(whole);
  return lines;
}

/** Text of the log as the author wrote it: TeX shows bytes that it cannot print by their numbers. */
function readable(text: string): string {
  const bytes = text.replace(/\^\^([0-9a-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The fault that ended a run. */
export function faultOf(
  log: string,
  lineAt: (position: number) => number,
  finished: boolean,
): DrawingFault | undefined {
  const at = /^! /m.exec(log)?.index;
  if (at === undefined)
    return finished ? undefined : { kind: 'fault', message: 'TeX ended without a drawing', line: undefined };
  const [first = '', ...rest] = linesOf(log.slice(at, at + 5000));
  const message = messageOf(first.slice(2), rest);
  // TeX tells the line of the file that it is in, which may be one of a library.
  const line = lineAt(at) - LINES_BEFORE;
  if (line >= 0) return { kind: 'fault', message, line };
  const inHeader = !log.slice(0, at).includes(PREAMBLE_MARK);
  return { kind: 'fault', message: inHeader ? `In the book's header: ${message}` : message, line: undefined };
}

function messageOf(first: string, rest: readonly string[]): string {
  const text = readable(first)
    .replace(/^(?:LaTeX|Package|Class)(?: [^:]*)? Error: /, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  if (text === 'Undefined control sequence') {
    // The place is shown on two lines, broken behind the culprit.
    const culprit = /(\\(?:[A-Za-z@]+|.))\s*$/.exec(rest[0] ?? '')?.[1];
    return culprit === undefined ? text : `${text} ${culprit}`;
  }
  const font = /^Font \S+?=(\S+).* not loadable/.exec(text);
  if (font !== null) return `The preview has no font ${font[1]}`;
  const capacity = /^TeX capacity exceeded, sorry \[(.*)\]$/.exec(text);
  return capacity === null ? text : `This drawing needs more than the preview's TeX has room for (${capacity[1]})`;
}

/** Names of colours that are not defined. */
export function undefinedColours(log: string): string[] {
  const found = linesOf(log).flatMap(line => /Undefined color `([^']*)'/.exec(line)?.[1] ?? []);
  return [...new Set(found)].filter(name => /^[A-Za-z][\w.-]*$/.test(name));
}

/** Characters that LaTeX has no definition for, or that a font at hand lacks. */
export function missingCharacters(log: string): string[] {
  const lines = linesOf(log);
  const found = lines.flatMap(line => {
    const code = line.startsWith(MISSING_CHARACTER) ? /\(U\+([0-9A-F]{4,6})\)/.exec(line)?.[1] : undefined;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    const character = /^Missing character: There is no (\S+) in font (?!nullfont)/.exec(line)?.[1];
    return character === undefined ? [] : readable(character);
  });
  return [...new Set(found)];
}

/** What the graphics driver cannot show, of what the block uses. */
export function unsupportedFeatures(log: string): string[] {
  const lines = linesOf(log.slice(Math.max(0, log.indexOf(PREAMBLE_MARK))));
  return [...new Set(lines.flatMap(line => /graphic driver \S+ does not support (.*?)\. This/.exec(line)?.[1] ?? []))];
}
