/** A unit or sign that the value brings along, and the sentence says once more. */

import { MEASURED, singular, unitNamed } from '../prose/numbers';
import { CURRENCY, unitAgain, valuesIn } from '../prose/values';
import type { Draft, Rule } from '../rule';

export const doubledUnit: Rule = {
  code: 'doubled-unit',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    for (const { line, ref, text, from, to, before, behind } of valuesIn(block)) {
      const last = /(?:^|[\s\d)])([A-Za-zµμ/]+|[%×°])$/.exec(text)?.[1];
      const next = /^[\s-]?([A-Za-zµμ/]+|[%×°])/.exec(behind);
      if (last !== undefined && next !== null) {
        // "50M million/year"
        const unit = [next[1]!, next[1]!.split('/')[0]!].find(one => same(last, one) || areOfOneKind(last, one));
        if (unit !== undefined) {
          const end = to + next[0].length - next[1]!.length + unit.length;
          yield told(block.place(line, to, end), text + behind.slice(0, end - to), last, unit);
          continue;
        }
      }
      const twice = /^\s?([%×]|per\s?cent(?=\s?%))\s?([%×]|percent\b|per cent\b|times\b)/.exec(behind);
      if (
        last === undefined &&
        twice !== null &&
        twice[1] !== twice[2] &&
        same(twice[1]!.replace(' ', ''), twice[2]!.replace(' ', ''))
      ) {
        const from = to + twice[0].length - twice[2]!.length;
        yield told(
          block.place(line, from, to + twice[0].length),
          `${text}${twice[0]}`,
          twice[1]!,
          twice[2]!,
          'behind the value',
        );
        continue;
      }
      const money = CURRENCY.exec(behind);
      const amount = /^([$€£])/.exec(text)?.[1] ?? /([$€£])$/.exec(before)?.[1];
      if (money !== null && amount !== undefined && same(amount, money[1]!)) {
        const end = to + money[0].length;
        const range = block.place(line, end - money[1]!.length - 1, end);
        const isIn = text.startsWith(amount);
        yield told(
          range,
          `${isIn ? '' : amount}${text}${money[0]}`,
          amount,
          money[1]!,
          isIn ? 'in the value' : 'before the value',
        );
        continue;
      }
      // "$9.50 cents"
      const cents = amount === undefined || text.startsWith(amount) ? null : /^\scents?\b/.exec(behind);
      if (cents !== null) {
        const start = ref.ref.range.start - block.start;
        const isEscaped = block.source[start - 2] === '\\';
        const range = block.at(start - (isEscaped ? 2 : 1), start);
        yield told(range, `${amount}${text}${cents[0]}`, cents[0].trim(), amount!, 'behind the value');
        continue;
      }
      // "40 s seconds", "72 °C °C"
      const again = last === undefined && /\d$/.test(text) ? unitAgain(behind) : undefined;
      if (again !== undefined) {
        const end = to + again.length;
        const range = block.place(line, end - again.second.length - 1, end);
        yield told(range, text + behind.slice(0, again.length), again.first, again.second, 'behind the value');
        continue;
      }
      // "€3.50 €"
      const around = /([$€£])$/.exec(text)?.[1];
      if (around !== undefined && before.endsWith(around)) {
        const end = ref.ref.range.start - block.start;
        const isEscaped = block.source[end - 2] === '\\';
        yield told(block.at(end - (isEscaped ? 2 : 1), end), `${around}${text}`, around, around);
        continue;
      }
      const first = /^([$€£~≈])/.exec(text)?.[1];
      const sign = /([$€£~≈])\s?$/.exec(before);
      if (first !== undefined && sign !== null && same(first, sign[1]!))
        yield told(block.place(line, from - sign[0].length, from), `${sign[0]}${text}`, first, sign[1]!);
    }
  },
};

function told(range: Draft['range'], reads: string, inValue: string, inText: string, where = 'in the value'): Draft {
  const what = inValue === inText ? `\`${inValue}\`` : `\`${inValue}\` and \`${inText}\``;
  return {
    range,
    message: `The sentence reads "${reads.trim()}": ${what} stands ${where} already.`,
    fixes: [
      {
        title: where === 'in the value' ? `Leave \`${inText}\` to the value` : `Take \`${inText}\` out`,
        preferred: true,
        edits: [{ ...range, newText: '' }],
      },
    ],
  };
}

/** Signs and words for the same thing. */
const SAME: readonly (readonly string[])[] = [
  ['%', 'percent'],
  ['×', 'x', 'times'],
  ['~', '≈', 'about', 'approximately', 'roughly'],
  ['$', 'dollar', 'usd'],
  ['€', 'euro', 'eur'],
  ['£', 'pound', 'gbp'],
  ['gb', 'gigabyte'],
  ['mb', 'megabyte'],
  ['tb', 'terabyte'],
  ['kb', 'kilobyte'],
  ['ms', 'millisecond'],
  ['µs', 'us', 'microsecond'],
  ['ns', 'nanosecond'],
  ['s', 'sec', 'second'],
  ['h', 'hr', 'hour'],
  ['min', 'minute'],
  ['w', 'watt'],
  ['kw', 'kilowatt'],
  ['mw', 'megawatt'],
  ['m', 'million'],
  ['b', 'billion'],
  ['t', 'trillion'],
  ['k', 'thousand'],
];

const GROUP: ReadonlyMap<string, number> = new Map(
  SAME.flatMap((words, group) => words.map(word => [word, group] as const)),
);

function same(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  if (a === b) return true;
  const group = GROUP.get(a);
  return group !== undefined && group === GROUP.get(b);
}

/** "500 mW W": two units of one kind; a second may be an ordinal. */
function areOfOneKind(one: string, other: string): boolean {
  if (other === 'second' || other === 'm') return false;
  const [a, b] = [unitNamed(one), unitNamed(other)];
  return a !== undefined && a.kind === b?.kind && MEASURED.test(a.kind);
}

function plain(word: string): string {
  const lower = word.toLowerCase().replace('μ', 'µ');
  return GROUP.has(lower) ? lower : singular(lower);
}
