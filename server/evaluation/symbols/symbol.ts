/** What names mean: the types that the chapter's cells and references, and the modules of its packages, share. */
import type {
  BindingKind,
  Call,
  Expression,
  NameUse,
  Scope,
  Span,
  StaticDefinition,
  SymbolIndex,
} from '../../../mlsys';
import type { OffsetRange } from '../../chapter/model';
import type { CellResult, RefResult } from '../analysis';
import type { PackageModule } from '../packageIndex';

/** A text in which names stand: a cell, a reference, a module. */
export interface SymbolText {
  readonly home: Home;
  /** Tells it from the other texts of its home. */
  readonly key: string;
  readonly index: SymbolIndex;
  readonly program: { readonly source: string };
  readonly cell: CellResult | undefined;
  readonly ref: RefResult | undefined;
  /** Number of cells whose names it sees, its own one included. */
  readonly seen: number;
  /** A span of the text in its document: the chapter, or the module's file. */
  toDocument(span: Span): OffsetRange;
}

/** A place in a text, where definitions before it count. */
export interface Place {
  readonly text: SymbolText;
  readonly offset: number;
  /** The name is bound here. */
  readonly write: boolean;
}

/** A definition with the text that it stands in. */
export interface Found {
  readonly text: SymbolText;
  readonly definition: StaticDefinition;
  /** True where it stands behind the place that asks. */
  readonly later?: boolean;
}

/** All names of a module whose names are taken by `import *`. */
export interface Star {
  /** Absolute name. */
  readonly module: string;
  /** Where the import stands. */
  readonly text: SymbolText;
}

/** A namespace with the texts that fill it: a chapter, or a module of a package. */
export interface Home {
  /** `chapter`, or the module's file. */
  readonly key: string;
  readonly module: PackageModule | undefined;
  /** What binds a path as a place sees it; without a place, as the whole home sees it. */
  find(path: string, at: Place | undefined): Found | undefined;
  /** The last one first. */
  stars(at: Place | undefined): readonly Star[];
  /** The module that an import in it names. */
  absolute(name: string): string;
}

/** The argument of a call that gives an attribute of an instance its value: `peak=989` in `Accelerator(peak=989)`. */
export interface Given {
  readonly text: SymbolText;
  readonly call: Call;
  /** Of the argument, its name included. */
  readonly span: Span;
  readonly value: Expression;
}

/** An import under another name than the one imported. */
export interface ImportAlias extends Found {
  readonly home: Home;
  readonly path: string;
}

/** What an expression gives: what a symbol stands for, or an instance of the class that it is. */
export interface SymbolValue {
  readonly symbol: NameSymbol;
  readonly instance: { readonly call: Call | undefined; readonly text: SymbolText } | undefined;
}

/** What a name stands for: one object of the text, wherever and under whatever name it is used. */
export interface NameSymbol {
  /** Equal for places that mean the same. */
  readonly key: string;
  readonly home: Home;
  /** `x` or `Cls.attr`; empty for a module itself. */
  readonly path: string;
  readonly kind: BindingKind | 'module';
  /** Where it is defined: the nearest place before the use, else one after it. */
  readonly text: SymbolText;
  readonly span: Span;
  readonly statement: Span;
  readonly definition: StaticDefinition | undefined;
  /** The scope of a local variable. */
  readonly local: Scope | undefined;
  /** Dotted name of what an import brings from outside the workspace, such as `numpy.array`; the place is the import's. */
  readonly external: string | undefined;
  /** Dotted name of the module that it is; undefined for all else. */
  readonly moduleName: string | undefined;
  /** The place of the use, as far as attributes behind the definition depend on it. */
  readonly at: Place | undefined;
  /** The last import on the way that gave it the name under which it is used. */
  readonly alias: ImportAlias | undefined;
  /** For an attribute that is taken of an instance: what is known of that. */
  readonly instance: SymbolValue | undefined;
  readonly given: Given | undefined;
}

/** What the name itself belongs to, which a rename changes: the symbol, or the import that gave another name to it. */
export function nameKey({ key, alias }: NameSymbol): string {
  return alias === undefined ? key : `${alias.home.key}:${alias.path}`;
}

/** Where a symbol's value is made: by its definition, or by the argument that gives it to an instance. */
export function sourceOf({
  given,
  text,
  span,
  statement,
}: NameSymbol): Pick<NameSymbol, 'text' | 'span' | 'statement'> {
  return given === undefined
    ? { text, span, statement }
    : { text: given.text, span: given.span, statement: given.span };
}

/** The name under which a symbol is defined. */
export function nameOf({ path, moduleName, external }: NameSymbol): string {
  return lastOf(external ?? (path === '' ? (moduleName ?? '') : path));
}

/** The last name of a path. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The part of a use that tells which variable, and which attribute of it, is meant. */
export type UsedPath = Pick<NameUse, 'root' | 'variable' | 'attributes' | 'local' | 'span' | 'write'>;

/** The last definition that tells something: `x = None` where an import failed tells nothing. */
export function preferred(definitions: readonly StaticDefinition[]): StaticDefinition | undefined {
  const last = definitions.at(-1);
  if (definitions.length < 2 || !isNone(last!)) return last;
  return definitions.findLast(one => !isNone(one)) ?? last;
}

function isNone({ value }: StaticDefinition): boolean {
  return value?.kind === 'Constant' && value.value === null;
}

/** From where on a definition holds. */
export function boundFrom({ span, statement }: StaticDefinition): number {
  const late = 'kind' in statement && LATE.has(statement.kind);
  return late ? statement.end : span.end;
}

/** Statements that bind once all of them was evaluated. */
const LATE: ReadonlySet<string> = new Set(['Assign', 'AnnAssign', 'AugAssign', 'ClassDef']);
