/** `enum.auto`: a value to be chosen by the enumeration. */
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyInstance } from '../../python/runtime/objects';

export const autoClass: PyClass = nativeClass('auto', undefined, 'enum');

export function setUpAuto(): void {
  defineConstructor(autoClass, 'auto()', (cls: PyClass) => new PyInstance(cls));
  defineMethods(autoClass, { '__repr__()': () => 'auto(None)' });
}
