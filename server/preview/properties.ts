/** Attributes of a chapter as properties of an element. */
import type { Properties } from 'hast';
import type { Attributes } from '../chapter/model';
import { anchorOf, classNames } from './text';

export function identified(id: string | undefined): Properties {
  return id === undefined ? {} : { id: anchorOf(id) };
}

/** Id and classes. */
export function propertiesOf(attributes: Attributes | undefined): Properties {
  if (attributes === undefined) return {};
  const classes = classNames(attributes.classes);
  return { ...identified(attributes.id), ...(classes === '' ? {} : { className: classes.split(' ') }) };
}
