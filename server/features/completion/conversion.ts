/** Conversions of quantities: what is converted, and which of the units that fit are likely meant. */
import { convertedTo, type OpenBracket, type UnitInfo } from '../../../mlsys';
import { ifTold } from '../feature';
import { type KnownValue, valueBehind } from '../values';
import type { CodePlace, Place } from './place';

const CONVERSION = /^(.+)\.(?:m_as|to|ito|is_compatible_with)$/;

/** The expression that a call converts. */
export function convertedIn({ owner, method }: OpenBracket): string | undefined {
  if (method !== undefined) return CONVERSION.test(`_.${method.name}`) ? method.receiver : undefined;
  return CONVERSION.exec(owner)?.[1];
}

/** The quantity that a call converts; undefined for any other call. */
export async function convertedQuantity(
  bracket: OpenBracket,
  { context }: Place,
  code: CodePlace,
): Promise<KnownValue | undefined> {
  const expression = convertedIn(bracket);
  const value = expression === undefined ? undefined : await ifTold(context, () => valueBehind(expression, code));
  return value?.type === 'Quantity' ? value : undefined;
}

/** A unit with the number that a quantity has in it. */
export interface Fitting extends UnitInfo {
  readonly converted: string | undefined;
}

export function withNumbers(units: readonly UnitInfo[], value: KnownValue): Fitting[] {
  return units.map(unit => ({ ...unit, converted: convertedTo(value, unit.text) }));
}

/** Those first in which the number is neither tiny nor huge, and that are no compounds where others are none. */
export function readableFirst(units: readonly Fitting[], { repr }: KnownValue): Fitting[] {
  const isSimple = !/['/*].*[/*]/.test(repr);
  const weight = ({ text, converted }: Fitting) => {
    const size = Math.abs(Number(converted));
    const isCompound = text.includes('*') || (isSimple && text.includes('/'));
    return (size >= 0.1 && size < 100_000 ? 0 : 1) + (isCompound ? 2 : 0);
  };
  return [...units].sort((a, b) => weight(a) - weight(b));
}
