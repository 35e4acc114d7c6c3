/** Numbers of an author's own classes: what such a number was made of, and what it tells of its source. */
import { withoutChanges } from '../python/runtime/mutation';
import { PyInstance, type Value } from '../python/runtime/objects';
import { getAttribute } from '../python/runtime/operations';
import { guarded, numberOf } from '../session/describe';
import { givenTo, type Part } from './graph';
import { attempted } from './refusals';

/**
 * What a class of numbers was given for the number that its object is, where it got one number and kept it: `50_000` of
 * `Sourced(50_000, survey, name="lamp")`. What else it got says nothing of the number.
 */
export function numberGiven(part: Part): Part | undefined {
  if (part.kind !== 'call' || !isOwnNumber(part.value)) return undefined;
  const numbers = givenTo<Part>(part).filter(({ value }) => numberOf(value) !== undefined);
  const [only] = numbers;
  return only !== undefined && numbers.length === 1 && numberOf(only.value) === numberOf(part.value) ? only : undefined;
}

/** What a number of an own class tells of where it is from, in an attribute of its own or a property. */
export function sourceTold(value: Value): string | undefined {
  if (!isOwnNumber(value)) return undefined;
  for (const name of NAMES) {
    const told = attempted(() => guarded(() => withoutChanges(() => getAttribute(value, name)).result));
    if (typeof told === 'string' && told !== '') return told;
  }
  return undefined;
}

const NAMES = ['source', 'reference', 'citation', 'provenance'];

function isOwnNumber(value: Value): value is PyInstance {
  return value instanceof PyInstance && !value.cls.native && numberOf(value) !== undefined;
}
