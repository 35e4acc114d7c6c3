/** `enum.auto`: a value to be chosen by the enumeration. */
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyInstance, type Value } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';

export const autoClass: PyClass = nativeClass('auto', undefined, 'enum');
export const memberClass: PyClass = nativeClass('member', undefined, 'enum');
export const nonmemberClass: PyClass = nativeClass('nonmember', undefined, 'enum');

export function setUpAuto(): void {
  defineConstructor(autoClass, 'auto(value=None)', (cls: PyClass, value: Value | undefined) => {
    const made = new PyInstance(cls);
    if (value !== undefined) made.attrs!.set('value', value);
    return made;
  });
  defineMethods(autoClass, {
    '__repr__()': (self: PyInstance) =>
      `auto(${self.attrs!.has('value') ? repr(self.attrs!.get('value')!) : '<object object>'})`,
  });
  for (const cls of [memberClass, nonmemberClass])
    defineConstructor(cls, `${cls.name}(value)`, (own: PyClass, value: Value) => {
      const made = new PyInstance(own);
      made.attrs!.set('value', value);
      return made;
    });
}
