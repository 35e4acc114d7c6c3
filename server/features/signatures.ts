/** Signatures of what code calls: functions and classes of the chapter and its packages, of the library, and methods of values. */
import {
  type ClassDef,
  type Expression,
  type FunctionDef,
  formulaInfo,
  librarySignature,
  type OpenBracket,
  parametersOf,
  type Span,
  typeMembers,
} from '../../mlsys';
import { Resolver } from '../evaluation/symbols/resolver';
import { lastOf, type NameSymbol } from '../evaluation/symbols/symbol';
import { type NamePlace, valueBehind, valueOfExpression, valueOfPath } from './values';

export interface Parameter {
  /** As it reads in the signature: `precision=1`. */
  readonly text: string;
  readonly name: string;
  readonly fallback: string | undefined;
  readonly isNamed: boolean;
  readonly doc: string | undefined;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly doc: string | undefined;
}

/** The signature of what a path of names calls at a place; undefined where none is known. */
export async function signatureOf(path: string, place: NamePlace): Promise<Signature | undefined> {
  const { analysis, seen } = place;
  const symbol = analysis.symbols.pathAt(path, seen);
  if (symbol?.external !== undefined) return librarySignatureOf(symbol.external);
  const own = symbol && signatureOfSymbol(symbol, new Resolver(analysis.packages));
  if (own !== undefined) return own;
  if (symbol === undefined && !path.includes('.')) return librarySignatureOf(path);
  return methodSignature(path, place);
}

/** The signature of what an open bracket calls. */
export async function signatureOfCall(
  { owner, method }: OpenBracket,
  place: NamePlace & { readonly locals?: () => readonly string[] },
): Promise<Signature | undefined> {
  if (method === undefined) return signatureOf(owner, place);
  const value = await valueBehind(method.receiver, place);
  return value && memberSignature(value.type, method.name);
}

/** Of a function of the library by its dotted name. */
function librarySignatureOf(path: string): Signature | undefined {
  const name = lastOf(path);
  const formula = /^mlsys(?:im)?\./.test(path) ? formulaInfo(name) : undefined;
  const known = formula ?? librarySignature(path);
  if (known === undefined) return undefined;
  const docs = new Map(formula?.parameters.map(one => [one.name, one.doc]) ?? []);
  return readSignature(name, known.signature, known.doc === '' ? undefined : known.doc, docs);
}

function readSignature(
  name: string,
  signature: string,
  doc: string | undefined,
  docs: ReadonlyMap<string, string> = new Map(),
): Signature {
  return { name, doc, parameters: parametersOf(signature).map(one => ({ ...one, doc: docs.get(one.name) })) };
}

/** A method of a value by the value's type: `name.replace`. */
async function methodSignature(path: string, place: NamePlace): Promise<Signature | undefined> {
  const dot = path.lastIndexOf('.');
  const owner = path.slice(0, dot);
  const value = dot < 0 ? undefined : ((await valueOfPath(owner, place)) ?? (await valueOfExpression(owner, place)));
  return value && memberSignature(value.type, path.slice(dot + 1));
}

function memberSignature(type: string, name: string): Signature | undefined {
  const member = typeMembers(type).find(one => one.name === name && one.isMethod);
  return member?.signature === undefined ? undefined : readSignature(name, member.signature, member.doc);
}

function signatureOfSymbol(symbol: NameSymbol, resolver: Resolver): Signature | undefined {
  const statement = symbol.definition?.statement;
  if (statement === undefined || !('kind' in statement)) return undefined;
  if (statement.kind === 'FunctionDef') {
    const isMethod = symbol.path.includes('.') && !statement.decorators.some(isStatic);
    return functionSignature(statement.name.name, statement, symbol, isMethod);
  }
  return statement.kind === 'ClassDef' ? classSignature(statement, symbol, resolver) : undefined;
}

function isStatic(decorator: Expression): boolean {
  return decorator.kind === 'Name' && decorator.id === 'staticmethod';
}

/** Parameters of the `__init__` of a class or of its bases; without one the fields that it annotates. */
function classSignature(node: ClassDef, symbol: NameSymbol, resolver: Resolver): Signature | undefined {
  const name = node.name.name;
  const init = resolver.members(symbol, ['__init__']);
  const made = init?.definition?.statement;
  if (init !== undefined && made !== undefined && 'kind' in made && made.kind === 'FunctionDef')
    return { ...functionSignature(name, made, init, true), doc: docOf(node) ?? docOf(made) };
  const { source } = symbol.text.program;
  const fields = node.body.flatMap((one): Parameter[] => {
    if (one.kind !== 'AnnAssign' || one.target.kind !== 'Name' || /\bClassVar\b/.test(text(one.annotation, source)))
      return [];
    const fallback = one.value && text(one.value, source);
    return [{ text: text(one, source), name: one.target.id, fallback, isNamed: true, doc: undefined }];
  });
  return fields.length === 0 ? undefined : { name, parameters: fields, doc: docOf(node) };
}

function functionSignature(name: string, node: FunctionDef, symbol: NameSymbol, isMethod: boolean): Signature {
  const { source } = symbol.text.program;
  const { positionalOnly, positional, rest, keywordOnly, keywords } = node.params;
  const parameter = (one: (typeof positional)[number], mark: string, isNamed: boolean): Parameter => {
    const fallback = one.defaultValue && text(one.defaultValue, source);
    const own = `${mark}${one.name.name}${one.annotation === undefined ? '' : `: ${text(one.annotation, source)}`}`;
    const shown = fallback === undefined ? own : `${own}${one.annotation === undefined ? '=' : ' = '}${fallback}`;
    return { text: shown, name: one.name.name, fallback, isNamed, doc: undefined };
  };
  const all = [
    ...positionalOnly.map(one => parameter(one, '', false)),
    ...positional.map(one => parameter(one, '', true)),
    ...(rest === undefined ? [] : [parameter(rest, '*', false)]),
    ...keywordOnly.map(one => parameter(one, '', true)),
    ...(keywords === undefined ? [] : [parameter(keywords, '**', false)]),
  ];
  return { name, parameters: isMethod ? all.slice(1) : all, doc: docOf(node) };
}

function text({ start, end }: Span, source: string): string {
  return source.slice(start, end).replaceAll(/\s+/g, ' ');
}

/** The first paragraph of a docstring. */
function docOf({ body }: FunctionDef | ClassDef): string | undefined {
  const [first] = body;
  if (first?.kind !== 'ExprStatement' || first.value.kind !== 'Constant') return undefined;
  const { value } = first.value;
  return typeof value === 'string'
    ? value
        .trim()
        .split(/\n\s*\n/, 1)[0]!
        .replaceAll(/\s*\n\s*/g, ' ')
    : undefined;
}
