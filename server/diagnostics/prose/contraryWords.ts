/** What a clause says of a change, and the next one the contrary of: "training time rises to 17 days, saving 8 days". */
import { wayIn } from './changeWords';
import type { SaidMultiple } from './multiples';
import { MEASURED, sameKind, type WrittenNumber } from './numbers';

const TO = /\s([a-z]+)\sto\s(?:(?:about|only|just|roughly|nearly|some)\s|[~≈])*[$€£]?$/i;
const LESS =
  /^,\s(?:thus\s|thereby\s|which\s)?(?:sav(?:ing|es)|spar(?:ing|es)|a\ssaving\sof|cutting)\s(?:(?:about|nearly|almost|some|only|roughly|us|another)\s|[~≈])*[$€£]?$/i;
const MORE =
  /^,\s(?:thus\s|thereby\s|which\s)?(?:adding|adds|a\sgain\sof|gaining|an\sincrease\sof)\s(?:(?:about|nearly|almost|some|only|roughly|another)\s|[~≈])*[$€£]?$/i;

/** The verbs that the words behind their number speak against. */
export function* contraryWords(text: string, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    if (second === undefined || first.unit === undefined || !sameKind(first.unit, second.unit)) continue;
    if (!MEASURED.test(first.unit.kind) || first.unit.kind === 'ratio') continue;
    const gap = text.slice(first.to, second.from);
    const against = LESS.test(gap) ? 'rises' : MORE.test(gap) ? 'falls' : undefined;
    const verb =
      against === undefined ? undefined : TO.exec(text.slice(Math.max(0, first.from - LEAD), first.from))?.[1];
    if (verb === undefined || wayIn(verb)?.way !== against) continue;
    const behind = gap
      .trim()
      .replace(/^,\s/, '')
      .replace(/\s?[$€£]$/, '');
    yield {
      from: text.lastIndexOf(`${verb} to`, first.from),
      to: second.to,
      message: `The sentence says that it ${against}, and "${behind}" of the same: one of the two is wrong.`,
    };
  }
}

const LEAD = 40;
