/** `typing_extensions`: what `typing` has, under another name, and a little more. */
import type { PyModule } from '../../../python/runtime/objects';
import { builtinModule } from '../../registry';
import { pythonModule } from '../python';

const SOURCE = `
class Doc:
    __slots__ = ('documentation',)

    def __init__(self, documentation, /):
        self.documentation = documentation

    def __repr__(self):
        return f'Doc({self.documentation!r})'

    def __hash__(self):
        return hash(self.documentation)

    def __eq__(self, other):
        return self.documentation == other.documentation if isinstance(other, Doc) else NotImplemented
`;

export function loadTypingExtensions(): PyModule {
  const module = pythonModule('typing_extensions', SOURCE);
  const typing = builtinModule('typing')!;
  for (const [name, value] of typing.attrs) if (!module.attrs.has(name)) module.attrs.set(name, value);
  module.lazy = name => typing.lazy?.(name);
  return module;
}
