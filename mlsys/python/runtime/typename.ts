import { typeOf, type Value } from './objects';

/** The class's name as error messages write it. */
export function typeName(value: Value): string {
  const cls = typeOf(value);
  return cls.errorName ?? cls.name;
}
