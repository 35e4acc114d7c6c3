/** `RootModel`: a model whose value is one thing. */
import { PyDict } from '../../python/runtime/dict';
import { raise } from '../../python/runtime/errors';
import { method } from '../../python/runtime/native';
import { NativeFunction, PyClass, PyClassMethod, type Value } from '../../python/runtime/objects';
import { construct, initialize } from './baseModel';
import { baseModel, modelMeta, root, rootAnnotation } from './model';
import type { PyModel } from './modelSchema';
import { classFrom, UNDEFINED } from './support';

/** `RootModel`, which needs `Generic`. */
export function setUpRootModel(): PyClass {
  const made = new PyClass('RootModel', [baseModel, classFrom('typing', 'Generic')], new Map(), {
    native: true,
    module: 'pydantic.root_model',
    metaclass: modelMeta,
  });
  root.model = made;
  rootAnnotation();
  made.setAttribute('__pydantic_root_model__', true);
  made.setAttribute(
    '__init__',
    new NativeFunction(
      '__init__',
      (args, keywords) => {
        const [self, value] = args as [PyModel, Value | undefined];
        if (keywords === undefined || keywords.size === 0) return initialize(self, value ?? UNDEFINED);
        if (value !== undefined)
          throw raise(
            'ValueError',
            '"RootModel.__init__" accepts either a single positional argument or arbitrary keyword arguments',
          );
        return initialize(self, PyDict.from(keywords));
      },
      { signature: '__init__(root=PydanticUndefined, **data)', binds: true, of: made },
    ),
  );
  made.setAttribute(
    'model_construct',
    new PyClassMethod(
      method('model_construct(root, _fields_set=None)', (cls: PyClass, value: Value, set?: Value) =>
        construct(cls, set, new Map([['root', value]])),
      ),
    ),
  );
  return made;
}
