/** A name made for the prose that nothing reads. */
import { type Span, symbolIndex } from '../../../mlsys';
import type { Cell } from '../../chapter/model';
import type { Analysis, CellProgram, CellResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { contractOf, type Export, isForProse, listedExports, stands } from '../contract/cellContract';
import { fieldEdit, inChapter, isListOfNames, type SourceEdit } from '../contract/headerText';
import { isReadable, type ReadIndex, readIndexOf, readsOf } from '../contract/usage';
import type { Fix } from '../finding';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { similarNames } from '../similar';
import { wholeLines } from '../sourceLines';

export const unusedExport: Rule = {
  code: 'unused-export',
  severity: 'hint',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    const index = readIndexOf(analysis);
    if (index === undefined) return;
    const { usedPaths } = analysis;
    const isMeant = misspelt(analysis);
    for (const cell of cellsOf(analysis)) {
      // Other chapters that include a file may read what this one does not.
      if (!isReadable(cell) || analysis.chapter.composition?.fileAt(cell.cell.range.start) !== undefined) continue;
      for (const one of unreadIn(cell.program, index))
        if (!usedPaths.has(one.name) && !isMeant(one.name))
          yield unused(one.name, cell.cell.toDocumentRange(one.span), removal(cell, one, usedPaths));
    }
  },
  readAhead: (_, program) => readsOf(program),
};

/** A name that no cell reads. */
interface Unread {
  readonly name: string;
  readonly span: Span;
  /** Undefined for an attribute of a class. */
  readonly made: Export | undefined;
  /** True where no code but this line reads the attribute that it brings out. */
  readonly isAlone: boolean;
}

const known = new WeakMap<CellProgram['module'], { readonly index: ReadIndex; readonly unread: readonly Unread[] }>();

/** Looked for once for each text of a cell, as long as the cells read the same names. */
function unreadIn(program: CellProgram, index: ReadIndex): readonly Unread[] {
  const { module } = program;
  const before = known.get(module);
  if (before?.index === index) return before.unread;
  const unread: Unread[] = [];
  const { exports, attributes } = contractOf(program);
  for (const made of exports) {
    const { name, span, bridge } = made;
    if (name.startsWith('_') || index.isRead(name)) continue;
    const isAlone = bridge !== undefined && isForProse(bridge) && !index.isRead(bridge, readsOf(program));
    unread.push({ name, span, made, isAlone });
  }
  for (const name of attributes) {
    if (!isForProse(name) || index.isRead(name)) continue;
    unread.push({ name, span: symbolIndex(module).definitions.of(name).at(-1)!.span, made: undefined, isAlone: false });
  }
  known.set(module, { index, unread });
  return unread;
}

/** Whether a reference that names nothing may mean a name: what mends the one finding makes the other untrue. */
function misspelt({ faultyRefs }: Analysis): (name: string) => boolean {
  const missing = new Set<string>();
  for (const { fault } of faultyRefs)
    if (fault?.name !== undefined && (fault.type === 'NameError' || fault.type === 'AttributeError'))
      missing.add(fault.name);
  return name => {
    const own = lastOf(name);
    return missing.has(own) || [...missing].some(one => similarNames(one, [own]).length > 0);
  };
}

function unused(name: string, range: Draft['range'], fix: Fix | undefined): Draft {
  return {
    range,
    message: `Nothing reads \`${name}\`: no reference, and no other code.`,
    tags: ['unnecessary'],
    unread: name,
    ...(fix === undefined ? {} : { fixes: [fix] }),
  };
}

/** Takes a name out: its line, the attribute that this line alone reads, and its mention in the header. */
function removal(
  { cell, program }: CellResult,
  { made, isAlone: isOnlyCode }: Unread,
  usedPaths: ReadonlySet<string>,
): Fix | undefined {
  if (made?.bridge === undefined) return undefined;
  const isAlone = isOnlyCode && !usedPaths.has(made.bridge);
  const edits = removals.get(made) ?? new Map<boolean, readonly SourceEdit[] | undefined>();
  removals.set(made, edits);
  if (!edits.has(isAlone)) edits.set(isAlone, removalIn(cell, program, made, made.bridge, isAlone));
  const placed = edits.get(isAlone)?.map(edit => inChapter(edit, cell));
  return placed && { title: `Remove \`${made.name}\``, edits: placed };
}

/** What takes a name out, in the text of its cell: by whether nothing but the cell itself reads the attribute behind it. */
const removals = new WeakMap<Export, Map<boolean, readonly SourceEdit[] | undefined>>();

function removalIn(
  { sourceHeader: header }: Cell,
  program: CellProgram,
  { name, statement }: Export,
  bridge: string,
  isAlone: boolean,
): readonly SourceEdit[] | undefined {
  const { source } = program;
  const index = symbolIndex(program.module);
  const [attribute, ...others] = index.definitions.of(bridge);
  const readers = index.uses.filter(use => !use.write && use.path === bridge);
  const goesAlong = attribute !== undefined && isAlone && readers.length === 1;
  const statements = goesAlong ? [attribute.statement, statement] : [statement];
  const lines = statements.map(one => wholeLines(source, one));
  if (!lines.every(line => line !== undefined) || (goesAlong && others.length > 0)) return undefined;
  const edits = lines.map((line): SourceEdit => ({ ...line, newText: '' }));
  const field = header?.field('Exports');
  const listed = header === undefined ? [] : listedExports(header, source);
  // Another name of the cell may be called like the attribute, and the header lists that one.
  const isOther = (one: string) => one !== name && !one.includes('.') && index.definitions.of(one).length > 0;
  const mentioned = listed.find(
    one => !one.name.includes('*') && (stands(one.name, name) || (stands(one.name, bridge) && !isOther(one.name))),
  );
  if (field !== undefined && mentioned !== undefined) {
    if (!isListOfNames(field)) return undefined;
    const rest = listed.filter(one => one !== mentioned).map(({ span }) => source.slice(span.start, span.end));
    edits.unshift(fieldEdit(source, header!, field, rest));
  }
  return edits;
}
