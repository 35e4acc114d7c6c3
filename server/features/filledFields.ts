/**
 * Fields of classes that get their values by keys nobody sees in the text: `Vessel(**row)`, `Vessel.model_validate(data)`, or within
 * a model that is made so. To rename such a field would leave the keys of the data behind.
 */
import {
  type Call,
  type ClassDef,
  childrenOf,
  type Expression,
  lastName,
  nodesIn,
  type Program,
  type Span,
} from '../../mlsys';
import { fieldsOf } from '../evaluation/symbols/arguments';
import { lastOf, type NameSymbol } from '../evaluation/symbols/symbol';

/** A text that may make objects. */
interface Code {
  readonly text: { readonly program: Pick<Program, 'module' | 'source'> };
}

/** Methods of classes, and of adapters of types, that take data as a whole. */
const VALIDATING =
  /^(?:model_validate(?:_json|_strings)?|validate_(?:python|json|strings)|parse_(?:obj|raw|file)|model_construct|construct|from_orm)$/;

/** The first call that gives a field its value by a key of data, by its text and offset; undefined where none does. */
export function fillingCall<Text extends Code>(
  symbol: NameSymbol,
  texts: readonly Text[],
): { readonly text: Text; readonly offset: number } | undefined {
  const path = symbol.path.split('.');
  const owner = path.at(-2);
  if (owner === undefined || symbol.local !== undefined) return undefined;
  const programs = texts.map(({ text }) => text.program);
  const classes = programs.flatMap(one =>
    one.source.includes('class') ? [...nodesIn(one.module)].filter(node => node.kind === 'ClassDef') : [],
  );
  const isField = classes.some(one => one.name.name === owner && fieldsOf(one).includes(lastOf(symbol.path)));
  if (!isField) return undefined;
  const names = reaching(owner, classes);
  for (const text of texts) {
    const { module, source } = text.text.program;
    if (!/\*\*|\(\s*\*|validate|parse_|construct|from_orm/.test(source)) continue;
    const call = [...nodesIn(module)].find(one => one.kind === 'Call' && fills(one, names));
    if (call !== undefined) return { text, offset: call.start };
  }
  return undefined;
}

function fills({ func, keywords, args }: Call, names: ReadonlySet<string>): boolean {
  const name = lastName(func);
  if (name === undefined) return false;
  if (func.kind === 'Attribute' && VALIDATING.test(name)) return namesAny(func.value, names);
  const isSpread = keywords.some(one => one.name === undefined) || args.some(one => one.kind === 'Starred');
  return isSpread && (names.has(name) || name === 'cls');
}

/** The class, those derived from it, and those with a field of such a type. */
function reaching(owner: string, classes: readonly ClassDef[]): ReadonlySet<string> {
  const names = new Set([owner]);
  for (let size = 0; size !== names.size; ) {
    size = names.size;
    for (const { name, bases, body } of classes) {
      const types = body.flatMap(one => (one.kind === 'AnnAssign' ? [one.annotation] : []));
      if ([...bases, ...types].some(one => namesAny(one, names))) names.add(name.name);
    }
  }
  return names;
}

/** True for an expression with one of the names in it, in a text as well: `list["Vessel"]`. */
function namesAny(node: Expression | Span, names: ReadonlySet<string>): boolean {
  const own = node as Expression;
  if (own.kind === 'Name') return names.has(own.id) || own.id === 'cls';
  if (own.kind === 'Attribute' && names.has(own.attr.name)) return true;
  if (own.kind === 'Constant' && typeof own.value === 'string')
    return (own.value.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).some(name => names.has(name));
  return childrenOf(own).some(one => namesAny(one, names));
}
