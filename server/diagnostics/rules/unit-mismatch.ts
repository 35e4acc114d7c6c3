/** Quantities of different kinds that were mixed: refused by the unit library, or let pass as plain counts. */
import { type Expression, pathOf } from '../../../mlsys';
import type { OffsetRange } from '../../chapter/ranges';
import type { CellResult, RefResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { doubleConversions } from '../doubleConversion';
import { codeOfFault, packagePlace, tracePlaces } from '../faults';
import type { Fix, RelatedPlace } from '../finding';
import { replacement } from '../fixes';
import { flowSpan } from '../prose/flows';
import { matchesIn } from '../prose/matching';
import { isHundredfold, isQuotient, nameShown } from '../prose/measure';
import type { Mention } from '../prose/mentions';
import { MEASURED, type Unit, unitBehindValue, unitNamed, type WrittenNumber } from '../prose/numbers';
import { HUNDREDFOLD, type MeasuredValue, measuredIn, shownPath, showsPlainNumber } from '../prose/shownMeasures';
import { readName, splitName } from '../prose/subject';
import { TextMarks } from '../prose/textMarks';
import {
  expressionAt,
  type NamedQuantity,
  pathsIn,
  quantitiesBeside,
  quantitiesIn,
  quantityOf,
  unitOf,
} from '../quantities';
import type { Draft, ProseBlock, Rule } from '../rule';

export const unitMismatch: Rule = {
  code: 'unit-mismatch',
  severity: 'error',
  *cell(cell): Iterable<Draft> {
    // Behind a check that failed the values are there, and may have failed it.
    const isFailedCheck = cell.fault !== undefined && codeOfFault(cell.fault) === 'failed-check';
    if (cell.status === 'ok' || isFailedCheck) yield* doubleConversions(cell);
  },
  *chapter({ cells }): Iterable<Draft> {
    if (!cells.some(hasMix)) return;
    /** The cell that has last bound a name. */
    const makers = new Map<string, CellResult>();
    for (const cell of cells) {
      yield* mixesOf(cell, makers);
      for (const name of cell.run?.bound ?? []) makers.set(name, cell);
    }
  },
  *prose(block): Iterable<Draft> {
    for (const value of measuredIn(block)) {
      const draft = otherUnit(value, block);
      if (draft !== undefined) yield draft;
    }
    yield* typedPaces(block);
    const known = new Set(measuredIn(block).map(({ ref }) => ref));
    for (const ref of block.refs) {
      const draft =
        otherSpan(ref, block) ??
        otherPace(ref, block) ??
        percentOfQuotient(ref, block) ??
        (known.has(ref) ? undefined : unlikeElsewhere(ref, block));
      if (draft !== undefined) yield draft;
    }
  },
};

function hasMix({ fault, notices }: CellResult): boolean {
  return (
    notices.some(({ kind }) => kind === 'unit-mismatch') ||
    (fault !== undefined && codeOfFault(fault) === 'unit-mismatch')
  );
}

/** What pint refused in a cell, and what it let pass. */
function* mixesOf(cell: CellResult, makers: ReadonlyMap<string, CellResult>): Iterable<Draft> {
  const { fault, notices } = cell;
  if (fault !== undefined && codeOfFault(fault) === 'unit-mismatch') {
    const { text, related, fixes, cause } = operandsOf(cell, fault.range, makers);
    yield {
      range: fault.range,
      message: `${fault.message}${packagePlace(fault)}${text}.`,
      related: [...tracePlaces(fault), ...related],
      ...(fixes.length === 0 ? {} : { fixes }),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  for (const { kind, range, message } of notices) {
    if (kind !== 'unit-mismatch') continue;
    const { related, cause } = operandsOf(cell, range, makers);
    yield { range, severity: 'warning', message, related, ...(cause === undefined ? {} : { cause }) };
  }
}

const SPAN = /^(?:second|minute|hour|day|week|month|quarter|year|decade)s$/;
const OF_CALENDAR = /^(?:month|quarter|year|decade)/;

/** "46 days" of `think_years`: months and years have no length of their own. */
function otherSpan(result: RefResult, block: ProseBlock): Draft | undefined {
  const { ref, text } = result;
  if (!/^[\d,.]+$/.test(text ?? '')) return undefined;
  const end = ref.range.end - block.start;
  const behind = /^[\s~-]((?:second|minute|hour|day|week|month|quarter|year|decade)s?)\b/.exec(
    block.source.slice(end, end + 16),
  );
  const shown = behind === null ? undefined : shownPath(result, block);
  if (behind === null || shown === undefined) return undefined;
  const wordsIn = (path: string) => splitName(lastOf(path)).filter(word => word !== 'str' && word !== 'value');
  // `payback_str` shows `payback_years`.
  const paths = [shown.path, nameShown(shown.path, shown.maker.program) ?? shown.path];
  const words = paths.map(wordsIn).find(words => words.some(word => SPAN.test(word))) ?? [];
  const flow = paths.map(flowSpan).find(span => span !== undefined);
  if (flow !== undefined) {
    // "40 minutes" of `flow_l_min`, which is no time at all.
    const range = block.at(end + 1, end + behind[0].length);
    const message = `The sentence says ${behind[1]!}, but the value is an amount a ${flow} (\`${ref.expr.trim()}\`).`;
    return { range, severity: 'warning', message };
  }
  const [own, ...more] = words.filter(word => SPAN.test(word));
  const isMeasure = own !== undefined && (words.at(-1) === own || words[0] === own) && !words.includes('per');
  if (!isMeasure || more.length > 0 || (!OF_CALENDAR.test(own) && !OF_CALENDAR.test(behind[1]!))) return undefined;
  if (behind[1]!.replace(/s$/, '') === own.replace(/s$/, '')) return undefined;
  const at = end + behind[0].length - behind[1]!.length;
  return {
    range: block.at(at, at + behind[1]!.length),
    severity: 'warning',
    message: `The sentence says ${behind[1]!}, but the value is in ${own} (\`${ref.expr.trim()}\`).`,
    fixes: [{ title: `Write "${own}"`, edits: [{ ...block.at(at, at + behind[1]!.length), newText: own }] }],
  };
}

const PACE =
  /^(?:(?:[\s~-][A-Za-z]+){0,2}\s(?:an?|per)|(?:[\s~-][A-Za-z]+){0,6}?\s(?:each|every))\s(second|minute|hour|day|week|month|year)\b/;

/** "9,500 sheets a minute" of `sheets_hour` */
function otherPace(result: RefResult, block: ProseBlock): Draft | undefined {
  const shown = showsPlainNumber(result) ? shownPath(result, block) : undefined;
  if (shown === undefined) return undefined;
  const paths = [shown.path, nameShown(shown.path, shown.maker.program) ?? shown.path];
  const start = result.ref.range.start - block.start;
  const isMoney = /[$€£]$/.test(block.source.slice(0, start));
  return (
    paceBehind(result.ref.range.end - block.start, paths, block, isMoney ? spanOfCost : spanCountedIn) ??
    otherPer(result, paths, block)
  );
}

/** The same of numbers that are typed as they are computed. */
function* typedPaces(block: ProseBlock): Iterable<Draft> {
  for (const { literal, number, kind } of matchesIn(block)) {
    if (kind !== 'equal' || literal.per === undefined || !literal.line.isExact(literal.from, literal.to)) continue;
    const end = literal.line.source(literal.from, literal.digitsTo).end;
    const draft = paceBehind(end, [number.name.path], block);
    if (draft !== undefined) yield draft;
  }
}

/** What says behind a number, which ends there, that it is of another span than names have. */
function paceBehind(
  end: number,
  paths: readonly string[],
  block: ProseBlock,
  spanIn = spanCountedIn,
): Draft | undefined {
  const behind = PACE.exec(block.source.slice(end, end + 80));
  const own = behind === null ? undefined : paths.map(spanIn).find(span => span !== undefined);
  const said = behind?.[1];
  // "so many a day in an hour of the peak" tells of both.
  const rest = block.source.slice(end, end + 120).split(/[.;]\s/, 1)[0]!;
  if (
    own === undefined ||
    said === undefined ||
    own === said ||
    new RegExp(String.raw`\b(?:an?|per|each|every|the|peak|busiest)\s${own}\b`, 'i').test(rest)
  )
    return undefined;
  const at = end + behind![0].length - said.length;
  const range = block.at(at, at + said.length);
  return {
    range,
    severity: 'warning',
    message: `The sentence tells of one ${said}, but the value is that of one ${own} (\`${paths[0]!}\`).`,
    fixes: [{ title: `Write "${own}"`, edits: [{ ...range, newText: own }] }],
  };
}

const ONE_SPAN = /^(?:second|minute|hour|day|week|month|year)$/;

/** The span in which a name counts several things: `sheets_hour`, `skiers_day_str`. */
function spanCountedIn(path: string): string | undefined {
  const words = splitName(lastOf(path)).filter(word => !/^(?:str|text|txt|fmt|value|k|m)$/.test(word));
  // `day_gb` are those of one day.
  if (words.length === 2 && ONE_SPAN.test(words[0]!) && readName(words.join('_')).measures.length > 0) return words[0];
  const letter = flowSpan(path);
  if (letter !== undefined) return letter;
  const [counted, span] = words.slice(-2);
  const isSpan = span !== undefined && ONE_SPAN.test(span);
  return isSpan && /[a-z]{2}[^s]s$/.test(counted!) && !SPAN.test(counted!) ? span : undefined;
}

/** The span whose cost a name gives: `locker_year_str`, and no `first_year`. */
function spanOfCost(path: string): string | undefined {
  const words = splitName(lastOf(path)).filter(word => !/^(?:str|text|txt|fmt|value)$/.test(word));
  const [before, span] = words.slice(-2);
  return words.length > 1 && ONE_SPAN.test(span!) && !/^(?:first|last|each|this|next|one|per|by|in|\d+)$/.test(before!)
    ? span
    : spanCountedIn(path);
}

/** "€96 for a kilogram" of `cable_eur_t`, which is what a tonne costs. */
function otherPer(result: RefResult, paths: readonly string[], block: ProseBlock): Draft | undefined {
  const end = result.ref.range.end - block.start;
  const behind = PER.exec(block.source.slice(end, end + 40));
  const own = behind === null ? undefined : paths.map(unitPaidFor).find(unit => unit !== undefined);
  const said = behind === null ? undefined : unitNamed(behind[1]!);
  if (own === undefined || said === undefined || said.kind !== own.kind || said.factor === own.factor) return undefined;
  const at = end + behind![0].length - behind![1]!.length;
  return {
    range: block.at(at, at + behind![1]!.length),
    severity: 'warning',
    message: `The sentence tells the price of one ${behind![1]!}, but the value is that of one ${own.text} (\`${paths[0]!}\`).`,
  };
}

const PER =
  /^(?:\s(?:dollars?|euros?|cents?|USD|EUR))?(?:\s(?:for\s)?(?:an?|one|each|every|per)\s|\s?\/\s?)([A-Za-z]+)\b(?![/^])/;

/** The unit behind the money in a name: `cable_eur_t`, `price_usd_per_gb`. */
function unitPaidFor(path: string): Unit | undefined {
  const words = splitName(lastOf(path)).filter(word => !/^(?:str|text|txt|fmt|value|per)$/.test(word));
  const [money, name] = words.slice(-2);
  if (name === undefined || !/^(?:usd|eur|gbp|dollars?|euros?|cents?)$/.test(money!)) return undefined;
  const unit = unitNamed(name === 't' ? 'tonne' : name) ?? unitNamed(name.toUpperCase());
  return unit !== undefined && /^(?:mass|data|energy|length|volume)$/.test(unit.kind) ? unit : undefined;
}

/** "3.2% faster" of `speedup = old / new`, a name that says so many times, which no cell made a percentage of. */
function percentOfQuotient(result: RefResult, block: ProseBlock): Draft | undefined {
  if (!showsPlainNumber(result) || Number(result.text!.replaceAll(',', '')) < 1) return undefined;
  const end = result.ref.range.end - block.start;
  const sign = /^\s?\\?%/.exec(block.source.slice(end, end + 3))?.[0];
  const shown = sign === undefined ? undefined : shownPath(result, block);
  if (sign === undefined || shown === undefined) return undefined;
  const { path, maker } = shown;
  const paths = [path, nameShown(path, maker.program) ?? path];
  const isTimes = paths.some(one => readName(lastOf(one)).measures.some(({ kind }) => kind === 'factor'));
  if (!isTimes || maker.status !== 'ok' || maker.stale || !isQuotient(path, maker.program)) return undefined;
  const range = block.at(end, end + sign.length);
  const next = block.source.slice(end + sign.length, end + sign.length + 12);
  return {
    range,
    severity: 'warning',
    message: `The sentence says %, but \`${lastOf(path)}\` is so many times: its cell makes no percentage of it.`,
    fixes: /^\s(?:faster|slower|smaller|larger|more|less|cheaper|longer|shorter|higher|lower|of|the)\b/.test(next)
      ? [{ title: 'Write "times"', edits: [{ ...range, newText: ' times' }] }]
      : [],
  };
}

/** "17 seconds" of what the chapter gives in minutes elsewhere, each time. */
function unlikeElsewhere(result: RefResult, block: ProseBlock): Draft | undefined {
  if (!showsPlainNumber(result)) return undefined;
  const { ref } = result;
  const end = ref.range.end - block.start;
  const written = /^(?:\s|-|~|(?=\\?%))(\\?%|[A-Za-zµμ]+(?:\/[A-Za-z]+)?)(?![\w/-])/.exec(
    block.source.slice(end, end + 24),
  );
  const unit = written === null ? undefined : unitNamed(written[1]!.replace('\\', ''));
  if (written === null || unit === undefined || !MEASURED.test(unit.kind)) return undefined;
  const path = ref.expr.trim();
  const said = unitsSaid(block.mentionsOf(path));
  const isSame = (one: Unit) => one.factor === unit.factor && one.kind === unit.kind;
  const [most, ...more] = said.filter(one => !isSame(one.unit));
  const here = said.find(one => isSame(one.unit))?.count ?? 0;
  if (most === undefined || more.length > 0 || here > 1) return undefined;
  const { unit: other } = most;
  // "128% as many" of what is "128 times" elsewhere; what is a percentage says so in its cell.
  const isTimes = unit.kind === 'ratio' && other.kind === 'factor' && !isPercentage(ref.expr.trim(), block);
  if (!isTimes && (unit.kind === 'ratio' || other.kind !== unit.kind || most.count < OTHERS)) return undefined;
  const at = end + written[0].length - written[1]!.length;
  const range = block.at(at, at + written[1]!.length);
  return {
    range,
    severity: 'warning',
    message: `The sentence says ${written[1]!}, but elsewhere the chapter gives \`${path}\` in ${other.text}.`,
    fixes: [{ title: `Write "${other.text}"`, edits: [{ ...range, newText: `${isTimes ? ' ' : ''}${other.text}` }] }],
  };
}

/** So many sentences with another unit are right. */
const OTHERS = 2;

function isPercentage(path: string, { near }: ProseBlock): boolean {
  const maker = near.find(({ run }) => run?.binds(path) === true);
  if (maker === undefined || readName(lastOf(path)).measures.some(({ kind }) => kind === 'ratio')) return true;
  return isHundredfold(path, maker.program);
}

interface UnitSaid {
  readonly unit: Unit;
  readonly count: number;
}

const unitsOfMentions = new WeakMap<readonly Mention[], readonly UnitSaid[]>();

/** The units in which the chapter gives a value, with how often each is said, in the order of the text. */
function unitsSaid(mentions: readonly Mention[]): readonly UnitSaid[] {
  let said = unitsOfMentions.get(mentions);
  if (said === undefined) {
    const counts = new Map<string, UnitSaid>();
    for (const { unit } of mentions) {
      if (unit === undefined) continue;
      const name = `${unit.kind} ${unit.factor}`;
      const before = counts.get(name);
      counts.set(name, { unit: before?.unit ?? unit, count: (before?.count ?? 0) + 1 });
    }
    said = [...counts.values()];
    unitsOfMentions.set(mentions, said);
  }
  return said;
}

interface Operands {
  readonly text: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Which plain number is mixed with quantities, where that is one name. */
  readonly cause: string | undefined;
}

const NO_OPERANDS: Operands = { text: '', related: [], fixes: [], cause: undefined };

/** What the two sides of a mix are, where each came from, and what would make the one like the other. */
function operandsOf(cell: CellResult, range: OffsetRange, makers: ReadonlyMap<string, CellResult>): Operands {
  const { toSource } = cell.cell;
  const span = { start: toSource.call(cell.cell, range.start), end: toSource.call(cell.cell, range.end) };
  const found = cell.program.issues.length > 0 ? undefined : expressionAt(cell.program.module, span);
  if (found === undefined) return NO_OPERANDS;
  const { expression, prefix } = found;
  const named = quantitiesIn(cell, expression, prefix);
  const plain = plainOperand(cell, expression, prefix, makers);
  const places = named.flatMap(({ place }) => (place === undefined ? [] : [place]));
  const isThere = plain === undefined || places.some(({ range }) => range.start === plain.range.start);
  const related = isThere ? places : [...places, plain];
  const cause = plain === undefined ? undefined : `${plain.range.start} ${plain.message}`;
  if (expression.kind !== 'BinOp' || (expression.op !== '+' && expression.op !== '-'))
    return { ...NO_OPERANDS, related, cause };
  const sides = [expression.left, expression.right] as const;
  const single = sides.map(side => {
    const path = pathOf(side);
    return path === undefined ? undefined : named.find(one => one.path === path);
  });
  const text = single.flatMap(one => (one === undefined ? [] : [`\`${one.path}\` is ${one.text}`])).join(', ');
  const bridge = bridgeBetween(cell, prefix, sides, single);
  return {
    text: `${text === '' ? '' : `: ${text}`}${bridge === undefined ? '' : `; \`${bridge.newText}\` would fit`}`,
    related,
    cause,
    fixes:
      bridge === undefined
        ? []
        : [
            {
              title: `Write \`${bridge.newText}\``,
              edits: [replacement(cell.cell.toDocumentRange(bridge.span), bridge.newText)],
            },
          ],
  };
}

/** Where the one name was made that is all of an operand and a plain number, while the other operand has a unit. */
function plainOperand(
  cell: CellResult,
  expression: Expression,
  prefix: string,
  makers: ReadonlyMap<string, CellResult>,
): RelatedPlace | undefined {
  const sides =
    expression.kind === 'BinOp'
      ? [expression.left, expression.right]
      : expression.kind === 'Compare'
        ? [expression.left, ...expression.comparators]
        : [];
  const plain = sides.flatMap(side => {
    const paths = pathsIn(cell.program.module, side);
    const made = paths.map(
      path =>
        quantityOf(cell, path, prefix) ??
        (makers.has(rootOf(path)) ? quantityOf(makers.get(rootOf(path))!, path, '') : undefined),
    );
    const [only] = made;
    return paths.length === 1 && only !== undefined && only.unit === undefined && only.place !== undefined
      ? [only.place]
      : [];
  });
  return plain.length === 1 ? plain[0] : undefined;
}

function rootOf(path: string): string {
  return path.split('.', 1)[0]!;
}

/** The name of a quantity that turns one operand into the kind of the other: information over a rate is a time. */
function bridgeBetween(
  cell: CellResult,
  prefix: string,
  sides: readonly [Expression, Expression],
  single: readonly (NamedQuantity | undefined)[],
): { readonly span: Expression; readonly newText: string } | undefined {
  const beside = quantitiesBeside(cell, prefix);
  // The second operand first, and a quotient before a product.
  for (const operator of ['/', '*'] as const)
    for (const at of [1, 0] as const) {
      const one = single[at];
      const own = one === undefined ? undefined : unitOf(one)?.kind;
      const other = kindOf(cell, prefix, sides[1 - at]!, single[1 - at]);
      if (one === undefined || own === undefined || other === undefined) continue;
      const kinds =
        operator === '/'
          ? [`${own}/${other}`, ...(QUOTIENTS[own]?.[other] ?? [])]
          : [`${other}/${own}`, ...(PRODUCTS[own]?.[other] ?? [])];
      const by = beside.find(q => q.path !== one.path && kinds.includes(unitOf(q)?.kind ?? ''));
      if (by !== undefined) return { span: sides[at], newText: `${one.path} ${operator} ${by.path}` };
    }
  return undefined;
}

/** Energy over power is a time, power times time is an energy. */
const QUOTIENTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  energy: { time: ['power'], power: ['time'] },
};
const PRODUCTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  power: { energy: ['time'] },
  time: { energy: ['power'] },
};

/** The kind of an operand: of a product, that of its only quantity. */
function kindOf(
  cell: CellResult,
  prefix: string,
  side: Expression,
  single: NamedQuantity | undefined,
): string | undefined {
  if (single !== undefined) return unitOf(single)?.kind;
  const [one, ...more] = quantitiesIn(cell, side, prefix).filter(({ unit }) => unit !== undefined);
  if (one === undefined || more.length > 0) return undefined;
  return unitOf(one)?.kind ?? reducedKind(one.unit!);
}

/** `KB·s/KB` is a time. */
function reducedKind(unit: string): string | undefined {
  const [over = '', ...under] = unit.split('/');
  const left = over.split('·').filter(name => {
    const at = under.indexOf(name);
    if (at >= 0) under.splice(at, 1);
    return at < 0;
  });
  return left.length === 1 && under.length === 0 ? unitNamed(left[0]!)?.kind : undefined;
}

/** Names of binary and decimal sizes are mixed up so often that only code tells them apart. */
const BINARY = 1.2;

/** A name in GiB is seldom so by chance, and never where another sentence gives it in GiB. */
function isBinaryElsewhere(result: RefResult, unit: Unit, block: ProseBlock): boolean {
  if (!/^[KMGT]iB$/.test(unit.text)) return false;
  return block
    .mentionsOf(shownPath(result, block)?.path ?? result.ref.expr.trim())
    .some(one => one.unit?.factor === unit.factor && one.unit.kind === unit.kind);
}

/** Kinds of units that are mixed up: bits and bytes, kW and kWh, m² and m³. */
function areMixedUp(one: string, other: string): boolean {
  return [/^(?:bits|data)/, /^(?:power|energy)$/, /^(?:area|volume)$/].some(pair => pair.test(one) && pair.test(other));
}

/** "75 kW" of `saved_pct`; "250 ms" of what is named so may be a percentile. */
function isPartAsAmount(expr: string, unit: Unit, written: Unit): boolean {
  const isPart = unit.text === '%' && /_(?:pct|percent)(?:_str)?$/.test(expr.trim());
  return isPart && /^(?:power|energy|mass|length|area|volume|data)$/.test(written.kind);
}

/** "720 kg" of `basin_m3`, "80 m³" of `sand_kg`: a name with both may be a density. */
function isWeightOfSpace(expr: string, unit: Unit, written: Unit): boolean {
  const kinds = [unit.kind, written.kind];
  if (!kinds.includes('mass') || !kinds.includes('volume')) return false;
  const words = splitName(lastOf(expr.trim()));
  const units = words.filter(
    word => word.length === 1 || /^(?:m3|kg|per)$/.test(word) || unitNamed(word) !== undefined,
  );
  return units.length === 1 && /^(?:m3|kg)$/.test(units[0]!);
}

/** Degrees Celsius and Fahrenheit. */
function areScales(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [one, other].sort();
  return a === 'fahrenheit' && b === 'temperature';
}

const PERIOD = /(?:^|[._])(?:per|hourly|daily|weekly|monthly|yearly|annual(?:ly)?|hour|day|week|month|year)(?:[._]|$)/i;

/** "75 GB/day" of `daily_gb`: its name says per what, for a count of days is a plain number in cells. */
function isOfPeriod(path: string, unit: Unit, written: Unit): boolean {
  const [over] = written.text.split('/');
  const [base, per] = written.kind.split('/');
  return per === 'time' && base === unit.kind && unitNamed(over!)?.factor === unit.factor && PERIOD.test(path);
}

/** Of computing, "TFLOPs" may stand for so many a second. */
const FLOWS = /^(?:data|bits)$/;

/** True where a sentence speaks of a rate at all: "terabytes per hour", "a bandwidth of 50 GB". */
function isRateSaid(text: string, { from, to }: WrittenNumber): boolean {
  const sentence = new TextMarks(text).sentenceAround(from, to);
  return (
    /\b(?:bandwidth|throughput|rate|speed|traffic)s?\b|\/|\bper\b/i.test(text.slice(sentence.from, sentence.to)) ||
    /^[^.;]{0,60}\b(?:an?|each|every|one)\s(?:[a-z]+\s)?(?:second|minute|hour|day|week|month|year)\b/i.test(
      text.slice(to),
    )
  );
}

const MAGNITUDE_WORDS: Readonly<Record<number, string>> = {
  1e3: 'thousands of',
  1e6: 'millions of',
  1e9: 'billions of',
};

/** "12.4 GB" of a value in GiB, "ms" of one in seconds. */
function otherUnit({ line, ref, from, number, said, measure }: MeasuredValue, block: ProseBlock): Draft | undefined {
  const { unit, scale, code, others = [], isByName = false, isLetter = false, isScaled = false } = measure;
  const written = number.unit;
  // `panel_w` is in W, and surely not in Wh.
  const isPowerAsEnergy = unit?.text === 'W' && written?.kind === 'energy';
  // `inside_f` is in °F, where the sentence tells of a temperature at all.
  const isOtherScale = areScales(unit?.kind, written?.kind);
  if (isLetter && written?.kind !== unit?.kind && !isPowerAsEnergy && !isOtherScale) return undefined;
  // "\$250 for a hundred of them" is no price in cents.
  if (code === HUNDREDFOLD && unit?.kind === 'money' && /\b(?:hundred|100)\b/i.test(line.text)) return undefined;
  if (isByName && (unit?.kind !== 'money' || written?.kind !== 'money' || scale !== 1 || isScaled)) return undefined;
  if (others.some(({ kind, factor }) => kind === written?.kind && factor === written.factor)) return undefined;
  if (unit === undefined || written === undefined || !MEASURED.test(written.kind)) return undefined;
  const [base, per] = unit.kind.split('/');
  const isSame = written.kind === unit.kind || (per !== undefined && written.kind === base);
  // "terabytes per hour": the time stands further behind.
  const own = written.kind === unit.kind ? unit : (unitNamed(unit.text.split('/')[0]!) ?? unit);
  const ratio = (written.factor * said) / (own.factor * scale);
  if (
    per === 'time' &&
    written.kind === base &&
    (code === undefined ? base === 'length' : FLOWS.test(base)) &&
    !isRateSaid(line.text, number)
  ) {
    // Nothing says per what.
  } else if (isSame) {
    // Of thousands and millions of cubic metres it is told how the sentence reads.
    if (scale !== 1 && written.factor === own.factor && /^(?:area|volume)$/.test(unit.kind)) return undefined;
    const isOff = Math.abs(ratio - 1) > 1e-6;
    const isSize = code === undefined && ratio < BINARY && ratio > 1 / BINARY;
    if (!isOff || (isSize && !isBinaryElsewhere(ref, unit, block))) return undefined;
    // Digits that are typed right behind it are told of as such.
    if (written.text === unit.text && /^\d/.test(block.source.slice(ref.ref.range.end - block.start))) return undefined;
  } else if (isOfPeriod(ref.ref.expr, unit, written)) return undefined;
  // `link_kbit` of what carries so many kbit/s
  else if (code === undefined && written.kind === `${unit.kind}/time` && written.factor === unit.factor)
    return undefined;
  else if (
    code === undefined &&
    !areMixedUp(unit.kind, written.kind) &&
    !isWeightOfSpace(ref.ref.expr, unit, written) &&
    !isPartAsAmount(ref.ref.expr, unit, written) &&
    !isOtherScale &&
    !(unit.text.startsWith('km') && unit.kind === 'area' && written.text === 'km')
  )
    return undefined;
  const either = [unit, ...others].map(({ text }) => text).join(' or ');
  const name = scale === 1 ? either : `${MAGNITUDE_WORDS[scale] ?? `units of ${scale}`} ${unit.text}`;
  const because = code === undefined ? `\`${ref.ref.expr.trim()}\`` : `\`${code}\``;
  const at = line.text.lastIndexOf(written.text, number.to);
  const words = unitBehindValue(unit, number.value);
  // The unit is told without its plural.
  const end = at + written.text.length + (/^s\b/.test(line.text.slice(at + written.text.length)) ? 1 : 0);
  const isWritten = isSame && scale === 1 && said === 1 && others.length === 0 && at > from && line.isExact(at, end);
  return {
    range: block.place(line, from, number.to),
    severity: 'warning',
    message: `The sentence says ${written.text}, but the value is in ${name} (${because}).`,
    ...(isWritten
      ? {
          fixes: [
            {
              title: `Write "${words}"`,
              edits: [{ ...block.place(line, at, end), newText: words }],
            },
          ],
        }
      : {}),
  };
}
