/** Attributes that texts name in their fields: `'{0.name}'.format(x)` reads them. */
import type { Expression } from '../syntax/ast';

type Call = Extract<Expression, { kind: 'Call' }>;

/** What a field of a text begins with, and the attributes and items that follow. */
const FIELD = /\{(\w*)((?:\.\w+|\[[^\]]*\])+)/g;
const PART = /\.(\w+)|\[([^\]]*)\]/g;

/** The attributes that a call of `format` reads by its text, each with the object that has it; none where the text is computed. */
export function* formatFields({ func, args, keywords }: Call): Iterable<{ object: Expression; name: string }> {
  if (func.kind !== 'Attribute' || func.attr.name !== 'format') return;
  const { value: text } = func;
  if (text.kind !== 'Constant' || typeof text.value !== 'string') return;
  let automatic = 0;
  for (const [, first = '', parts = ''] of text.value.matchAll(FIELD)) {
    const at = first === '' ? automatic++ : Number(first);
    let object = Number.isNaN(at) ? keywords.find(({ name }) => name?.name === first)?.value : args[at];
    for (const [, name, key] of parts.matchAll(PART)) {
      if (object === undefined) break;
      const { start, end } = object;
      if (name !== undefined) {
        yield { object, name };
        object = { kind: 'Attribute', value: object, attr: { name, start, end }, start, end } as Expression;
      } else {
        const value = /^\d+$/.test(key!) ? BigInt(key!) : key!;
        const index = { kind: 'Constant', value, start, end } as Expression;
        object = { kind: 'Subscript', value: object, index, start, end } as Expression;
      }
    }
  }
}
