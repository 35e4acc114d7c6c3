/**
 * What artists tell of the data that they were given: numpy's numbers, of which whole ones stay apart from others. Drawing
 * needs none of this.
 */
import { Unsupported } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { getAttribute, getItem, str } from '../../python/runtime/operations';
import type { BarsRead, NumberKind, Numbers } from './model';
import { arrayOf, isSequence, itemsOf } from './options';

/** The type that numpy gives to data; undefined for what is neither whole numbers nor floats. */
export function numberKind(value: Value): NumberKind | undefined {
  if (isSequence(value) && value.cls.name === 'ndarray') {
    const dtype = str(getAttribute(value, 'dtype'));
    return dtype === 'int64' ? 'whole' : dtype === 'float64' ? 'real' : undefined;
  }
  const items = itemsOf(value);
  if (items.length === 0) return 'real';
  if (items.every(isWhole)) return 'whole';
  return items.every(item => isWhole(item) || typeof item === 'number' || isOf(item, 'float64')) ? 'real' : undefined;
}

const isOf = (item: Value, name: string): boolean =>
  typeof item === 'object' && item !== null && item.cls.name === name;
const isWhole = (item: Value): boolean => typeof item === 'bigint' || isOf(item, 'int64');

/** An array of numpy of a kind. */
export function arrayRead(numbers: Numbers, kind: NumberKind): Value {
  return arrayOf(kind === 'whole' ? numbers.map(BigInt) : numbers);
}

/** What the data of bars were, in their order. */
interface BarsGiven {
  readonly horizontal: boolean;
  readonly edgeAligned: boolean;
  readonly places: Numbers;
  readonly thick: Numbers;
  readonly base: Numbers;
  readonly sizes: Numbers;
  readonly kinds: {
    /** `converted` for texts and dates, which an axis turns into numbers. */
    readonly places: NumberKind | 'converted' | undefined;
    readonly thick: NumberKind | undefined;
    readonly base: NumberKind | undefined;
    readonly sizes: NumberKind | undefined;
  };
}

/**
 * What matplotlib tells of bars: it moves lengths to the first place along their axis and back, as units may need, which rounds them.
 * Undefined where it is not known what that gives.
 */
export function barsRead({
  horizontal,
  edgeAligned,
  places,
  thick,
  base,
  sizes,
  kinds,
}: BarsGiven): BarsRead | undefined {
  const { places: ofPlaces, thick: ofThick, base: ofBase, sizes: ofSizes } = kinds;
  if (ofPlaces === undefined || ofThick === undefined || ofBase === undefined || ofSizes === undefined)
    return undefined;
  const isWhole = (...some: string[]): NumberKind => (some.every(one => one === 'whole') ? 'whole' : 'real');
  const [place, foot] = [places[0] ?? 0, base[0] ?? 0];
  const widths = ofPlaces === 'converted' ? thick : thick.map(width => place + width - place);
  const lengths = sizes.map(length => foot + length - foot);
  const ofStart = edgeAligned && ofPlaces === 'whole' ? 'whole' : 'real';
  const starts = places.map((at, index) => (edgeAligned ? at : at - widths[index]! / 2));
  const boxes = starts.map((start, index) => {
    const [from, width, length] = [base[index]!, widths[index]!, lengths[index]!];
    return horizontal ? ([from, start, length, width] as const) : ([start, from, width, length] as const);
  });
  const ofWidth = ofPlaces === 'converted' ? ofThick : isWhole(ofPlaces, ofThick);
  const ofLength = isWhole(ofBase, ofSizes);
  return { boxes, kinds: horizontal ? [ofBase, ofStart, ofLength, ofWidth] : [ofStart, ofBase, ofWidth, ofLength] };
}

const PARTS = ['get_x', 'get_y', 'get_width', 'get_height'] as const;

/** A part of what is told of the bar at an index. */
export function barPart(read: BarsRead | undefined, at: number, part: 0 | 1 | 2 | 3): Value {
  if (read === undefined) throw new Unsupported(`Rectangle.${PARTS[part]}`);
  return getItem(arrayRead([read.boxes[at]![part]], read.kinds[part]), 0n);
}
