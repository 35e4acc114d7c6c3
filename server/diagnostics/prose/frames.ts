/** Rates and the time that each takes, where a sentence makes one of the other: "30 FPS, or 33 ms per frame", "one request every 20 ms, 50 a second". */
import type { SaidMultiple } from './multiples';
import { measured, numbersIn, shortNumber, singular, type WrittenNumber } from './numbers';

/** Behind a rate: "60 frames per second", "30 FPS". */
const PER_SECOND = /^(?:\sof\s[a-z]+)?\s?(?:\/s\b|(?:a|per|each|every)\ssecond\b)/i;
/** What the one follows from the other by. */
const LINK =
  /\b(?:so|or|i\.e\.|that is|which|leaves|leaving|gives|giving|allows|allowing|means|makes|is|are|has|have|gets|lasts|budget|deadline|interval|period)\b|[(=:]/i;
/** Between a time and what it is for: "33 ms per frame"; and before it: "each frame has 33 ms", "a frame every 33 ms". */
const FOR_EACH = /^\s(?:per|for\s(?:a|each|every|one)|a|each|between)\s([a-z]+)/i;
const OF_EACH =
  /\b(?:each|every|an?|one|per)\s([a-z]+)\s(?:(?:budget|deadline|interval|period|time)\s)?(?:(?:has|gets|lasts|must|is|of|every|comes|arrives|leaves)\s)(?:[a-z]+\s){0,3}$/i;
/** A budget is all the time that there is. */
const SPENT =
  /\b(?:only|but|although|though|while|however|takes?|needs?|spends?|in parallel|pipelined?|latency|misses|too)\b/i;

const MAY_SAY = /\bfps\b|\b(?:a|per|each|every) second\b|\/s\b/i;

/** By so much they may be off, for what was rounded. */
const ROUNDED = 0.04;
/** What is further off is of something else. */
const PLAUSIBLE = 2.6;

/** The pairs of which the one is not what the other makes. */
export function* frames(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  const numbers = numbersIn(text);
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    if (second === undefined) break;
    const between = text.slice(first.to, second.from);
    if (between.length > LONGEST || /[.;!?]\s/.test(between)) continue;
    const [rate, time] = second.unit?.kind === 'time' ? [first, second] : [second, first];
    const thing = rateOf(rate, text);
    const each = time.unit?.kind === 'time' ? eachOf(time, text) : undefined;
    if (thing === undefined || thing !== each) continue;
    const sentence = text.slice(Math.max(0, first.from - LONGEST), second.to + LONGEST).split(/[.;!?]\s/);
    if (!LINK.test(between) || SPENT.test(sentence.find(one => one.includes(between)) ?? '')) continue;
    const product = rate.value * measured(time).value;
    const off = ROUNDED + Math.abs(rate.half / rate.value) + Math.abs(time.half / time.value);
    if (Math.abs(product - 1) <= off || product > PLAUSIBLE || product < 1 / PLAUSIBLE) continue;
    const right = 1 / rate.value / time.unit!.factor;
    yield {
      from: first.from,
      to: second.to,
      message: `The sentence says ${text.slice(time.from, time.to)} for each ${thing}, but at ${text.slice(rate.from, rate.digitsTo)} a second it is ${shortNumber(right)} ${time.unit!.text}.`,
    };
  }
}

const LONGEST = 80;

/** What happens so many times in a second. */
function rateOf({ unit, to }: WrittenNumber, text: string): string | undefined {
  if (unit === undefined) return undefined;
  if (/^fps$/i.test(unit.text)) return 'frame';
  const noun = singular(unit.text.toLowerCase());
  return /^[a-z]{3,}$/.test(noun) && PER_SECOND.test(text.slice(to, to + LONGEST)) ? noun : undefined;
}

/** What a time is for. */
function eachOf({ from, to }: WrittenNumber, text: string): string | undefined {
  const behind = FOR_EACH.exec(text.slice(to, to + LONGEST))?.[1];
  const before = OF_EACH.exec(text.slice(Math.max(0, from - LONGEST), from))?.[1];
  const noun = behind ?? before;
  return noun === undefined ? undefined : singular(noun.toLowerCase());
}
