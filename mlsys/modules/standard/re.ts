/** `re` */
import { iteratorClass, makeIterator, textOf } from '../../python/builtins/support';
import { PyDict } from '../../python/runtime/dict';
import { exceptionClass, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  NotImplemented,
  nativeClass,
  PyBytes,
  type PyClass,
  PyList,
  type PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import {
  call,
  hashString,
  hasIndex,
  indexOf,
  isCallable,
  smallIndex,
  str,
  typeName,
} from '../../python/runtime/operations';
import { reprString } from '../../python/runtime/text/repr';
import { vm } from '../../python/runtime/vm';
import { PyMappingProxy } from './mappingProxy';
import { compileRegex, Matcher, type RegexProgram, type Subject, subjectOf } from './regex/machine';
import { FLAGS, type Regex } from './regex/nodes';
import { parseRegex, RegexFault } from './regex/parser';
import { expandTemplate, parseTemplate, type Template } from './regex/template';
import { functions, moduleOf } from './support';

const patternClass = nativeClass('Pattern', undefined, 're');
patternClass.errorName = 're.Pattern';
const matchClass = nativeClass('Match', undefined, 're');
matchClass.errorName = 're.Match';
const errorClass = nativeClass('PatternError', [exceptionClass], 're');

const FLAG_NAMES: readonly (readonly [string, string, number])[] = [
  ['IGNORECASE', 'I', FLAGS.I],
  ['MULTILINE', 'M', FLAGS.M],
  ['DOTALL', 'S', FLAGS.S],
  ['VERBOSE', 'X', FLAGS.X],
  ['ASCII', 'A', FLAGS.A],
  ['UNICODE', 'U', FLAGS.U],
  ['LOCALE', 'L', FLAGS.L],
];

/** A compiled pattern as Python sees it. */
export class PyPattern extends PyObject {
  readonly pattern: string;
  readonly regex: Regex;
  readonly program: RegexProgram;
  constructor(pattern: string, regex: Regex) {
    super(patternClass);
    this.pattern = pattern;
    this.regex = regex;
    this.program = compileRegex(regex);
  }

  /** The group of a number or name; undefined for none. */
  group(key: Value): number | undefined {
    if (typeof key !== 'string' && !hasIndex(key)) return undefined;
    const index = typeof key === 'string' ? this.regex.names.get(key) : Number(indexOf(key));
    return index === undefined || index < 0 || index > this.regex.groups ? undefined : index;
  }
}

export class PyMatch extends PyObject {
  readonly re: PyPattern;
  readonly subject: Subject;
  readonly slots: Int32Array;
  readonly lastGroup: number;
  readonly from: number;
  readonly to: number;
  constructor(re: PyPattern, subject: Subject, matcher: Matcher, from: number, to: number) {
    super(matchClass);
    this.re = re;
    this.subject = subject;
    this.slots = matcher.slots.slice();
    this.lastGroup = matcher.lastGroup;
    this.from = from;
    this.to = to;
  }

  /** The text of a group, or undefined where it did not take part. */
  text(index: number): string | undefined {
    const start = this.slots[index * 2]!;
    const end = this.slots[index * 2 + 1]!;
    return start < 0 || end < 0 ? undefined : this.subject.slice(start, end);
  }

  get start(): number {
    return this.slots[0]!;
  }

  get end(): number {
    return this.slots[1]!;
  }
}

/** Compiled patterns, by flags and text. */
const cache = new Map<string, PyPattern>();

function patternError(error: RegexFault, pattern: string): PyError {
  const { position } = error;
  let message = error.message;
  const exception = new PyException(errorClass, []);
  exception.attrs ??= new Map();
  if (position >= 0) {
    message += ` at position ${position}`;
    const before = [...pattern].slice(0, position);
    const line = before.filter(char => char === '\n').length + 1;
    const column = position - before.lastIndexOf('\n');
    if (pattern.includes('\n')) message += ` (line ${line}, column ${column})`;
    exception.attrs.set('pos', BigInt(position));
    exception.attrs.set('lineno', BigInt(line));
    exception.attrs.set('colno', BigInt(column));
  } else for (const name of ['pos', 'lineno', 'colno']) exception.attrs.set(name, null);
  exception.attrs.set('msg', error.message);
  exception.attrs.set('pattern', pattern);
  exception.args = new PyTuple([message]);
  return new PyError(exception);
}

/** What the instructions of a pattern take for each of its characters; nothing worth counting where it is short. */
const LONG_PATTERN = 256;
const PATTERN_BYTES = 300;
const PATTERN_STEPS = 20;

function compiled(pattern: Value, flags: Value | undefined): PyPattern {
  const bits = flags === undefined ? 0 : Number(indexOf(flags));
  if (pattern instanceof PyPattern) {
    if (bits !== 0) throw raise('ValueError', 'cannot process flags argument with a compiled pattern');
    return pattern;
  }
  if (pattern instanceof PyBytes) throw new Unsupported('regular expressions on bytes');
  const text = textOf(pattern);
  if (text === undefined) throw raise('TypeError', 'first argument must be string or compiled pattern');
  if (bits & FLAGS.L) throw raise('ValueError', 'cannot use LOCALE flag with a str pattern');
  if (bits & FLAGS.A && bits & FLAGS.U) throw raise('ValueError', 'ASCII and UNICODE flags are incompatible');
  return compiledText(text, bits);
}

function compiledText(pattern: string, bits: number): PyPattern {
  if (pattern.length > LONG_PATTERN) {
    vm.charge(pattern.length * PATTERN_BYTES);
    vm.step(pattern.length * PATTERN_STEPS);
  }
  const key = `${bits} ${pattern}`;
  let known = cache.get(key);
  if (known === undefined) {
    try {
      known = new PyPattern(pattern, parseRegex(pattern, bits));
    } catch (error) {
      throw error instanceof RegexFault ? patternError(error, pattern) : error;
    }
    if (cache.size >= 512) cache.clear();
    cache.set(key, known);
  }
  return known;
}

interface Range {
  readonly subject: Subject;
  readonly from: number;
  readonly to: number;
}

function rangeOf(text: Value, pos?: Value, endpos?: Value): Range {
  if (typeof text !== 'string') {
    if (text instanceof PyBytes) throw raise('TypeError', 'cannot use a string pattern on a bytes-like object');
    const plain = text instanceof PyObject && 'payload' in text ? text.payload : undefined;
    if (typeof plain !== 'string')
      throw raise('TypeError', `expected string or bytes-like object, got '${typeName(text)}'`);
    return rangeOf(plain, pos, endpos);
  }
  const subject = subjectOf(text);
  const clamp = (value: Value | undefined, missing: number): number =>
    value === undefined ? missing : Math.max(0, Math.min(subject.length, smallIndex(value)));
  return { subject, from: clamp(pos, 0), to: clamp(endpos, subject.length) };
}

function matchAt(re: PyPattern, range: Range, whole: boolean): Value {
  const { subject, from, to } = range;
  const matcher = new Matcher(re.program, subject, to, whole);
  return from <= to && matcher.matchAt(from, false) ? new PyMatch(re, subject, matcher, from, to) : null;
}

/** The matches one after the other, as CPython's scanner finds them. */
function* scan(re: PyPattern, range: Range): Generator<PyMatch, void> {
  const { subject, from, to } = range;
  const matcher = new Matcher(re.program, subject, to, false);
  let nonEmpty = false;
  for (let at = from; at <= to; ) {
    if (matcher.matchAt(at, nonEmpty)) {
      vm.step(10);
      const match = new PyMatch(re, subject, matcher, from, to);
      yield match;
      // An empty match may not be followed by another one at its end.
      nonEmpty = match.end === match.start;
      at = match.end;
    } else {
      at++;
      nonEmpty = false;
      if ((at & 1) === 0) vm.step();
    }
  }
}

function groupText(match: PyMatch, index: number, missing: Value): Value {
  return match.text(index) ?? missing;
}

/** What `findall` gives for a match. */
function found(match: PyMatch): Value {
  const { groups } = match.re.regex;
  if (groups === 0) return match.text(0) as string;
  if (groups === 1) return groupText(match, 1, '');
  return new PyTuple(Array.from({ length: groups }, (_, at) => groupText(match, at + 1, '')));
}

function substitute(re: PyPattern, replacement: Value, text: Value, count?: Value): [Value, bigint] {
  const range = rangeOf(text);
  const most = count === undefined ? 0 : smallIndex(count);
  let template: Template | undefined;
  if (!isCallable(replacement)) {
    const plain = textOf(replacement);
    if (plain === undefined)
      throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(replacement)} found`);
    template = templateOf(re, plain);
  }
  const pieces: string[] = [];
  let last = 0;
  let done = 0n;
  for (const match of scan(re, range)) {
    pieces.push(range.subject.slice(last, match.start));
    if (template !== undefined) {
      vm.step(2 * template.length);
      const piece = expandTemplate(template, index => match.text(index));
      if (piece.length > 64) vm.chargeTexts(piece.length);
      pieces.push(piece);
    } else {
      const made = call(replacement, [match]);
      if (typeof made !== 'string') throw raise('TypeError', `expected str instance, ${typeName(made)} found`);
      pieces.push(made);
    }
    last = match.end;
    done++;
    if (most > 0 && done >= most) break;
  }
  if (done === 0n) return [range.subject.text, 0n];
  pieces.push(range.subject.slice(last, range.subject.length));
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  vm.chargeTexts(size * 2);
  vm.work(size);
  const result = pieces.join('');
  return [result, done];
}

function templateOf(re: PyPattern, text: string): Template {
  try {
    return parseTemplate(text, re.regex);
  } catch (error) {
    if (!(error instanceof RegexFault)) throw error;
    if (error.message.startsWith('unknown group name')) throw raise('IndexError', error.message);
    throw patternError(error, text);
  }
}

function split(re: PyPattern, text: Value, maxsplit?: Value): Value {
  const range = rangeOf(text);
  const most = maxsplit === undefined ? 0 : smallIndex(maxsplit);
  const pieces: Value[] = [];
  let last = 0;
  let done = 0;
  for (const match of scan(re, range)) {
    if (most < 0 || (most > 0 && done >= most)) break;
    pieces.push(range.subject.slice(last, match.start));
    for (let index = 1; index <= re.regex.groups; index++) pieces.push(groupText(match, index, null));
    last = match.end;
    done++;
  }
  pieces.push(range.subject.slice(last, range.subject.length));
  return new PyList(pieces);
}

const operations = {
  match: (re: PyPattern, text: Value, pos?: Value, endpos?: Value) => matchAt(re, rangeOf(text, pos, endpos), false),
  fullmatch: (re: PyPattern, text: Value, pos?: Value, endpos?: Value) => matchAt(re, rangeOf(text, pos, endpos), true),
  search: (re: PyPattern, text: Value, pos?: Value, endpos?: Value): Value => {
    for (const match of scan(re, rangeOf(text, pos, endpos))) return match;
    return null;
  },
  findall: (re: PyPattern, text: Value, pos?: Value, endpos?: Value) =>
    new PyList(Array.from(scan(re, rangeOf(text, pos, endpos)), found)),
  finditer: (re: PyPattern, text: Value, pos?: Value, endpos?: Value) => {
    const matches = scan(re, rangeOf(text, pos, endpos));
    return makeIterator(() => matches.next().value ?? undefined, scannerClass);
  },
};

const scannerClass = iteratorClass('callable_iterator');

function setUpPattern(): void {
  const between = 'string, pos=0, endpos=9223372036854775807';
  defineMethods(patternClass, {
    [`match(${between})`]: operations.match,
    [`fullmatch(${between})`]: operations.fullmatch,
    [`search(${between})`]: operations.search,
    [`findall(${between})`]: operations.findall,
    [`finditer(${between})`]: operations.finditer,
    'split(string, maxsplit=0)': split,
    'sub(repl, string, count=0)': (re: PyPattern, repl: Value, text: Value, count?: Value) =>
      substitute(re, repl, text, count)[0],
    'subn(repl, string, count=0)': (re: PyPattern, repl: Value, text: Value, count?: Value) =>
      new PyTuple(substitute(re, repl, text, count)),
    '__repr__()': (re: PyPattern) => {
      const names = FLAG_NAMES.filter(([, , bit]) => re.regex.flags & bit & ~FLAGS.U).map(([name]) => `re.${name}`);
      const shown = reprString(re.pattern).slice(0, 200);
      return `re.compile(${shown}${names.length === 0 ? '' : `, ${names.join('|')}`})`;
    },
    '__eq__(other, /)': (re: PyPattern, other: Value) =>
      other instanceof PyPattern
        ? re.pattern === other.pattern && re.regex.flags === other.regex.flags
        : NotImplemented,
    '__hash__()': (re: PyPattern) => hashString(re.pattern),
    '__copy__()': (re: PyPattern) => re,
    '__deepcopy__(memo, /)': (re: PyPattern) => re,
  });
  defineProperties(patternClass, {
    pattern: (re: PyPattern) => re.pattern,
    flags: (re: PyPattern) => BigInt(re.regex.flags),
    groups: (re: PyPattern) => BigInt(re.regex.groups),
    groupindex: (re: PyPattern) =>
      new PyMappingProxy(PyDict.from([...re.regex.names].map(([name, index]) => [name, BigInt(index)] as const))),
  });
}

function setUpMatch(): void {
  const groupOf = (match: PyMatch, key: Value): number => {
    const index = match.re.group(key);
    if (index === undefined) throw raise('IndexError', 'no such group');
    return index;
  };
  const place = (side: 0 | 1) => (match: PyMatch, key?: Value) =>
    BigInt(match.slots[(key === undefined ? 0 : groupOf(match, key)) * 2 + side]!);
  const all = (match: PyMatch, missing: Value): Value[] =>
    Array.from({ length: match.re.regex.groups }, (_, at) => groupText(match, at + 1, missing));
  defineMethods(matchClass, {
    'group(*keys)': (match: PyMatch, keys: PyTuple) => {
      const list = keys.items.length === 0 ? [0n] : keys.items;
      const texts = list.map(key => groupText(match, groupOf(match, key), null));
      return texts.length === 1 ? texts[0]! : new PyTuple(texts);
    },
    '__getitem__(key, /)': (match: PyMatch, key: Value) => groupText(match, groupOf(match, key), null),
    'groups(default=None)': (match: PyMatch, missing?: Value) => new PyTuple(all(match, missing ?? null)),
    'groupdict(default=None)': (match: PyMatch, missing?: Value) =>
      PyDict.from(
        [...match.re.regex.names].map(([name, index]) => [name, groupText(match, index, missing ?? null)] as const),
      ),
    'start(group=0, /)': place(0),
    'end(group=0, /)': place(1),
    'span(group=0, /)': (match: PyMatch, key?: Value) => new PyTuple([place(0)(match, key), place(1)(match, key)]),
    'expand(template)': (match: PyMatch, template: Value) =>
      expandTemplate(templateOf(match.re, str(template)), index => match.text(index)),
    '__bool__()': () => true,
    '__repr__()': (match: PyMatch) =>
      `<re.Match object; span=(${match.start}, ${match.end}), match=${reprString(match.text(0)!).slice(0, 50)}>`,
    '__copy__()': (match: PyMatch) => match,
    '__deepcopy__(memo, /)': (match: PyMatch) => match,
  });
  defineProperties(matchClass, {
    re: (match: PyMatch) => match.re,
    string: (match: PyMatch) => match.subject.text,
    pos: (match: PyMatch) => BigInt(match.from),
    endpos: (match: PyMatch) => BigInt(match.to),
    lastindex: (match: PyMatch) => (match.lastGroup < 0 ? null : BigInt(match.lastGroup)),
    lastgroup: (match: PyMatch) => {
      for (const [name, index] of match.re.regex.names) if (index === match.lastGroup) return name;
      return null;
    },
    regs: (match: PyMatch) =>
      new PyTuple(
        Array.from(
          { length: match.re.regex.groups + 1 },
          (_, at) => new PyTuple([BigInt(match.slots[at * 2]!), BigInt(match.slots[at * 2 + 1]!)]),
        ),
      ),
  });
}

/** A flag: an integer that shows its name. */
export function loadRe(): PyModule {
  setUpPattern();
  setUpMatch();
  defineConstructor(
    errorClass,
    'PatternError(msg, pattern=None, pos=None)',
    (cls: PyClass, message: Value) => new PyException(cls, [message]),
  );
  const flags: Record<string, Value> = {};
  const flagClass = call(vm.import('enum').attrs.get('IntFlag') as Value, [
    'RegexFlag',
    PyDict.from(FLAG_NAMES.map(([name, , bit]) => [name, BigInt(bit)] as const)),
  ]) as PyClass;
  flagClass.module = 're';
  const shown = (self: PyObject): string => {
    const bits = Number(indexOf(self));
    const names = FLAG_NAMES.filter(([, , bit]) => bits & bit).map(([name]) => `re.${name}`);
    return names.length === 0 ? 're.NOFLAG' : names.join('|');
  };
  defineMethods(flagClass, { '__repr__()': shown, '__str__()': shown });
  for (const [name, short] of FLAG_NAMES) {
    flags[name] = flagClass.attrs.get(name) as Value;
    flags[short] = flags[name] as Value;
  }
  return moduleOf('re', {
    ...flags,
    NOFLAG: call(flagClass, [0n]),
    RegexFlag: flagClass,
    Pattern: patternClass,
    Match: matchClass,
    error: errorClass,
    PatternError: errorClass,
    ...functions({
      'compile(pattern, flags=0)': compiled,
      'match(pattern, string, flags=0)': (re: Value, text: Value, bits?: Value) =>
        operations.match(compiled(re, bits), text),
      'fullmatch(pattern, string, flags=0)': (re: Value, text: Value, bits?: Value) =>
        operations.fullmatch(compiled(re, bits), text),
      'search(pattern, string, flags=0)': (re: Value, text: Value, bits?: Value) =>
        operations.search(compiled(re, bits), text),
      'findall(pattern, string, flags=0)': (re: Value, text: Value, bits?: Value) =>
        operations.findall(compiled(re, bits), text),
      'finditer(pattern, string, flags=0)': (re: Value, text: Value, bits?: Value) =>
        operations.finditer(compiled(re, bits), text),
      'split(pattern, string, maxsplit=0, flags=0)': (re: Value, text: Value, most?: Value, bits?: Value) =>
        split(compiled(re, bits), text, most),
      'sub(pattern, repl, string, count=0, flags=0)': (
        re: Value,
        repl: Value,
        text: Value,
        most?: Value,
        bits?: Value,
      ) => substitute(compiled(re, bits), repl, text, most)[0],
      'subn(pattern, repl, string, count=0, flags=0)': (
        re: Value,
        repl: Value,
        text: Value,
        most?: Value,
        bits?: Value,
      ) => new PyTuple(substitute(compiled(re, bits), repl, text, most)),
      'escape(pattern)': (pattern: Value) => {
        if (pattern instanceof PyBytes) throw new Unsupported('regular expressions on bytes');
        const text = textOf(pattern);
        if (text === undefined)
          throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(pattern)} found`);
        vm.work(text.length, 64);
        return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, char => `\\${char}`);
      },
      'purge()': () => null,
    }),
  });
}
