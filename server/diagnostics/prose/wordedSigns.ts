/** Arithmetic in words, and remarks between its terms, as signs: each text is as long as it was, so that places in it stay. */
import { QUALIFIERS } from './comparatives';
import { NUMBER_WORD, wordValue } from './literals';

const SIGNS: Readonly<Record<string, string>> = {
  'divided by': '/',
  'multiplied by': '×',
  times: '×',
  plus: '+',
  minus: '−',
};
const SIGN = Object.keys(SIGNS).join('|');

/** A number with its unit, and what it is of. */
const TERM = String.raw`(?:[$\u20ac\u00a3]\s?)?(?<![\w.,])\d[\d,.]*(?:\s?[A-Za-z%\u00b0\u00b2\u00b3\u00b5/][A-Za-z\u00b2\u00b3/-]{0,15}){0,3}?`;
const EQUAL = String.raw`\s(?:is|are|gives?|makes?|equals?|yields?|comes? to|leaves?)|,\s(?:or|which is|that is|i\.e\.,?)`;
const WORDED = new RegExp(
  String.raw`${TERM}(?:\s(?:${SIGN})\s(?:the\s|its\s)?${TERM}){1,4}(?:${EQUAL})\s(?:${QUALIFIERS}|just\s|only\s)?(?=[$\u20ac\u00a3~\u2248]?\s?\d)`,
  'gi',
);
const SIGN_BETWEEN = new RegExp(String.raw`\s(${SIGN})\s(?:the\s|its\s)?`, 'gi');
const EQUAL_BEHIND = new RegExp(String.raw`(?:${EQUAL})\s(${QUALIFIERS}|just\s|only\s)?$`, 'i');

/** "Whoever divides the $18,331 by twelve gets $1,528" */
const DIVIDED = new RegExp(
  String.raw`(\bdivid(?:es?|ed|ing)\s(?:[a-z]+\s){0,5}?${TERM})(\sby\s(?:the\s)?)(${NUMBER_WORD}|${TERM})((?:,\s(?:one|we|you))?\s(?:gets?|gives?|is|makes?|leaves?|yields?)\s(?:${QUALIFIERS}|just\s|only\s)?)(?=[$\u20ac\u00a3~\u2248]?\s?\d)`,
  'gi',
);

/** "three times 12 kW is 36 kW": how often, as a word that is no part of a longer number or of a range. */
const SO_OFTEN = new RegExp(
  String.raw`(?<![\w-])(?<!\b(?:and|or|to|hundred|thousand|million|only)\s)(${NUMBER_WORD})(\stimes\s(?:the\s|its\s)?)(${TERM})((?:${EQUAL})\s(?:${QUALIFIERS}|just\s|only\s)?)(?=[$\u20ac\u00a3~\u2248]?\s?\d)`,
  'gi',
);

/** Where a source may hold such arithmetic, at a glance. */
export const MAY_BE_WORDED = new RegExp(
  String.raw`\bdivid(?:es?|ed|ing)\b|\b(?:${SIGN})\s(?:the\s|its\s)?[\\$\u20ac\u00a3]*[\d\`]`,
  'i',
);

/** "40 t (wood) + 12 t", "40 t of wood + 12 t", "3 trucks × 12 t per truck =" */
const REMARK =
  /(?<=\d(?:\s?[A-Za-z%°²³µ/-]{1,15}){0,2})(?:\s\((?=[^()\d]{0,40}[A-Za-z])[^()\d]{1,40}\)|\s(?:of|from|for|per|a|an|each|in)\s(?:(?:the|an?|one)\s)?[a-z-]{2,15}(?:\s[a-z-]{2,15})?)(?=\s?[+×·⋅≈=−/]\s{0,24}[\d($€£~≈√])/g;

const blank = (text: string) => ' '.repeat(text.length);

/** A text with signs for the words of its arithmetic, and nothing for its remarks. */
export function withSigns(text: string): string {
  const signed = MAY_BE_WORDED.test(text)
    ? text.replaceAll(SO_OFTEN, multiple).replaceAll(WORDED, signsFor).replaceAll(DIVIDED, division)
    : text;
  return /[+×·⋅≈=−/]/.test(signed) ? signed.replaceAll(REMARK, blank) : signed;
}

function multiple(_: string, word: string, times: string, of: string, equal: string): string {
  const isRough = (EQUAL_BEHIND.exec(equal)?.[1] ?? '') !== '';
  const digits = String(wordValue(word) ?? word).padEnd(word.length);
  return digits + ' × '.padEnd(times.length) + of + (isRough ? ' ≈ ' : ' = ').padEnd(equal.length);
}

function signsFor(found: string): string {
  const [behind = '', qualifier = ''] = EQUAL_BEHIND.exec(found) ?? [];
  const sign = qualifier === '' ? '=' : '≈';
  const terms = found.slice(0, found.length - behind.length);
  const operated = terms.replaceAll(SIGN_BETWEEN, (between, words: string) =>
    ` ${SIGNS[words.toLowerCase()]!} `.padEnd(between.length),
  );
  return operated + ` ${sign} `.padEnd(behind.length);
}

function division(_: string, whole: string, by: string, part: string, equal: string): string {
  const digits = /\d/.test(part) ? part : String(wordValue(part) ?? part).padEnd(part.length);
  const isRough = equal.trim().split(/\s/).length > 1;
  return whole + ' / '.padEnd(by.length) + digits + (isRough ? ' ≈ ' : ' = ').padEnd(equal.length);
}
