/** What a cell consists of: its code without indentation, options and header box. */
import { readHeader } from './cellHeader';
import type { CellCut } from './cuts';
import type { CellHeader, CellOption, OffsetRange } from './model';
import { lastStart } from './sorted';
import { readYaml } from './yaml';

/** Between offsets of a cell's source and of its block's text. */
export interface SourceMap {
  toText(sourceOffset: number): number;
  toSource(textOffset: number): number;
}

/** A cell relative to its block; options and header are relative to its source. */
export class CellContent {
  readonly cut: CellCut;
  readonly source: string;
  readonly map: SourceMap;
  #options: readonly CellOption[] | undefined;
  #optionsEnd = 0;
  #header: CellHeader | undefined | null = null;

  constructor(text: string, cut: CellCut) {
    this.cut = cut;
    const code = ownText(text.slice(cut.codeStart, cut.codeEnd));
    const lead = leadOf(code, cut.indentation.length);
    if (cut.indentation === '' && lead === '' && !code.includes('\r')) {
      this.source = code;
      this.map = new Straight(cut.codeStart, code.length);
    } else {
      const mapped = new Lines(code, cut.codeStart, cut.indentation.length, lead);
      this.source = mapped.source;
      this.map = mapped;
    }
  }

  /** Options, with ranges in the source. */
  get options(): readonly CellOption[] {
    if (!this.#options) {
      const read = readOptions(this.source);
      this.#options = read.options;
      this.#optionsEnd = read.end;
    }
    return this.#options;
  }

  option(key: string): CellOption | undefined {
    return this.options.find(option => option.key === key);
  }

  /** The cell's own `eval`: only the word false keeps it from running; undefined where it says nothing. */
  get eval(): boolean | undefined {
    const option = this.option('eval');
    return option && option.text.toLowerCase() !== 'false';
  }

  get header(): CellHeader | undefined {
    if (this.#header === null) {
      void this.options;
      this.#header = readHeader(this.source, this.#optionsEnd);
    }
    return this.#header;
  }
}

const BEYOND_LATIN = /[^\0-\xff]/;

/** A text of its own: a slice keeps all of the text that it is cut from, and its characters take longer to find. */
function ownText(slice: string): string {
  // In a browser there is nothing that would do it.
  if (typeof Buffer === 'undefined') return slice;
  const encoding = BEYOND_LATIN.test(slice) ? 'utf16le' : 'latin1';
  return Buffer.from(slice, encoding).toString(encoding);
}

class Straight implements SourceMap {
  readonly #start: number;
  readonly #length: number;

  constructor(start: number, length: number) {
    this.#start = start;
    this.#length = length;
  }

  toText(offset: number): number {
    return this.#start + offset;
  }

  toSource(offset: number): number {
    return Math.max(0, Math.min(offset - this.#start, this.#length));
  }
}

/**
 * The blanks before the first line of code: IPython takes them off all lines that begin with them, so that a cell may be
 * indented as a whole. Blank lines and options stand before that line.
 */
function leadOf(code: string, indent: number): string {
  for (let at = 0; at < code.length; ) {
    const newline = code.indexOf('\n', at);
    const end = newline < 0 ? code.length : newline;
    const line = withoutMargin(code.slice(at, end), indent);
    if (line.trim() !== '' && !OPTION.test(line)) return /^[ \t]*/.exec(line)![0];
    at = end + 1;
  }
  return '';
}

function withoutMargin(line: string, indent: number): string {
  const margin = line.slice(0, indent);
  return margin.trim() === '' ? line.slice(margin.length) : line;
}

/** Removes indentation and carriage returns, line by line. */
class Lines implements SourceMap {
  readonly source: string;
  readonly #source: number[] = [];
  readonly #text: number[] = [];

  constructor(code: string, start: number, indent: number, lead: string) {
    const lines: string[] = [];
    let at = 0;
    let length = 0;
    for (const found of code.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
      const whole = found[0];
      if (whole === '' && found.index === code.length) break;
      let line = withoutMargin(found[1]!, indent);
      if (lead !== '' && line.startsWith(lead)) line = line.slice(lead.length);
      const removed = found[1]!.length - line.length;
      this.#source.push(length);
      this.#text.push(start + at + removed);
      const end = found[2] === '' ? '' : '\n';
      lines.push(line + end);
      length += line.length + end.length;
      at += whole.length;
    }
    this.#source.push(length);
    this.#text.push(start + code.length);
    this.source = lines.join('');
  }

  toText(offset: number): number {
    const i = lastStart(this.#source, offset);
    return Math.min(this.#text[i]! + Math.max(0, offset - this.#source[i]!), this.#text.at(-1)!);
  }

  toSource(offset: number): number {
    const i = lastStart(this.#text, offset);
    const next = i + 1 < this.#source.length ? this.#source[i + 1]! : this.source.length;
    return Math.max(0, Math.min(this.#source[i]! + Math.max(0, offset - this.#text[i]!), next));
  }
}

const OPTION = /^#\s*\| ?(.*)$/;
const KEY = /^([A-Za-z][\w.-]*)[ \t]*:(?:[ \t]+|$)/;

/** The `#|` lines at the top of a cell, behind blank lines if there are any; a value may go on over indented lines. */
function readOptions(source: string): { options: CellOption[]; end: number } {
  const options: CellOption[] = [];
  let pending: { key: string; start: number; valueStart: number; lines: string[]; end: number } | undefined;
  const flush = (): void => {
    if (pending) options.push(optionOf(pending));
    pending = undefined;
  };
  let at = 0;
  let begun = false;
  while (at < source.length) {
    const newline = source.indexOf('\n', at);
    const lineEnd = newline < 0 ? source.length : newline;
    const line = source.slice(at, lineEnd);
    const found = OPTION.exec(line);
    if (!found) {
      if (line.trim() !== '' || begun) break;
      at = lineEnd + 1;
      continue;
    }
    begun = true;
    const body = found[1]!;
    const bodyStart = at + line.length - body.length;
    const key = KEY.exec(body);
    if (key) {
      flush();
      pending = {
        key: key[1]!,
        start: bodyStart,
        valueStart: bodyStart + key[0].length,
        lines: [body.slice(key[0].length)],
        end: bodyStart + body.trimEnd().length,
      };
    } else if (pending && (body.trim() === '' || /^(?:[ \t]|- )/.test(body))) {
      pending.lines.push(body);
      if (body.trim() !== '') pending.end = bodyStart + body.trimEnd().length;
    } else flush();
    at = lineEnd + 1;
  }
  flush();
  return { options, end: Math.min(at, source.length) };
}

function optionOf(pending: {
  key: string;
  start: number;
  valueStart: number;
  lines: string[];
  end: number;
}): CellOption {
  const written = pending.lines.join('\n').trim();
  const quoted = /^(["'])([\s\S]*)\1$/.exec(written);
  const valueStart = Math.min(pending.valueStart, pending.end);
  const inset = quoted ? 1 : 0;
  const range: OffsetRange = { start: pending.start, end: pending.end };
  return {
    key: pending.key,
    value: yamlValue(written, pending.lines),
    text: withoutQuotes(written),
    range,
    keyRange: { start: pending.start, end: pending.start + pending.key.length },
    valueRange: { start: valueStart + inset, end: Math.max(valueStart + inset, pending.end - inset) },
  };
}

function withoutQuotes(written: string): string {
  const isQuote = (at: number): boolean => written[at] === '"' || written[at] === "'";
  let start = 0;
  let end = written.length;
  while (isQuote(start)) start++;
  while (end > start && isQuote(end - 1)) end--;
  return written.slice(start, end);
}

function yamlValue(written: string, lines: readonly string[]): unknown {
  if (written === '') return null;
  if (lines.length === 1) {
    if (/^(?:true|True|TRUE)$/.test(written)) return true;
    if (/^(?:false|False|FALSE)$/.test(written)) return false;
    if (/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(written)) return Number(written);
    if (/^[A-Za-z][\w./ -]*$/.test(written) && !/^(?:null|Null|NULL)$/.test(written)) return written;
  }
  // Undefined for what is not YAML: the text stands beside it.
  return (readYaml(`value: ${lines.join('\n')}`).value as { value?: unknown } | undefined)?.value;
}
