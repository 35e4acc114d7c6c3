/** Attributes of a chapter as properties of an element. */
import type { Properties } from 'hast';
import type { Attributes } from '../chapter/model';
import { anchorOf, classNames } from './text';

export function identified(id: string | undefined): Properties {
  return id === undefined ? {} : { id: anchorOf(id) };
}

export function classesOf(attributes: Attributes | undefined): Properties {
  const classes = classNames(attributes?.classes ?? []);
  return classes === '' ? {} : { className: classes.split(' ') };
}

/** Id and classes. */
export function propertiesOf(attributes: Attributes | undefined): Properties {
  return { ...identified(attributes?.id), ...classesOf(attributes) };
}
