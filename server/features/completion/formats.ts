/** Formats behind the colon of an f-string's field, each with what it makes of the value. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { formattedAs } from '../../../mlsys';
import { ifTold } from '../feature';
import { type KnownValue, valueBehind } from '../values';
import type { Context } from './context';
import { rank, replacing, shortText } from './items';
import { isOfPresent } from './present';

const NUMBERS = ['.0f', '.1f', '.2f', ',.0f', ',.1f', ',.2f', '.0%', '.1%', '.2e', '.3g', '.3', ','];
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  int: [',', 'd', '.0f', '.1f', '.2e', '.3g', '_', 'x', 'b', '03d', '.0%'],
  float: NUMBERS,
  float64: NUMBERS,
  Quantity: ['.0f~P', '.1f~P', '.2f~P', ',.0f~P', ',.1f~P', '~P', '.2e~P', '.1f', '.1f~L'],
  str: ['>10', '<10', '^10', '.10'],
};

export const formats: Context = {
  opensOn: ':',
  async items(place) {
    const { code } = place;
    const spec = code?.at.spec;
    if (code === undefined || spec === undefined) return undefined;
    const value = await ifTold(place.context, () => valueBehind(spec.expression, code));
    const isShown = isOfPresent(spec.expression, place, code);
    const range = { start: place.offset - (code.source.length - spec.start), end: place.offset };
    return rows(value).map(([format, result], order): CompletionItem => {
      const made = { label: format, kind: CompletionItemKind.Value, sortText: rank(order) };
      const shown =
        result === undefined || !isShown
          ? {}
          : { detail: result, labelDetails: { detail: `  ${shortText(result, 40)}` } };
      return replacing({ ...made, ...shown }, format, range, place);
    });
  },
};

/** Formats with their results; without a value those for numbers. */
function rows(value: KnownValue | undefined): (readonly [string, string | undefined])[] {
  if (value === undefined) return NUMBERS.map(format => [format, undefined] as const);
  const all = Object.hasOwn(FORMATS, value.type) ? FORMATS[value.type]! : [];
  // Of a quantity of which not all digits are known, some formats show them.
  return all.map(format => [format, formattedAs(value, format)] as const);
}
