/** Products that sentences tell in words: "30,000 frames at 14 cents apiece, $4,200 in all", "70 ms a frame, 126 s for the 1,800 frames". */
import { asShown } from './asShown';
import type { Line } from './lines';
import { MEASURED, measured, numbersIn, sameKind, singular, unitNamed, type WrittenNumber } from './numbers';
import { FARTHEST } from './ownSums';

/** Three numbers of which one is said to be the product of the others. */
export interface WrongProduct {
  readonly of: readonly WrittenNumber[];
  readonly result: WrittenNumber;
  /** What the product is, in the unit that its kind is measured in. */
  readonly value: number;
}

const OF_SO_MANY = /^(?:\s[a-z-]+){1,3}\s(?:at|of|for|with)\s(?:only\s|just\s)?[$€£]?$/i;
const EACH = /^\s(?:each|apiece|per\s[a-z]+|an?\s[a-z]+|for\s(?:each|every)(?:\sone|\s[a-z]+)?)\b/i;
/** Between the price of each and that of all. */
const MAKES =
  /^[^.;:()]{0,30}(?:\b(?:makes?|making|gives?|giving|comes?\sto|coming\sto|costs?|is|are|together|in\sall|altogether|for\sa\stotal\sof)|,\s(?:or|so))\s(?:about\s|roughly\s)?[$€£]?$/i;
const PAUSE = /^[^.;:()]{0,30},\s[$€£]?$/;
const IN_ALL = /^\s(?:in\sall|together|altogether|in\stotal|all\stold)\b/i;
const RATE = /^\s?(?:\/|(?:each|apiece|per|an?|every|more|less|of)\b)/i;
const FOR_ALL = /^\s(?:for|in)\s(?:(?:the|all|its|these|all\sthe)\s)?$/i;
const MORE = /\b(?:half|twice|both|only|instead|than|if|would|without|plus|minus|parallel|at\sonce|batch|discount)\b/i;
/** Behind what one has, "that" or the verb of all. */
const THAT_IS =
  /^,?\s(?:(?:that|this|it|they|these)\s(?:is|are|makes?|comes?\sto|gives?|costs?|weighs?|takes?|adds?\sup\sto)|makes?|comes?\sto)\s(?:about\s|roughly\s|some\s)?[$€£]?$/i;
const MAY_SAY = /\b(?:each|apiece|per|an?|every)\b|\bat\s[$€£]/i;

/** The products that do not come out. */
export function* wrongProducts(line: Line): Iterable<WrongProduct> {
  const { text } = line;
  if (!MAY_SAY.test(text)) return;
  const numbers = numbersIn(text);
  yield* ofEarlierCounts(line, numbers);
  for (const [at, first] of numbers.entries()) {
    const [second, third] = [numbers[at + 1], numbers[at + 2]];
    if (second === undefined || third === undefined) break;
    if (third.to - first.from > LONGEST || /[.!?]\s/.test(text.slice(first.to, third.from))) continue;
    const found =
      ofEach(text, first, second, third) ?? forAll(text, first, second, third) ?? atPrice(text, first, second, third);
    if (found === undefined) continue;
    const rest = text.slice(third.to, third.to + LONGEST).split(/[.!?;]\s/, 1)[0]!;
    if (MORE.test(text.slice(first.from, third.to) + rest)) continue;
    const [a, b] = found.of.map(one => measured(operand(one, line))) as [
      ReturnType<typeof measured>,
      ReturnType<typeof measured>,
    ];
    const { value, half } = measured(found.result);
    const product = a.value * b.value;
    if (!(product > 0)) continue;
    const allowed = half + product * (a.half / a.value + b.half / b.value + ROUNDED);
    const off = Math.abs(product - value);
    if (off > allowed && off < FARTHEST * product) yield { ...found, value: product };
  }
}

/** "The barn takes 40 crates. At 12 kg a crate that is 520 kg": of the only number before it that counts such things. */
function* ofEarlierCounts(line: Line, numbers: readonly WrittenNumber[]): Iterable<WrongProduct> {
  const { text } = line;
  for (const [at, each] of numbers.entries()) {
    const all = numbers[at + 1];
    if (all === undefined || !isMeasured(each) || !sameKind(each.unit, all.unit)) continue;
    const [per, noun] = PER_NOUN.exec(text.slice(each.to, all.from)) ?? [];
    if (noun === undefined || unitNamed(noun) !== undefined || NO_NOUN.test(noun)) continue;
    if (!THAT_IS.test(text.slice(each.to + per!.length, all.from)) || MORE_BEHIND.test(text.slice(all.to))) continue;
    const counts = numbers.slice(0, at).filter(one => isCount(one) && one.unit?.kind === noun.toLowerCase());
    const [count] = counts;
    const rest = text.slice(all.to, all.to + LONGEST).split(/[.!?;]\s/, 1)[0]!;
    const sentence = text
      .slice(0, each.from)
      .split(/[.!?]\s/)
      .at(-1)!;
    if (count === undefined || counts.some(one => one.value !== count.value) || MORE.test(sentence + rest)) continue;
    const [one, whole] = [measured(operand(each, line)), measured(all)];
    const product = count.value * one.value;
    const off = Math.abs(product - whole.value);
    if (off > whole.half + count.value * one.half + ROUNDED * product && off < FARTHEST * product)
      yield { of: [count, each], result: all, value: product };
  }
}

const PER_NOUN = /^\s(?:an?|per|for\s(?:each|every))\s([a-z]{3,})\b/i;
const MORE_BEHIND = /^\s?(?:\/|(?:each|apiece|per|an?|every|more|less)\b)/i;
const NO_NOUN = /^(?:piece|time|year|month|quarter|decade|night|season)$/i;
const LONGEST = 180;
const ROUNDED = 0.005;

/** Whoever types whole numbers beside what they make has not rounded them by much. */
function operand(number: WrittenNumber, line: Line): WrittenNumber {
  const isTyped = line.refsIn(number.from, number.digitsTo).length === 0;
  return isTyped && number.half === 0.5 ? { ...number, half: TYPED } : asShown(number, line);
}

const TYPED = 0.1;

type Told = Omit<WrongProduct, 'value'>;

/** "30,000 frames at 14 cents apiece, $4,200 in all" */
function ofEach(text: string, count: WrittenNumber, each: WrittenNumber, all: WrittenNumber): Told | undefined {
  if (!isCount(count) || !isMeasured(each) || !sameKind(each.unit, all.unit)) return undefined;
  if (!OF_SO_MANY.test(text.slice(count.digitsTo, each.from))) return undefined;
  const behind = text.slice(each.to, all.from);
  const rest = EACH.exec(behind);
  if (rest === null) return undefined;
  const between = behind.slice(rest[0].length);
  const after = text.slice(all.to, all.to + 20);
  const isSaid = MAKES.test(between) ? !RATE.test(after) : PAUSE.test(between) && IN_ALL.test(after);
  return isSaid ? { of: [count, each], result: all } : undefined;
}

/** "70 ms a frame in the van, 126 seconds for the 1,800 frames" */
function forAll(text: string, each: WrittenNumber, all: WrittenNumber, count: WrittenNumber): Told | undefined {
  if (!isMeasured(each) || !sameKind(each.unit, all.unit) || !isCount(count) || count.unit === undefined)
    return undefined;
  const noun = /^\s(?:an?|per|for\s(?:each|every|one|an?))\s([a-z]+)\b[^.;:()\d]{0,40}[,\s][$€£]?$/i.exec(
    text.slice(each.to, all.from),
  )?.[1];
  if (noun === undefined || singular(noun.toLowerCase()) !== count.unit.kind) return undefined;
  return FOR_ALL.test(text.slice(all.to, count.from)) ? { of: [each, count], result: all } : undefined;
}

/** "900 kWh at \$0.12 make \$108", "90 hours at \$4 an hour cost \$360" */
function atPrice(text: string, amount: WrittenNumber, price: WrittenNumber, all: WrittenNumber): Told | undefined {
  const { unit } = amount;
  if (!isMeasured(amount) || unit === undefined || /^(?:money|temperature)|\/time$/.test(unit.kind)) return undefined;
  if (price.unit?.kind !== 'money' || !sameKind(price.unit, all.unit)) return undefined;
  if (!AT.test(text.slice(amount.to, price.from))) return undefined;
  const behind = text.slice(price.to, all.from);
  const per = PER.exec(behind);
  const priced = per === null ? unit : unitNamed(per[1]!);
  if (priced === undefined || priced.kind !== unit.kind) return undefined;
  const isSaid = MAKES.test(per === null ? behind : behind.slice(per[0].length));
  if (!isSaid || OTHER.test(text.slice(all.to))) return undefined;
  const factor = unit.factor / priced.factor;
  const count = { ...amount, value: amount.value * factor, half: amount.half * factor, unit: undefined };
  return { of: [count, price], result: all };
}

const AT = /^(?:\s(?!(?:an?|per|each|every)\b)[a-z-]+){0,2}\sat\s(?:only\s|just\s)?[$€£]?$/;
const OTHER = /^\s(?:each|apiece|more|less|of)\b/;
const PER = /^\s?(?:\/\s?|(?:an?|per|each)\s)([A-Za-z]+)/;

function isMeasured({ unit }: WrittenNumber): boolean {
  return unit !== undefined && MEASURED.test(unit.kind) && !/^(?:ratio|factor|temperature|fahrenheit)/.test(unit.kind);
}

function isCount({ unit, value }: WrittenNumber): boolean {
  return Number.isInteger(value) && value > 1 && (unit === undefined || !MEASURED.test(unit.kind));
}
