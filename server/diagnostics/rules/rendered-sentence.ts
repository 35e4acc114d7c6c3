/** How a sentence reads once its values are in: number and noun, article, glued digits, powers, magnitudes said twice. */
import type { RefResult } from '../../evaluation/analysis';
import { singular } from '../prose/numbers';
import { amountsOfStuff } from '../prose/ofStuff';
import { saidUnits } from '../prose/saidUnits';
import { means, readName } from '../prose/subject';
import { isLarge, SINGULAR, TWICE, unitOfShare, type ValueInLine, valuesIn } from '../prose/values';
import type { Draft, ProseBlock, Rule } from '../rule';

export const renderedSentence: Rule = {
  code: 'rendered-sentence',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    for (const value of valuesIn(block))
      for (const check of CHECKS) {
        const draft = check(value, block);
        if (draft === undefined) continue;
        yield draft;
        break;
      }
    yield* typedPowers(block);
    const told = [...saidUnits(block)];
    yield* told;
    for (const draft of amountsOfStuff(block))
      if (!told.some(({ range }) => range.start === draft.range.start)) yield draft;
  },
};

/** "Over 10^4 boxes", typed into a sentence */
function* typedPowers(block: ProseBlock): Iterable<Draft> {
  if (!/\b10\^[-−]?\d/.test(block.source)) return;
  for (const line of block.lines) {
    if (line.place !== 'text' && line.place !== 'caption' && line.place !== 'cell') continue;
    for (const { 0: text, index, 1: exponent } of line.text.matchAll(/(?<![\w^.$\\])10\^([-−]?\d+)(?![\w^$])/g)) {
      const to = index + text.length;
      if (!line.isExact(index, to) || line.refsIn(index, to).length > 0) continue;
      const range = block.place(line, index, to);
      const newText = `$10^{${exponent!.replace('−', '-')}}$`;
      yield {
        range,
        message: `The sentence reads "${text}": outside of a formula the page shows the \`^\`.`,
        fixes: [{ title: `Write ${newText}`, preferred: true, edits: [{ ...range, newText }] }],
      };
    }
  }
}

type Check = (value: ValueInLine, block: ProseBlock) => Draft | undefined;

const NOUNS =
  'days|hours|minutes|seconds|weeks|months|years|GPUs|CPUs|TPUs|nodes|servers|machines|devices|chips|accelerators|racks|clusters|users|requests|queries|tokens|images|samples|examples|parameters|layers|epochs|steps|iterations|batches|operations|messages|emails|bytes|bits|cores|threads|cars|vehicles|sensors|cameras|people|dollars|cents|watts|joules|meters|kilometers|kilograms|failures|errors|copies|replicas|points|digits|orders|factors|parts|pages|cells|rows|columns|models|pumps|tanks|trucks|trips|workers|teams';
const PLURAL = new RegExp(String.raw`^[\s-](${NOUNS})\b`);
const ONE_OF_MANY = new RegExp(String.raw`(?<![\d.,])1\s(${NOUNS})\b`);

/** A plural right behind a value: a common one, or one that the name of the value has. */
function pluralBehind({ ref }: RefResult, behind: string): RegExpExecArray | null {
  const found = PLURAL.exec(behind) ?? /^[\s-]([a-z]{3,}s)\b/.exec(behind);
  if (found === null || PLURAL.test(behind)) return found;
  const { parts } = readName(ref.expr.trim().replace(/^.*\./, ''));
  return singular(found[1]!) !== found[1] && parts.some(part => means(found[1]!, part)) ? found : null;
}

/** "a 4 crossings" */
const many: Check = ({ line, ref, text, from, before, behind }, block) => {
  const said = /(?:^|[\s(])(an?)\s$/i.exec(before)?.[1];
  if (said === undefined || !/^[~≈]?[\d,]*\d$/.test(text) || text === '1') return undefined;
  const noun = pluralBehind(ref, behind);
  // "an 8 cores machine" is another slip.
  if (
    noun === null ||
    noun[0].startsWith('-') ||
    !/^(?:[.,;:)]|$|\s(?:a|an|and|at|by|for|from|in|is|are|of|on|or|per|that|to|with)\b)/.test(
      behind.slice(noun[0].length),
    )
  )
    return undefined;
  const start = from - 1 - said.length;
  const range = block.place(line, start, from);
  return {
    range,
    message: `The sentence reads "${said} ${text}${noun[0]}": of several there is no "${said}".`,
    fixes: [{ title: `Take "${said}" out`, preferred: true, edits: [{ ...range, newText: '' }] }],
  };
};

/** "1 days" */
const plural: Check = ({ line, ref, text, to, behind }, block) => {
  const noun = /^[~≈$]?1$/.test(text) ? pluralBehind(ref, behind) : null;
  if (noun !== null)
    return {
      range: block.place(line, to + 1, to + noun[0].length),
      message: `The sentence reads "${text}${noun[0]}": of one there is no plural. Write the noun in the cell, together with the number.`,
    };
  const inside = ONE_OF_MANY.exec(text);
  if (inside === null) return undefined;
  return {
    range: block.place(line, to - 1, to),
    message: `The value reads "${inside[0]}": of one there is no plural.`,
  };
};

/** "84.1 hour. A night" */
const singularBehind: Check = ({ line, text, to, before, behind }, block) => {
  const noun =
    /^[~\u2248]?\d[\d,]*(?:\.\d+)?$/.test(text) && Number(text.replaceAll(/[~\u2248,]/g, '')) > 1
      ? SINGULAR.exec(behind)
      : null;
  // "the 84 hour and the 12 hour test" are adjectives.
  if (noun === null || /\b(?:an?|the|this|that|each|every|any|one|its|our|their)\s$/i.test(before)) return undefined;
  const range = block.place(line, to + 1, to + noun[0].length);
  return {
    range,
    message: `The sentence reads "${text}${noun[0]}": of several there is a plural.`,
    fixes: [{ title: `Write "${noun[1]!}s"`, preferred: true, edits: [{ ...range, newText: `${noun[1]!}s` }] }],
  };
};

/** "a 8-GPU node", "an 70-GPU cluster" */
const article: Check = ({ line, text, from, before }, block) => {
  const found = /(?:^|[\s(])(an?)\s$/i.exec(before);
  const digits = /^(\d{1,3}(?:,\d{3})*|\d+)/.exec(text)?.[1]?.replaceAll(',', '');
  if (found === null || digits === undefined) return undefined;
  const lead = digits.slice(0, digits.length % 3 || 3);
  const isVowel = /^8/.test(lead) || ((lead === '11' || lead === '18') && !/^\d+\.\d/.test(text));
  const said = found[1]!;
  if ((said.toLowerCase() === 'an') === isVowel) return undefined;
  const meant = isVowel ? `${said}n` : said[0]!;
  const start = from - 1 - said.length;
  const range = block.place(line, start, start + said.length);
  return {
    range,
    message: `The sentence reads "${said} ${text}": it should be "${meant}" before ${digits}.`,
    fixes: [{ title: `Write "${meant}"`, preferred: true, edits: [{ ...range, newText: meant }] }],
  };
};

/** "210^5" for 2 × 10^5, and "10^5" outside of a formula */
const power: Check = ({ line, ref, text, from, to, before }, block) => {
  // The lines have no mark at the end of what is raised: `10^6^`.
  const end = ref.ref.range.end - block.start;
  const raised = /\d$/.test(text)
    ? /^\^\{?[-−]?\d+\}?(?![\d^])/.exec(block.source.slice(end, end + 12))?.[0]
    : undefined;
  if (raised !== undefined)
    return {
      range: block.place(line, from, to + raised.length),
      message: `The sentence reads "${text}${raised}": outside of a formula the page shows the \`^\`.`,
    };
  const glued =
    /(\d[\d.,]*?)(10\s?\^\{?[-−]?\d+\}?)/.exec(text) ??
    (/^10\s?\^/.test(text) && /\d$/.test(before) ? [`${/\d+$/.exec(before)![0]}${text}`] : null);
  if (glued !== null)
    return {
      range: block.place(line, from, to),
      message: `The sentence reads "${glued[0]}": between the number and its power of ten "× " is missing.`,
    };
  if (ref.display?.mime !== 'text/plain' || !/\b10\^[-−]?\d/.test(text)) return undefined;
  return {
    range: block.place(line, from, to),
    message: `The sentence reads "${text}": outside of a formula the page shows the \`^\`. Make the value a formula, \`Markdown("$10^{…}$")\`, or write the exponent as ⁵.`,
  };
};

/** Two values, or a value and a number, without anything between them. */
const glued: Check = ({ line, text, to, behind }, block) => {
  if (!/\d$/.test(text) || !/^\d/.test(behind)) return undefined;
  const next = /^[\d.,]+/.exec(behind)![0];
  return {
    range: block.place(line, to, to + next.length),
    message: `The sentence reads "${text}${next}": two numbers stand together without anything between them.`,
  };
};

const MAGNITUDE = /(?:^|[\s\d])(thousand|million|billion|trillion)$/i;

/** "3 million million", "3 million billion" */
const magnitude: Check = ({ line, text, to, behind }, block) => {
  const next = /^\s(thousand|million|billion|trillion)\b/i.exec(behind);
  const isFull = /^[\d,]{7,}$/.test(text) || (/^[\d,]+$/.test(text) && isLarge(text) && next?.[1] === 'thousand');
  const inValue = MAGNITUDE.exec(text)?.[1] ?? (isFull ? 'full' : undefined);
  if (inValue === undefined || next === null || inValue.toLowerCase() === next[1]!.toLowerCase()) return undefined;
  return {
    range: block.place(line, to + 1, to + next[0].length),
    message:
      inValue === 'full'
        ? `The sentence reads "${text}${next[0]}": the value is told in full, and scaled in the sentence.`
        : `The sentence reads "${text}${next[0]}": the value is scaled in the cell, and once more in the sentence.`,
  };
};

/** "GPUs GPUs", where the word is no unit */
const word: Check = ({ line, text, from, before }, block) => {
  const first = /^([A-Za-z]{3,})\b/.exec(text)?.[1];
  const last = /\b([A-Za-z]{3,})\s$/.exec(before)?.[1];
  if (first === undefined || first.toLowerCase() !== last?.toLowerCase()) return undefined;
  const range = block.place(line, from - last!.length - 1, from);
  return {
    range,
    message: `The sentence reads "${last} ${text}": the word stands in the value already.`,
    fixes: [{ title: `Leave "${last}" to the value`, preferred: true, edits: [{ ...range, newText: '' }] }],
  };
};

/** "40 tokens tokens" */
const noun: Check = ({ line, text, to, behind }, block) => {
  const found = TWICE.exec(behind);
  if (found === null) return undefined;
  const range = block.place(line, to + found[0].length - found[1]!.length - 1, to + found[0].length);
  return {
    range,
    message: `The sentence reads "${text}${found[0]}": the word stands there twice.`,
    fixes: [{ title: `Take the second "${found[1]}" out`, preferred: true, edits: [{ ...range, newText: '' }] }],
  };
};

/** "7.2% percentage points" */
const points: Check = ({ line, text, to, behind }, block) => {
  const found = /\d$/.test(text) ? /^\s?%\s(?=(percentage)\spoints?\b)/.exec(behind) : null;
  if (found === null) return undefined;
  const range = block.place(line, to, to + found[0].length - 1);
  return {
    range: block.place(line, to, to + found[0].length + found[1]!.length),
    message: `The sentence reads "${text}${found[0]}percentage points": points are no per cent of something, so there is no "%" before them.`,
    fixes: [{ title: 'Take "%" out', preferred: true, edits: [{ ...range, newText: '' }] }],
  };
};

/** "0.6% cents" */
const share: Check = ({ line, text, to, behind }, block) => {
  const unit = /\d$/.test(text) ? unitOfShare(behind) : undefined;
  if (unit === undefined) return undefined;
  const sign = behind.indexOf('%') + 1;
  const range = block.place(line, to, to + sign);
  return {
    range: block.place(line, to, to + behind.indexOf(unit) + unit.length),
    message: `The sentence reads "${text}${behind.slice(0, behind.indexOf(unit) + unit.length)}": it is a percentage, or in ${unit}.`,
    fixes: [{ title: 'Take "%" out', edits: [{ ...range, newText: '' }] }],
  };
};

/** "45%%" and "$$12", where the sentence has both signs; one that the value brings along is a doubled unit. */
const sign: Check = ({ line, ref, text, to, before, behind }, block) => {
  const found = /\d$/.test(text) ? /^\s?([%×])\s?\1/.exec(behind) : null;
  if (found !== null)
    return signTwice(
      `${text}${found[0]}`,
      found[1]!,
      block.place(line, to + found[0].length - 1, to + found[0].length),
    );
  // In the source a dollar has a backslash before it.
  const end = ref.ref.range.start - block.start;
  const written = /\\?([$€£])(\\?\1)$/.exec(block.source.slice(Math.max(0, end - 4), end));
  if (written === null || !before.endsWith(written[1]!.repeat(2))) return undefined;
  return signTwice(`${written[1]!.repeat(2)}${text}`, written[1]!, block.at(end - written[2]!.length, end));
};

function signTwice(reads: string, written: string, range: Draft['range']): Draft {
  return {
    range,
    message: `The sentence reads "${reads}": the \`${written}\` stands there twice.`,
    fixes: [{ title: `Take the second \`${written}\` out`, preferred: true, edits: [{ ...range, newText: '' }] }],
  };
}

const CHECKS: readonly Check[] = [
  sign,
  power,
  glued,
  plural,
  singularBehind,
  many,
  article,
  magnitude,
  word,
  noun,
  points,
  share,
];
