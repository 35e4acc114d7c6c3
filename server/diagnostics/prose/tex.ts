/** Simple formulas as a line of text: `3 \times 4 \approx 12` as `3 × 4 ≈ 12`. */

const SIGNS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '×',
  div: '/',
  approx: '≈',
  sim: '~',
  pm: '±',
  eta: 'η',
  left: '',
  right: '',
  quad: ' ',
  qquad: ' ',
};

/** Braces within braces within braces are as deep as is read. */
const GROUP = String.raw`\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}`;
const FRACTION = new RegExp(String.raw`\\[dt]?frac\s*${GROUP}\s*${GROUP}`);
const ROOT = new RegExp(String.raw`\\sqrt\s*${GROUP}`, 'g');
const TEXT = new RegExp(String.raw`\\(?:text|mathrm|textrm|operatorname|mathbf|textbf)\s*${GROUP}`, 'g');
/** What stands over or under its brace says what it is. */
const BRACED = new RegExp(String.raw`\\(?:under|over)brace\s*${GROUP}(?:\s*[_^]\s*(?:${GROUP}|\w))?`, 'g');
const MOST_FRACTIONS = 20;

/** The text of a formula; commands that are not known stay as they are. */
export function plainTex(tex: string): string {
  let text = tex
    .replaceAll('{,}', ',')
    .replaceAll(/\\[,;:! ]/g, ' ')
    .replaceAll('~', ' ')
    .replaceAll(/\\([%$#&_])/g, '$1');
  text = text.replace(BRACED, ' $1 ');
  for (let at = 0; at < MOST_FRACTIONS && FRACTION.test(text); at++) text = text.replace(FRACTION, '(($1)/($2))');
  return (
    text
      .replaceAll(ROOT, '√($1)')
      // In a formula a hyphen is a minus.
      .replaceAll(/(?<=[\d)])\s*-\s*(?=[\d(√.\\])/g, ' − ')
      .replaceAll(TEXT, '$1')
      // `0.14 \text{ ms}`: of the blanks, only the one within the text is shown.
      .replaceAll(/ {2,}/g, ' ')
      .replaceAll(/\\([a-zA-Z]+)/g, (whole, name: string) => (Object.hasOwn(SIGNS, name) ? SIGNS[name]! : whole))
      .replaceAll(/\^\{([-−+]?\d+)\}/g, '^$1')
  );
}
