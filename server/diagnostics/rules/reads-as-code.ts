/** References whose sentence will show code: the repr of an object, a float with all its digits, an escape. */
import type { Display } from '../../../mlsys';
import type { Analysis, RefResult } from '../../evaluation/analysis';
import { readingOf } from '../../evaluation/display';
import { expressionFix, Judge, madeAt, markdownFix, quotedText, sourceOf } from '../displays';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';

/** What is wrong with a text, and what an author does about it. */
interface Reading {
  readonly advice: string;
  fixes?(result: RefResult, analysis: Analysis): (Fix | undefined)[];
}

const judge = new Judge((display, { value }) => readingFor(display, value?.type));

export const readsAsCode: Rule = {
  code: 'reads-as-code',
  severity: 'warning',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    for (const [result, { advice, fixes }] of judge.of(analysis)) {
      const found = (fixes?.(result, analysis) ?? []).filter(fix => fix !== undefined);
      yield {
        range: result.ref.range,
        // Fixes differ by what is shown.
        cause: `${advice} ${sourceOf(result, analysis)}${found.length === 0 ? '' : readingOf(result.display!)}`,
        message: `The sentence will say ${quotedText(readingOf(result.display!))}: ${advice}.`,
        related: madeAt(result),
        ...(found.length > 0 ? { fixes: found } : {}),
      };
    }
  },
};

function readingFor(display: Display, type: string | undefined): Reading | undefined {
  if (display.mime === 'text/markdown') return undefined;
  if (display.mime === 'text/html') return type === 'Quantity' ? ofQuantity(readingOf(display)) : undefined;
  return display.quoted ? ofText(display.text) : ofRepr(display.text, type);
}

/** More digits than this are more than anybody meant to print. */
const MOST_DIGITS = 10;

const FLOAT = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/;

function digitsOf(number: string): number {
  if (!number.includes('.')) return 0;
  return number
    .replace(/e.*/, '')
    .replace(/\.0$/, '')
    .replace(/^[-0.]+|\./g, '').length;
}

function ofQuantity(text: string): Reading | undefined {
  const number = FLOAT.exec(text)?.[0] ?? '';
  return digitsOf(number) > MOST_DIGITS
    ? { advice: 'format the quantity, for example with `f"{…:.2f~P}"`' }
    : undefined;
}

/** A backslash of Python's own, before what it stands for; one of the text is written twice. */
const ESCAPE = /\\(?:\\|(['"nrt]|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}))/g;

function ofText(text: string): Reading | undefined {
  for (const [written, python] of text.matchAll(ESCAPE))
    if (python !== undefined)
      return {
        advice: `IPython writes ${nameOf(python)} as \`${written}\`; \`Markdown(…)\` shows the character itself`,
        fixes: (result, analysis) => [markdownFix(result, analysis, 'Show the characters themselves')],
      };
  return undefined;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['n', 'a line break'],
  ['r', 'a carriage return'],
  ['t', 'a tab'],
  ["'", 'a quote'],
  ['"', 'a quote'],
  ['xa0', 'a no-break space'],
  ['xad', 'a soft hyphen'],
  ['u2009', 'a thin space'],
  ['u200b', 'a zero-width space'],
  ['u202f', 'a narrow no-break space'],
]);

function nameOf(character: string): string {
  return NAMES.get(character) ?? `U+${character.slice(1).toUpperCase().padStart(4, '0')}`;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['None', 'nothing was assigned, or a function returned nothing'],
  ['nan', 'it is not a number'],
  ['inf', 'the number is infinite'],
  ['-inf', 'the number is infinite'],
  ['Ellipsis', 'it is a placeholder'],
  ['NotImplemented', 'it is a placeholder'],
]);

const NUMBER = new RegExp(`^${FLOAT.source}$`);

function ofRepr(text: string, type: string | undefined): Reading | undefined {
  if (NUMBER.test(text)) return digitsOf(text) > MOST_DIGITS ? ofFloat(text) : undefined;
  const word = WORDS.get(text);
  if (word !== undefined) return { advice: word };
  if (type === 'Pretty') return undefined;
  if (type === 'type') return { advice: 'it is a class' };
  if (type === 'module') return { advice: 'it is a module' };
  if (type === 'function' || type === 'method' || type === 'builtin_function_or_method')
    return { advice: 'it is a function; call it' };
  const display = /^<IPython\.core\.display\.(Latex|Math) object>$/.exec(text)?.[1];
  if (display !== undefined) return ofLatex(display);
  if (/^<[\s\S]*>$/.test(text))
    return { advice: 'it is an object; show one of its attributes, or give its class a `_repr_markdown_`' };
  if (/^b['"]/.test(text)) return { advice: 'these are bytes; decode them' };
  if (/^[A-Za-z_][\w.]*\([\s\S]*\)$/.test(text) || /^np\.\w+_$/.test(text)) return ofCall(text);
  if (/^[[({]/.test(text) && READS_BADLY.test(text))
    return { advice: 'join the items to a text, for example with `", ".join(…)`' };
  return text.includes('\n') ? { advice: 'it has several lines, which flow together in a sentence' } : undefined;
}

/** Inside brackets: texts in quotes, calls, objects, and what is wrong alone. */
const READS_BADLY = /['"<]\w|\w\(|\n|\bNone\b|\bnan\b|\d\.\d{10}/;

function ofFloat(number: string): Reading {
  const value = Number(number);
  const isFixed = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15;
  const exact = value.toPrecision(15).replace(/\.?0+$/, '');
  const short = digitsOf(exact) <= MOST_DIGITS && isFixed ? exact : undefined;
  const places = Math.min(15, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return {
    advice: 'format the number',
    fixes: (result, analysis) => {
      const { expr } = result.ref;
      if (/["'`{}]/.test(expr) || expr.includes(':')) return [];
      const made = madeForProse(result, analysis);
      if (made !== undefined) return [made];
      // "0.66%" of two thirds would be as wrong: `rendered-sentence` offers the percentage.
      if (Math.abs(value) <= 1 && isPercentage(result, analysis)) return [];
      return [
        short === undefined
          ? undefined
          : expressionFix(result, `Show \`${short}\`, without the noise of the last digits`, `f"{${expr}:.15g}"`, {
              preferred: true,
            }),
        isFixed
          ? expressionFix(
              result,
              `Show \`${grouped(value.toFixed(places))}\`, rounded to ${places === 0 ? 'a whole number' : `${places} decimal place${places === 1 ? '' : 's'}`}`,
              `f"{${expr}:,.${places}f}"`,
            )
          : undefined,
      ];
    },
  };
}

/** Shows the text that a cell makes of the number already: the expression would be formatted in the prose as well. */
function madeForProse(result: RefResult, analysis: Analysis): Fix | undefined {
  const { expr, cellsBefore } = result.ref;
  if (!/^[\w.]+$/.test(expr)) return undefined;
  const name = `${expr.replace(/_(?:value|val|num|q)$/, '')}_str`;
  const { repr, type } = analysis.bindingOf(name, cellsBefore)?.value ?? {};
  const text = type === 'str' ? /^'([^'\\]*\d[^'\\]*)'$/.exec(repr!)?.[1] : undefined;
  return text === undefined ? undefined : expressionFix(result, `Show \`${name}\`, which says \`${text}\``, name);
}

function isPercentage({ ref }: RefResult, { chapter }: Analysis): boolean {
  return /^\s?\\?%/.test(chapter.text.slice(ref.range.end, ref.range.end + 3));
}

/** With commas, as `,` in a format writes it. */
function grouped(number: string): string {
  const [whole = '', decimals] = number.split('.');
  const marked = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? marked : `${marked}.${decimals}`;
}

function ofLatex(kind: string): Reading {
  return {
    advice: `a sentence of an HTML page takes no \`${kind}\`; use \`Markdown\``,
    fixes: (result, analysis) =>
      kind === 'Latex' && /^[\w.]+$/.test(result.ref.expr)
        ? [markdownFix(result, analysis, 'Show its formula', `${result.ref.expr}.data`)]
        : [],
  };
}

/** The repr of a value that `str()` writes without its class: what that gives is known from the repr. */
function ofCall(text: string): Reading {
  const float = /^np\.float\d+\((.*)\)$/.exec(text)?.[1] ?? '';
  if (digitsOf(float) > MOST_DIGITS) return ofFloat(float);
  const plain = plainText(text);
  return {
    advice: plain === undefined ? 'format the value, or show a part of it' : 'format the value',
    fixes: result =>
      plain === undefined || result.ref.expr.includes('`')
        ? []
        : [
            expressionFix(result, `Show \`${plain}\`, the same value as text`, `str(${result.ref.expr})`, {
              preferred: true,
            }),
          ],
  };
}

function plainText(text: string): string | undefined {
  const scalar = /^np\.(?:float|int|uint)\d+\((-?[\d.e+-]+)\)$/.exec(text)?.[1];
  if (scalar !== undefined) return scalar;
  const truth = /^np\.(True|False)_$/.exec(text)?.[1];
  if (truth !== undefined) return truth;
  const word = /^np\.str_\('([\w .,;:]*)'\)$/.exec(text)?.[1];
  if (word !== undefined) return word;
  const decimal = /^Decimal\('([^']*)'\)$/.exec(text)?.[1];
  if (decimal !== undefined) return decimal.length > MOST_DIGITS + 2 ? undefined : decimal;
  const fraction = /^Fraction\((-?\d+), (\d+)\)$/.exec(text);
  if (fraction !== null) return fraction[2] === '1' ? fraction[1] : `${fraction[1]}/${fraction[2]}`;
  const date = /^datetime\.date\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (date === null) return undefined;
  return [date[1]!.padStart(4, '0'), date[2]!.padStart(2, '0'), date[3]!.padStart(2, '0')].join('-');
}
