/** `setp`: properties of one object of a figure or of several. */
import type { NativeBody } from '../../python/runtime/native';
import { PyList, PyObject, type PyTuple, type Value } from '../../python/runtime/objects';
import { call, listOf, str } from '../../python/runtime/operations';
import { figureOfHandle } from './objects';
import { noteIn } from './options';

/** `setp(objects, name, value, …, name=value, …)`. What no setter of ours takes is named below the figure. */
export const setProperties: NativeBody = (args: PyTuple, keywords: ReadonlyMap<string, Value>) => {
  const [given = null, ...pairs] = args.items;
  const set = new Map(keywords);
  for (let at = 0; at + 1 < pairs.length; at += 2) set.set(str(pairs[at]!), pairs[at + 1]!);
  const isMany = given instanceof PyObject && given.cls.lookup('__iter__') !== undefined;
  for (const object of isMany ? listOf(given) : [given]) {
    if (!(object instanceof PyObject)) continue;
    const figure = figureOfHandle(object);
    for (const [name, value] of set) {
      const setter = object.cls.lookup(`set_${name}`);
      if (setter !== undefined) call(setter, [object, value]);
      else if (figure !== undefined) noteIn(figure, `setp(${name}=)`);
    }
  }
  return new PyList([]);
};
