/** In what the number of a text is measured, by the code that makes it: `fmt(weights.m_as(GB))` is in GB. */
import { type Expression, pathOf, symbolIndex } from '../../../mlsys';
import type { CellProgram } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { restOfLine } from '../sourceLines';
import { MEASURED, type Unit, unitNamed, unitOf } from './numbers';
import { isIndexed, readName } from './subject';

export interface CodeMeasure {
  /** Undefined for a plain number. */
  readonly unit: Unit | undefined;
  /** The number that is shown is a count of so many of them: 1e6 after `/ MILLION`. */
  readonly scale: number;
  /** The code that says so: `.m_as(GB)`, `/ MILLION`; undefined where only names and comments do. */
  readonly code: string | undefined;
  /** True where the unit is but a letter at the end of a name: it is one where the sentence has one of its kind. */
  readonly isLetter?: boolean;
}

/** Assignments are followed so far. */
const DEPTH = 6;

/** The measure of a name of a cell; undefined where its code does not say. */
export function measureOfName(path: string, program: CellProgram): CodeMeasure | undefined {
  let known = measures.get(program.module);
  if (known === undefined) {
    known = new Map();
    measures.set(program.module, known);
  }
  if (!known.has(path)) known.set(path, new MeasureReader(program).ofName(path, '', DEPTH));
  return known.get(path);
}

/** True of what a cell multiplies by a hundred to show it: of a number up to a hundred, the percentage of a share. */
export function isHundredfold(path: string, { module }: Pick<CellProgram, 'module'>): boolean {
  const shown = lastShown(path, module);
  if (shown?.kind !== 'BinOp' || shown.op !== '*') return false;
  return [shown.left, shown.right].some(one => scaleOf(one) === 100) && [shown.left, shown.right].some(isNamed);
}

/** True of one number over another that a cell shows as it is: of a percentage, it would have made a hundred times that. */
export function isQuotient(path: string, { module }: Pick<CellProgram, 'module'>): boolean {
  let shown = lastShown(path, module);
  while (shown?.kind === 'Call') shown = passedOn(shown);
  return shown?.kind === 'BinOp' && shown.op === '/' && isPlainRatio(shown.left) && isPlainRatio(shown.right);
}

/** What a call gives in another form or unit. */
function passedOn({ func, args }: Extract<Expression, { kind: 'Call' }>): Expression | undefined {
  if (func.kind === 'Attribute') return /^(?:m_as|to)$/.test(func.attr.name) ? func.value : undefined;
  return func.kind === 'Name' && PASSING.has(func.id) ? args[0] : undefined;
}

/** No number is typed into it that may stand for a hundred or a unit. */
function isPlainRatio(node: Expression): boolean {
  if (node.kind === 'BinOp') return isPlainRatio(node.left) && isPlainRatio(node.right);
  return pathOf(node) !== undefined || node.kind === 'Call';
}

/** True of what a cell divides by a thousand or more to show it, however it is made: `kwh * tariff / 1e3` is no longer in its unit. */
export function isScaledDown(path: string, { module }: Pick<CellProgram, 'module'>): boolean {
  const shown = lastShown(path, module);
  return shown?.kind === 'BinOp' && shown.op === '/' && (scaleOf(shown.right) ?? 1) >= 1000;
}

/** The expression that a name shows, through other names of the cell. */
function lastShown(path: string, module: CellProgram['module'], depth = DEPTH): Expression | undefined {
  const [definition, ...more] = symbolIndex(module).definitions.of(path);
  if (definition?.value === undefined || more.length > 0 || depth === 0) return undefined;
  const shown = shownIn(definition.value);
  const name = pathOf(shown);
  if (name === undefined || name === path) return shown;
  return lastShown(besidePath(path, name), module, depth - 1) ?? shown;
}

/** The path of a name that the code of a value uses: `RunMoney.rent` of `rent` in that of `RunMoney.rent_str`. */
export function besidePath(path: string, name: string): string {
  return name.includes('.') ? name : path.slice(0, path.lastIndexOf('.') + 1) + name;
}

/** The name whose number a text shows, scaled or not: `cost` of `f"{cost / 1000:.0f}"`. */
export function nameShown(path: string, { module }: Pick<CellProgram, 'module'>): string | undefined {
  const [definition, ...more] = symbolIndex(module).definitions.of(path);
  if (definition?.value === undefined || more.length > 0) return undefined;
  const shown = shownIn(definition.value);
  return pathOf(shown.kind === 'BinOp' && shown.op === '/' && scaleOf(shown.right) !== undefined ? shown.left : shown);
}

/** The name whose number a text shows as it is. */
export function nameShownPlain(path: string, { module }: Pick<CellProgram, 'module'>): string | undefined {
  const [definition, ...more] = symbolIndex(module).definitions.of(path);
  return definition?.value === undefined || more.length > 0 ? undefined : pathOf(shownIn(definition.value));
}

/** The names that are added up, where a cell makes a name, or what a text shows, of nothing else. */
export function summandsOf(path: string, module: CellProgram['module']): readonly string[] {
  const { definitions } = symbolIndex(module);
  let at = path;
  for (let depth = DEPTH; depth > 0; depth--) {
    const [definition, ...more] = definitions.of(at);
    if (definition?.value === undefined || more.length > 0) return [];
    const shown = shownIn(definition.value);
    const whole = shown.kind === 'BinOp' && shown.op === '/' && scaleOf(shown.right) !== undefined ? shown.left : shown;
    const name = pathOf(whole);
    if (name === undefined) return summandsIn(whole);
    const own = at.slice(0, at.lastIndexOf('.') + 1) + name;
    at = definitions.of(own).length > 0 ? own : name;
  }
  return [];
}

/** The two names of which a cell makes a name, or what a text shows, as the difference. */
export function differenceOf(
  path: string,
  { module }: Pick<CellProgram, 'module'>,
): { readonly whole: string; readonly part: string } | undefined {
  const { definitions } = symbolIndex(module);
  let at = path;
  for (let depth = DEPTH; depth > 0; depth--) {
    const [definition, ...more] = definitions.of(at);
    if (definition?.value === undefined || more.length > 0) return undefined;
    const shown = shownIn(definition.value);
    if (shown.kind === 'BinOp' && shown.op === '-') {
      const [whole, part] = [pathOf(shown.left), pathOf(shown.right)];
      return whole === undefined || part === undefined ? undefined : { whole, part };
    }
    const name = pathOf(
      shown.kind === 'BinOp' && shown.op === '/' && scaleOf(shown.right) !== undefined ? shown.left : shown,
    );
    if (name === undefined) return undefined;
    const own = at.slice(0, at.lastIndexOf('.') + 1) + name;
    at = definitions.of(own).length > 0 ? own : name;
  }
  return undefined;
}

function summandsIn(node: Expression): readonly string[] {
  if (node.kind !== 'BinOp' || (node.op !== '+' && node.op !== '-')) return [];
  const sides = [node.left, node.right].map(side => {
    const name = pathOf(side);
    return name === undefined ? summandsIn(side) : [name];
  });
  return sides.some(({ length }) => length === 0) ? [] : sides.flat();
}

/** What a text shows: the number that is formatted. */
function shownIn(value: Expression): Expression {
  if (value.kind === 'Call' && value.func.kind === 'Name' && PASSING.has(value.func.id)) return value.args[0] ?? value;
  if (value.kind !== 'JoinedStr') return value;
  const fields = value.parts.filter(part => typeof part !== 'string');
  return fields.length === 1 ? fields[0]!.value : value;
}

function isNamed(node: Expression): boolean {
  return pathOf(node) !== undefined;
}

/** "# hours of care for each patient", "# kWh per day": a comment that begins with the unit of what it is about, in the plural or as a sign. */
const UNIT_FIRST =
  /^[ \t]*#\s*(?:in\s)?((?:milli|micro|kilo|mega|giga)?(?:seconds|minutes|hours|days|weeks|watts|joules|bytes|meters|metres|grams|tonnes|liters|litres)|[kMGTm]?Wh?|[KMGTP]i?B|ms|km|kg)(?:\s(?:of|a|an|per|for|each|in|at|on|between|until|to)\b|,\s)/;

const SPEED = /^[ \t]*#\s*(?:in\s)?((?:kilo)?met(?:re|er)s|miles|km|m)\s(?:an?|per)\s(second|minute|hour)\b/;

/** "# metres a second": no length. */
function speedIn(comment: string): Unit | undefined {
  const [, over, per] = SPEED.exec(comment) ?? [];
  return over === undefined ? undefined : unitNamed(`${over}/${per!}`);
}

/** By the tree of a cell, the measures of its names: many references show the same. */
const measures = new WeakMap<CellProgram['module'], Map<string, CodeMeasure | undefined>>();

class MeasureReader {
  readonly #program: CellProgram;

  constructor(program: CellProgram) {
    this.#program = program;
  }

  /** `prefix` is that of the class in whose body the name is read. */
  ofName(path: string, prefix: string, depth: number): CodeMeasure | undefined {
    const { definitions } = symbolIndex(this.#program.module);
    for (const name of prefix === '' ? [path] : [prefix + path, path]) {
      const [definition, ...more] = definitions.of(name);
      if (definition?.value === undefined || more.length > 0) continue;
      const inner = name.includes('.') ? name.slice(0, name.lastIndexOf('.') + 1) : '';
      const found = depth === 0 ? undefined : this.#of(definition.value, inner, depth - 1);
      const said = this.#said(name, definition.statement.end);
      // `rate_mbps = bits / MILLION`: of what it counts so many, the name says.
      if (found !== undefined && found.unit === undefined && said !== undefined && said.unit?.kind !== 'money')
        return said;
      return found ?? this.#scaledByName(name, definition.value) ?? said ?? this.#counted(definition.value);
    }
    return undefined;
  }

  /** `profit_k = profit / 1000`: code and name say the same. */
  #scaledByName(name: string, whole: Expression): CodeMeasure | undefined {
    const value = shownIn(whole);
    const scale = value.kind === 'BinOp' && value.op === '/' ? scaleOf(value.right) : undefined;
    if (scale === undefined) return undefined;
    const { measures } = readName(lastOf(name));
    const isSaid = measures.some(({ kind, factor }) => kind === undefined && factor === scale);
    return isSaid ? { unit: undefined, scale, code: this.#text(value) } : undefined;
  }

  /** `f"{pixels / 1e9:.1f}"`, where nothing has a unit */
  #counted(value: Expression): CodeMeasure | undefined {
    const shown = shownIn(value);
    if (shown.kind !== 'BinOp' || shown.op !== '/' || !/^1e(?:6|9|12)$/.test(this.#text(shown.right))) return undefined;
    const of = pathOf(shown.left);
    if (of === undefined || readName(lastOf(of)).measures.length > 0) return undefined;
    return { unit: undefined, scale: scaleOf(shown.right)!, code: `/ ${this.#text(shown.right)}` };
  }

  /** What nothing but a comment or a name says: `t_pre = 60  # ms`, `energy_kwh`. */
  #said(name: string, end: number): CodeMeasure | undefined {
    const rest = restOfLine(this.#program.source, end);
    const comment =
      /^[ \t]*#\s*(?:in\s)?(%|°C|[A-Za-zµ]{2,12}(?:\/[a-z]+)?|[sWJBh])\s*$/.exec(rest)?.[1] ??
      UNIT_FIRST.exec(rest)?.[1];
    const unit = speedIn(rest) ?? (comment === undefined ? undefined : unitNamed(comment));
    if (unit !== undefined && MEASURED.test(unit.kind)) return { unit, scale: 1, code: undefined };
    const last = lastOf(name);
    const [measure, ...more] = isIndexed(last) ? [] : readName(last).measures;
    if (measure?.kind === undefined || more.length > 0) return undefined;
    if (measure.text === 'min' && !this.#isInMinutes(last)) return undefined;
    if (measure.text.length < 2 && measure.text !== '%') return undefined;
    return { unit: { ...measure, kind: measure.kind }, scale: 1, code: undefined };
  }

  /** `hill.pistes_ha` of an object that other code makes: of its measure only its name tells. */
  #ofAttribute(path: string, prefix: string): CodeMeasure | undefined {
    const { definitions } = symbolIndex(this.#program.module);
    if (definitions.of(path).length > 0 || definitions.of(prefix + path).length > 0) return undefined;
    const [measure, ...more] = readName(lastOf(path)).measures;
    if (measure?.kind === undefined || more.length > 0 || measure.text.length < 2 || measure.text === 'min')
      return undefined;
    return { unit: { ...measure, kind: measure.kind }, scale: 1, code: undefined };
  }

  /** `stay_min` may be the least of something, unless the code makes hours of it, or makes it of hours. */
  #isInMinutes(name: string): boolean {
    const [made, used] = [
      String.raw`\b${name}\s*=[^=\n#][^\n#]*\*\s*60\s*(?:#|$)`,
      String.raw`\b${name}\s*[/*]\s*60\b`,
    ];
    return new RegExp(`${made}|${used}`, 'm').test(this.#program.source);
  }

  #of(node: Expression, prefix: string, depth: number): CodeMeasure | undefined {
    switch (node.kind) {
      case 'Name':
        return this.ofName(node.id, prefix, depth);
      case 'Attribute': {
        if (node.attr.name === 'magnitude' || node.attr.name === 'm') return this.#of(node.value, prefix, depth);
        const path = pathOf(node);
        return path === undefined ? undefined : (this.ofName(path, prefix, depth) ?? this.#ofAttribute(path, prefix));
      }
      case 'JoinedStr': {
        const fields = node.parts.filter(part => typeof part !== 'string');
        return fields.length === 1 ? this.#of(fields[0]!.value, prefix, depth) : undefined;
      }
      case 'Call':
        return this.#ofCall(node, prefix, depth);
      case 'BinOp':
        return this.#scaled(node, prefix, depth);
      default:
        return undefined;
    }
  }

  #ofCall(node: Extract<Expression, { kind: 'Call' }>, prefix: string, depth: number): CodeMeasure | undefined {
    const { func, args, keywords } = node;
    const [first, second] = args;
    if (func.kind === 'Attribute' && (func.attr.name === 'm_as' || func.attr.name === 'to') && first !== undefined)
      return this.#in(first, `.${func.attr.name}(${this.#text(first)})`);
    if (func.kind !== 'Name' || first === undefined) return undefined;
    const unit = second ?? keywords.find(({ name }) => name?.name === 'unit')?.value;
    if (func.id === 'fmt' && unit !== undefined) return this.#in(unit, `fmt(…, ${this.#text(unit)})`);
    return PASSING.has(func.id) || FORMATTING.test(func.id) ? this.#of(first, prefix, depth) : undefined;
  }

  /** `x / MILLION`, `x * 1000` */
  #scaled(
    { left, op, right }: Extract<Expression, { kind: 'BinOp' }>,
    prefix: string,
    depth: number,
  ): CodeMeasure | undefined {
    const factor = scaleOf(right);
    if (factor === undefined || (op !== '/' && op !== '*')) return undefined;
    const inner = this.#of(left, prefix, depth);
    const by = op === '/' ? factor : 1 / factor;
    const code = `${op} ${this.#text(right)}`;
    if (inner !== undefined) {
      // Only the code can say that kWh became MWh.
      const scaled =
        inner.unit === undefined
          ? undefined
          : (scaledUnit(inner.unit, inner.scale * by) ?? betweenBits(inner.unit, op, factor));
      // Bytes by their name, over a million: surely no MiB.
      const isSize = inner.unit?.kind === 'data' && op === '/' && isThousands(factor);
      const whole =
        inner.code !== undefined ? `${inner.code} ${code}` : isSize ? `${this.#text(left)} ${code}` : undefined;
      if (scaled !== undefined) return { unit: scaled, scale: 1, code: whole };
      // Half of a time in minutes is one as well.
      if (inner.unit !== undefined && !isConversion(factor)) return inner.code === undefined ? undefined : inner;
      // Of cubic metres and hectares there are no larger units: so many thousands or millions of them.
      if (inner.unit !== undefined && op === '/' && isThousands(factor) && /^(?:volume|area)$/.test(inner.unit.kind))
        return { unit: inner.unit, scale: inner.scale * by, code: `${this.#text(left)} ${code}` };
      return inner.code === undefined ? undefined : { ...inner, scale: inner.scale * by, code: whole };
    }
    // `load_s * 1000` is in ms.
    const letter = letterUnit(pathOf(left) ?? '');
    const scaled = letter === undefined ? undefined : scaledUnit(letter, by);
    if (scaled !== undefined) return { unit: scaled, scale: 1, code: `${this.#text(left)} ${code}` };
    // `mttf_h / 1000` is in thousands of hours, if it is in hours.
    if (letter !== undefined && op === '/' && isThousands(factor))
      return { unit: letter, scale: by, code: `${this.#text(left)} ${code}`, isLetter: true };
    // A share that is told in percent, or a count in millions.
    if (op === '*') return undefined;
    const isNamed = Object.hasOwn(SCALES, lastOf(this.#text(right)));
    // `faults_per_kgpu * gpus / THOUSAND`: the rate is of so many, and the result is none.
    const isOfRate = left.kind === 'BinOp' && /_per_/i.test(this.#text(left));
    return isNamed && !isOfRate ? { unit: undefined, scale: by, code } : undefined;
  }

  #in(unit: Expression, code: string): CodeMeasure | undefined {
    const name = unitText(unit);
    if (name === undefined) return undefined;
    if (Object.hasOwn(PARAMETERS, name)) return { unit: undefined, scale: PARAMETERS[name]!, code };
    const found = unitNamed(Object.hasOwn(SPELLED, name) ? SPELLED[name]! : name);
    return found === undefined ? undefined : { unit: found, scale: 1, code };
  }

  #text({ start, end }: Expression): string {
    return this.#program.source.slice(start, end);
  }
}

/** Bits of what was in bytes, times 8, and bytes of bits over 8. */
function betweenBits({ kind, factor }: Unit, op: string, by: number): Unit | undefined {
  const [base, per] = kind.split('/');
  if (by !== 8 || base !== (op === '*' ? 'data' : 'bits')) return undefined;
  const found = unitOf(op === '*' ? 'bits' : 'data', factor);
  if (found === undefined || per === undefined) return found;
  return per === 'time' ? { ...found, kind: `${found.kind}/time`, text: `${found.text}/s` } : undefined;
}

/** True of a factor that may stand between two units, rather than between two values of one. */
function isConversion(factor: number): boolean {
  const isPower = (base: number) => {
    const power = Math.log(factor) / Math.log(base);
    return Math.abs(power - Math.round(power)) < 1e-9;
  };
  return isPower(10) || isPower(1024) || BETWEEN_UNITS.has(factor);
}

const BETWEEN_UNITS: ReadonlySet<number> = new Set([7, 8, 12, 24, 30, 60, 365, 3600, 86_400, 365.25, 8760, 31_536_000]);

function isThousands(factor: number): boolean {
  return factor === 1e3 || factor === 1e6 || factor === 1e9;
}

/** The unit of the same kind that is so many times as large. */
function scaledUnit({ kind, factor }: Unit, by: number): Unit | undefined {
  return unitOf(kind, factor * by);
}

/** Last letters of names that stand for units of their own. */
const LETTERS: Readonly<Record<string, string>> = {
  j: 'J',
  w: 'W',
  s: 's',
  h: 'h',
  g: 'g',
  t: 'tonne',
  m: 'meter',
  c: '°C',
  f: '°F',
  l: 'litre',
};

/** The unit that a name ends with as a letter: `day_j`. */
export function letterUnit(name: string): Unit | undefined {
  const letter = /_([a-z])(?:_(?:str|text|fmt))?$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(LETTERS, letter) ? unitNamed(LETTERS[letter]!) : undefined;
}

/** The same of a name, or of what it shows; it may be one where a sentence has another of its kind. */
export function letterOf(path: string, program: Pick<CellProgram, 'module' | 'source'>): Unit | undefined {
  const own = letterUnit(path);
  const [definition, ...more] = symbolIndex(program.module).definitions.of(path);
  if (own !== undefined || definition?.value === undefined || more.length > 0) return own;
  const shown = pathOf(shownIn(definition.value));
  return shown === undefined ? undefined : letterUnit(shown);
}

/** Functions whose result is in the measure of their first argument. */
const PASSING: ReadonlySet<string> = new Set(['fmt', 'round', 'int', 'float', 'abs', 'str', 'ceil', 'floor']);

/** And functions of a book's own that are called after what they do. */
const FORMATTING = /^(?:fmt|format|number|num|show|display|pretty|commas?|rounded?)(?:_[a-z_]+)?$/;

const SCALES: Readonly<Record<string, number>> = {
  THOUSAND: 1e3,
  MILLION: 1e6,
  BILLION: 1e9,
  TRILLION: 1e12,
};

function scaleOf(node: Expression): number | undefined {
  // `MILLION`, and `constants.MILLION`
  const name = node.kind === 'Attribute' ? node.attr.name : node.kind === 'Name' ? node.id : undefined;
  if (name !== undefined) return Object.hasOwn(SCALES, name) ? SCALES[name] : undefined;
  if (node.kind !== 'Constant') return undefined;
  const { value } = node;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** Units of the library that count parameters. */
const PARAMETERS: Readonly<Record<string, number>> = { Kparam: 1e3, Mparam: 1e6, Bparam: 1e9, Tparam: 1e12 };

/** Names of the library that are not the unit's own. */
const SPELLED: Readonly<Record<string, string>> = {
  MS: 'ms',
  US: 'µs',
  NS: 'ns',
  us: 'µs',
  Gbps: 'Gb/s',
  Mbps: 'Mb/s',
  kilowatt·hour: 'kWh',
  watt·hour: 'Wh',
  hour·kilowatt: 'kWh',
  megawatt·hour: 'MWh',
};

/** `GB / second` as `GB/second`, whether written as a text or with names. */
export function unitText(node: Expression): string | undefined {
  if (node.kind === 'Constant')
    return typeof node.value === 'string' ? node.value.replaceAll(/\s+/g, '').replaceAll('*', '·') : undefined;
  if (node.kind === 'Name') return node.id;
  if (node.kind === 'Attribute') return node.attr.name;
  if (node.kind !== 'BinOp' || (node.op !== '/' && node.op !== '*')) return undefined;
  const [left, right] = [unitText(node.left), unitText(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return `${left}${node.op === '/' ? '/' : '·'}${right}`;
}
