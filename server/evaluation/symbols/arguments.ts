/** Which argument of the call that makes an instance gives an attribute its value. */
import { type Call, type ClassDef, type Expression, type FunctionDef, lastName, type Span } from '../../../mlsys';

/** An argument by its name, or by its place among the parameters; `init` is the class's own `__init__`. */
export function argumentFor(
  call: Call,
  name: string,
  init: FunctionDef | undefined,
  fields: () => readonly string[],
): { readonly span: Span; readonly value: Expression } | undefined {
  const keyword = call.keywords.find(one => one.name?.name === name);
  if (keyword !== undefined) return { span: keyword, value: keyword.value };
  if (call.args.length === 0) return undefined;
  const parameters =
    init === undefined
      ? fields()
      : [...init.params.positionalOnly, ...init.params.positional].slice(1).map(parameter => parameter.name.name);
  const at = parameters.indexOf(name);
  const value = at < 0 ? undefined : call.args[at];
  if (value === undefined || call.args.slice(0, at + 1).some(one => one.kind === 'Starred')) return undefined;
  return { span: value, value };
}

/** The annotated attributes of a class's own body, in order. */
export function fieldsOf({ body }: ClassDef): string[] {
  return body.flatMap(one => {
    if (one.kind !== 'AnnAssign' || one.target.kind !== 'Name') return [];
    const { annotation } = one;
    return lastName(annotation.kind === 'Subscript' ? annotation.value : annotation) === 'ClassVar'
      ? []
      : [one.target.id];
  });
}
