/** The numbers that the cells near a block export, as sentences could show them. */
import { symbolIndex } from '../../../mlsys';
import type { BindingInfo, CellProgram, CellResult, CellRun } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { contractOf, isForProse } from '../contract/cellContract';
import { numberOf, unitBehindText, valueBehindText } from './behind';
import { besidePath, isHundredfold, letterOf, letterUnit, measureOfName, nameShown } from './measure';
import { MEASURED, numbersIn, PERCENT_OF_SHARE, type Unit, unitNamed } from './numbers';
import { type Measure, type NameReading, PartIndex, readName, splitName } from './subject';

/** A name of a cell, before anybody looks at its value. */
export interface ExportName extends NameReading {
  /** As a reference names it. */
  readonly path: string;
  /** Words of its class and of its cell: they say what it is about, not what it is. */
  readonly around: readonly string[];
  /** The run that made it. */
  readonly run: CellRun;
  /** True for what an object or a dict holds. */
  readonly isMember?: boolean;
  /** True for an attribute of an object, of which a sentence has to speak: `triage.people`. */
  readonly isOfObject?: boolean;
}

/** A number that a cell exports. */
export interface ExportedNumber {
  readonly name: ExportName;
  /** What a reference to it shows. */
  readonly text: string;
  /** The number that it shows, and half a unit of its last digit. */
  readonly value: number;
  readonly half: number;
  /** The number behind a text that shows it rounded, in the same measure; undefined where it is not known. */
  readonly exact: number | undefined;
  /** The unit within the text, or of the quantity. */
  readonly unit: Unit | undefined;
  /** True for a text that was made to be shown. */
  readonly isText: boolean;
  /** What the code that makes it says of its measure, where neither its text nor its name does. */
  readonly ofCode: Measure | undefined;
  /** What its unit may be: by a letter at the end of its name, or of the name that it shows (`wait_s`), or as it is shown a hundredfold. */
  readonly loose: Unit | undefined;
}

/** `x_str`, and `x_text`: what is called so was made to be shown. */
export function isNamedAsText(name: string): boolean {
  return isForProse(name) || /_(?:text|txt|fmt)$/.test(name);
}

/** Words that say nothing about a class or a cell. */
const DULL: ReadonlySet<string> = new Set(
  'calc stats setup example figure fig tbl table plot anchor analysis scenario numbers values data chapter section cell start end ch sec'.split(
    ' ',
  ),
);

/** The names of a cell, and the words of all of them. */
export interface ExportNames {
  readonly names: readonly ExportName[];
  /** Those that were made for the prose, and their last words. */
  readonly forProse: readonly { readonly path: string; readonly last: string }[];
  readonly index: PartIndex;
}

/** By run, its names with the text that they were read of. What is kept here must not hold on to a version of the chapter. */
const names = new WeakMap<CellRun, ExportNames & { readonly content: object }>();
/** By text of a cell, what was read of it for a run that bound `bound`: most runs of a text bind the same names. */
const readings = new WeakMap<object, NamesRead & { readonly bound: string }>();

/** The names of a text, whichever run bound them. */
type NamesRead = Omit<ExportNames, 'names'> & { readonly names: readonly Omit<ExportName, 'run'>[] };

/** The names of a cell that a reference could show: of a class whose attributes are bridged, the names of the bridge. */
export function exportNames(cell: CellResult): ExportNames | undefined {
  const { run } = cell;
  const { content } = cell.cell;
  if (run === undefined || cell.status !== 'ok' || cell.stale) return undefined;
  const known = names.get(run);
  if (known?.content === content) return known;
  const bound = boundNames(run);
  let reading = readings.get(content);
  if (reading?.bound !== bound) {
    reading = { ...namesIn(cell, run), bound };
    readings.set(content, reading);
  }
  const { forProse, index } = reading;
  const all = { names: reading.names.map(name => ({ ...name, run })), forProse, index };
  names.set(run, { ...all, content });
  return all;
}

/** All that a run says of its names. */
function boundNames(run: CellRun): string {
  const within = (path: string): string => {
    const attributes = run.attributesOf(path);
    return attributes === undefined ? (run.objectsOf(path)?.join(' ') ?? '') : `: ${attributes.join(' ')}`;
  };
  return run.bound.map(path => `${path} ${within(path)}`).join('\n');
}

function namesIn(cell: CellResult, run: CellRun): NamesRead {
  const label = aboutWords(cell.cell.label ?? '', /[-_]/);
  const bridged = new Set(run.bound);
  const hasLoop = /^for\s/m.test(cell.program.source);
  const found = run.bound.flatMap((path): Omit<ExportName, 'run'>[] => {
    const attributes = run.attributesOf(path);
    const members = attributes === undefined && !NO_NAME.test(path) ? run.objectsOf(path) : undefined;
    if (members !== undefined) return members.map(member => memberName(path, member, label));
    if (attributes === undefined)
      return NO_NAME.test(path) ||
        (hasLoop && isLoopVariable(path, cell)) ||
        (isConstant(path) && !isAssigned(path, cell))
        ? []
        : [{ path, ...readName(path), around: label }];
    const around = [...splitName(path).filter(word => !DULL.has(word)), ...label];
    return attributes
      .filter(attribute => !attribute.startsWith('_') && !bridged.has(attribute))
      .map(attribute => ({ path: `${path}.${attribute}`, ...readName(attribute), around }));
  });
  // `total_ms = Cooling.total_ms`: what a class brings out is for the prose, whatever it is called.
  const bridges = new Set(contractOf(cell.program).exports.flatMap(one => (one.bridge === undefined ? [] : one.name)));
  const forProse = found
    .map(({ path }) => ({ path, last: lastOf(path) }))
    .filter(({ path, last }) => isNamedAsText(last) || bridges.has(path));
  return {
    names: found,
    forProse,
    index: new PartIndex(found.flatMap(({ parts, around }) => [...parts, ...around])),
  };
}

/** A member of an object or a dict; those of one dict are told like names of the cell, those of several within it like objects. */
function memberName(path: string, member: string, label: readonly string[]): Omit<ExportName, 'run'> {
  const words = member.split(/[."[\]]+/).filter(word => word !== '');
  const last = words.pop()!;
  const own = splitName(path);
  const isOfObject = member.startsWith('.') || words.length > 0;
  const around = isOfObject ? (words.length > 0 ? words.flatMap(splitName) : own) : [...own, ...label];
  return { path: path + member, ...readName(last), around, isMember: true, ...(isOfObject && { isOfObject }) };
}

/** Names of one letter, and constants of two, say nothing of what they are. */
const NO_NAME = /^_|^[A-Z][A-Z\d]?$|^[A-Z\d_]*\d[A-Z\d_]*$|^[a-z]\d?$/;

/** `WEEKDAYS`: a constant of a cell's own, which sentences call by its whole name if at all. */
export function isConstant(path: string): boolean {
  return /^[A-Z][A-Z\d_]*$/.test(path);
}

/** `MILLION` that a cell imports is none of its own. */
function isAssigned(name: string, { program }: CellResult): boolean {
  return symbolIndex(program.module)
    .definitions.of(name)
    .some(({ kind }) => kind === 'assignment');
}

/** True for what nothing but a loop binds: it has the last of many values. */
function isLoopVariable(name: string, { program }: CellResult): boolean {
  const definitions = symbolIndex(program.module).definitions.of(name);
  return definitions.length > 0 && definitions.every(({ kind }) => kind === 'loop');
}

function aboutWords(text: string, between: RegExp): string[] {
  return text
    .toLowerCase()
    .split(between)
    .filter(word => word.length > 2 && !DULL.has(word));
}

/** By run, the numbers of its names. */
const numbers = new WeakMap<CellRun, Map<string, ExportedNumber | undefined>>();

/**
 * The number of a name of one of these cells; undefined where it has none. Throws `DetailsMissing` where the values of the
 * cell are not told yet.
 */
export function exportedNumber(name: ExportName, cells: readonly CellResult[]): ExportedNumber | undefined {
  const { run } = name;
  let known = numbers.get(run);
  if (known === undefined) {
    known = new Map();
    numbers.set(run, known);
  }
  if (!known.has(name.path)) {
    const cell = cells.find(one => one.run === run);
    const made = name.isMember === true ? memberOf(name) : cell?.bindingOf(name.path);
    known.set(name.path, made === undefined ? undefined : read(name, made, cell!.program));
  }
  return known.get(name.path);
}

/** What an object was given is taken for typed. */
function memberOf({ run, path }: ExportName): Made | undefined {
  const value = run.memberOf(path);
  return value === undefined ? undefined : { value, reads: [] };
}

type Made = Pick<BindingInfo, 'value' | 'reads'>;

function read(name: ExportName, made: Made, program: CellProgram): ExportedNumber | undefined {
  const { type, repr, unit, unknown } = made.value;
  if (unknown !== undefined) return undefined;
  if (type === 'str') {
    const text = /^(['"])([^\\\n]*)\1$/.exec(repr)?.[2];
    const [number, ...more] = text === undefined || text.length > 40 ? [] : numbersIn(text);
    // A text with words around its number is a sentence of its own.
    if (number === undefined || more.length > 0 || !/^[~≈$€£-]?$/.test(text!.slice(0, number.from).trim()))
      return undefined;
    if (text!.slice(number.to).trim() !== '') return undefined;
    const { value, half } = number;
    const exact = valueBehindText(made, number);
    const isPlain = number.unit === undefined && name.measures.length === 0;
    const ofCode = isPlain ? (codeMeasure(name, program) ?? unitBehindText(made, number)) : undefined;
    const loose = letterOf(name.path, program) ?? percentage(name, value, program);
    return {
      name,
      text: text!,
      value,
      half,
      unit: number.unit,
      exact,
      isText: true,
      ofCode,
      loose,
    };
  }
  if (!NUMBER_TYPE.test(type)) return undefined;
  const value = numberOf(repr);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const of = unit === undefined ? undefined : unitNamed(unit);
  return {
    name,
    text: repr,
    value,
    half: 0,
    exact: value,
    unit: of,
    isText: false,
    // `load = 118  # tonnes`
    ofCode: of === undefined && name.measures.length === 0 ? codeMeasure(name, program) : undefined,
    loose:
      FLOAT_TYPE.test(type) && value > 0 && value < MOST_OF_WHOLE && isOneShare(name, program)
        ? PERCENT_OF_SHARE
        : letterUnit(lastOf(name.path)),
  };
}

/** NumPy's kinds among them. */
const NUMBER_TYPE = /^(?:int|float|Quantity|(?:numpy\.)?u?(?:int|float)\d+)$/;
const FLOAT_TYPE = /^(?:numpy\.)?float\d*$/;

/** A share is less than all, and told in per cent. */
const MOST_OF_WHOLE = 1;

/** False for what a loop or a branch binds, which may have the last of many values, and for names that say of nothing what they are a share of. */
function isOneShare({ path, parts }: ExportName, { module, source }: CellProgram): boolean {
  if ((parts.length < 2 && ANY_SHARE.test(parts[0] ?? '')) || makesTexts(module)) return false;
  const [definition, ...more] = symbolIndex(module).definitions.of(path);
  if (definition === undefined || more.length > 0) return false;
  return path.includes('.') || !/^[ \t]/.test(source.slice(source.lastIndexOf('\n', definition.span.start - 1) + 1));
}

const withTexts = new WeakMap<CellProgram['module'], boolean>();

/** True of a cell that makes texts for the sentences: these show its shares, not the plain numbers. */
function makesTexts(module: CellProgram['module']): boolean {
  let known = withTexts.get(module);
  if (known === undefined) {
    known = symbolIndex(module).definitions.all.some(({ name }) => isNamedAsText(name));
    withTexts.set(module, known);
  }
  return known;
}

const ANY_SHARE = /^(?:shares?|fractions?|ratio|rate|prob|probability|weight|frac|pct|percent|proportion|quantile)?$/;

/** What a cell shows a hundredfold is a percentage, unless it is more. */
function percentage({ path }: ExportName, value: number, program: CellProgram): Unit | undefined {
  return value <= 100 && isHundredfold(path, program) ? unitNamed('%') : undefined;
}

function codeMeasure({ path }: ExportName, program: CellProgram): Measure | undefined {
  const found = measureOfName(path, program);
  if (found === undefined) return undefined;
  const { unit: written, scale, isLetter } = found;
  // A letter may be a unit, and may be none.
  const unit = isLetter === true ? undefined : written;
  return { kind: unit?.kind, factor: (unit?.factor ?? 1) * scale, text: unit?.text ?? '' };
}

/** In what the number may be measured: as its text or its quantity says, else by its name. */
export function measuresOf({ unit, name, ofCode }: ExportedNumber): readonly Measure[] {
  if (unit !== undefined) return [unit];
  return ofCode === undefined ? name.measures : [ofCode];
}

/** The same beside a number in this unit, which it may have. */
export function measuresBeside(number: ExportedNumber, unit: Unit | undefined): readonly Measure[] {
  const own = measuresOf(number);
  const { loose } = number;
  // `depth_m` is in millions, unless the sentence tells of meters.
  const isOpen = number.unit === undefined && !own.some(({ kind }) => kind !== undefined);
  return isOpen && loose !== undefined && loose.kind === unit?.kind ? [loose] : own;
}

/** The text that shows a number of a cell, where there is one: sentences name it rather than the number. */
export function shownAs(number: ExportedNumber, names: readonly ExportName[], cells: readonly CellResult[]) {
  if (number.isText) return number;
  const { run, path } = number.name;
  const program = cells.find(cell => cell.run === run)?.program;
  let unsaid: ExportedNumber | undefined;
  for (const name of names) {
    const other = name.run === run && isNamedAsText(name.path) ? exportedNumber(name, cells) : undefined;
    if (other?.isText !== true || other.exact !== number.value) continue;
    const shown = program && nameShown(name.path, program);
    if (shown !== undefined && besidePath(name.path, shown) === path) return other;
    unsaid ??= isInUnitOf(other, number) ? other : undefined;
  }
  return unsaid ?? number;
}

/** False where the text is in a unit that the number is not in. */
function isInUnitOf(text: ExportedNumber, number: ExportedNumber): boolean {
  const kinds = new Set(measuresOf(number).map(({ kind }) => kind));
  const measures = measuresOf(text).filter(({ kind }) => MEASURED.test(kind ?? ''));
  return measures.length === 0 || measures.some(({ kind }) => kinds.has(kind));
}

/** Last words of the paths that references read, by the paths. */
const lastWords = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/**
 * The names of a cell that were made for the prose, and that no reference reads, under whatever class: none in a chapter without
 * references, such as one on Python that speaks of its names.
 */
export function unreadNames(cell: CellResult, used: ReadonlySet<string>): readonly string[] {
  if (used.size === 0) return [];
  let read = lastWords.get(used);
  if (read === undefined) {
    read = new Set([...used].map(path => lastOf(path)));
    lastWords.set(used, read);
  }
  const known = exportNames(cell);
  return known === undefined ? [] : known.forProse.filter(({ last }) => !read.has(last)).map(({ path }) => path);
}
