/** The places of names in one text: uses, names of arguments, attributes of what has no name, names that `__all__` lists. */
import { moduleOf, type NameUse, type Scope, type Span } from '../../../mlsys';
import type { OffsetRange } from '../../chapter/model';
import { mentions } from '../prefilter';
import { type Modules, Resolver } from './resolver';
import { lastOf, type NameSymbol, type SymbolText } from './symbol';

/** One place of a name. */
export class Occurrence {
  readonly text: SymbolText;
  /** As it is written there. */
  readonly name: string;
  /** In the document. */
  readonly range: OffsetRange;
  readonly write: boolean;
  /** `x` or a dotted path as the place sees it; undefined where a name stands alone, as that of an argument. */
  readonly use: NameUse | undefined;
  /** True for an attribute or an argument: which one is meant depends on an object. */
  readonly isMember: boolean;
  readonly #resolve: () => NameSymbol | undefined;
  #symbol: NameSymbol | undefined | null = null;

  constructor(
    text: SymbolText,
    name: string,
    range: OffsetRange,
    resolve: () => NameSymbol | undefined,
    use?: NameUse,
    isMember = use !== undefined && use.attributes.length > 0,
  ) {
    this.text = text;
    this.name = name;
    this.range = range;
    this.use = use;
    this.write = use?.write === true;
    this.isMember = isMember;
    this.#resolve = resolve;
  }

  /** What it means; undefined where the text does not tell. */
  get symbol(): NameSymbol | undefined {
    if (this.#symbol === null) this.#symbol = this.#resolve();
    return this.#symbol;
  }

  /** The path of the use; the name alone where there is none. */
  get path(): string {
    return this.use?.path ?? this.name;
  }

  get local(): Scope | undefined {
    return this.use?.attributes.length === 0 ? this.use.local : undefined;
  }

  /** The scope that a variable stands in; undefined for an attribute. */
  get scope(): Scope | undefined {
    return this.use?.attributes.length === 0 ? this.use.scope : undefined;
  }
}

/** Those of one name, or all, in no particular order. */
export function occurrencesIn(text: SymbolText, modules: Modules, wanted?: string): Occurrence[] {
  const { index } = text;
  if (wanted !== undefined && !mentions(text.program, wanted)) return [];
  const found: Occurrence[] = [];
  for (const use of index.uses)
    if (wanted === undefined || nameOfUse(use) === wanted) found.push(occurrenceOf(use, text, modules));
  const add = (
    name: string,
    span: Span,
    resolve: (resolver: Resolver) => NameSymbol | undefined,
    isMember: boolean,
  ) => {
    if (wanted !== undefined && name !== wanted) return;
    const range = text.toDocument(span);
    found.push(new Occurrence(text, name, range, () => resolve(new Resolver(modules)), undefined, isMember));
  };
  for (const one of index.keywords) {
    // `class C(Base, key=…)` passes what no text defines
    if (one.callee !== undefined) add(one.name.name, one.name, resolver => resolver.keyword(one, text), true);
  }
  for (const one of index.looseAttributes)
    add(one.attribute.name, one.attribute, resolver => resolver.loose(one, text), true);
  for (const { name, span } of index.importedModules) {
    const last = lastOf(name);
    const own = { start: span.end - last.length, end: span.end };
    add(last, own, resolver => resolver.inModule(text.home.absolute(name), []), false);
  }
  for (const one of index.imports) {
    if (one.kind !== 'ImportFrom') continue;
    // without `as`, the name is the one that is bound
    for (const { name, asname } of one.names)
      if (asname !== undefined)
        add(name.name, name, resolver => resolver.inModule(text.home.absolute(moduleOf(one)), [name.name]), false);
  }
  for (const { name, span } of index.exported) {
    const use = { root: name, variable: name, attributes: [], local: undefined, span, write: false };
    add(name, span, resolver => resolver.use(use, text), false);
  }
  return found;
}

/** The name at an offset of the text: of two that touch, the one behind. */
export function occurrenceAt(text: SymbolText, modules: Modules, offset: number): Occurrence | undefined {
  const { uses } = text.index;
  const around = uses.filter(({ span }) => span.start <= offset && offset <= span.end);
  const use = around.find(({ span }) => offset < span.end) ?? around[0];
  if (use !== undefined) return occurrenceOf(use, text, modules);
  const module = text.index.importedModules.find(({ span }) => span.start <= offset && offset <= span.end);
  if (module !== undefined) {
    const meant = () => new Resolver(modules).inModule(text.home.absolute(module.name), []);
    return new Occurrence(text, module.name, text.toDocument(module.span), meant);
  }
  const at = text.toDocument({ start: offset, end: offset }).start;
  const others = occurrencesIn(text, modules).filter(one => one.use === undefined);
  return others.find(({ range }) => range.start <= at && at <= range.end);
}

/** The occurrence of a name that a program uses; what it means is looked up when asked for. */
export function occurrenceOf(use: NameUse, text: SymbolText, modules: Modules): Occurrence {
  const resolve = () => new Resolver(modules).use(use, text);
  return new Occurrence(text, nameOfUse(use), text.toDocument(use.span), resolve, use);
}

function nameOfUse({ attributes, variable }: NameUse): string {
  return attributes.length === 0 ? lastOf(variable) : attributes.at(-1)!;
}
