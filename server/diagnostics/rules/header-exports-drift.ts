/** A header box whose Exports are not what the cell makes. */
import { symbolIndex } from '../../../mlsys';
import type { CellHeader, HeaderField } from '../../chapter/model';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import {
  contractOf,
  type Export,
  isForProse,
  type ListedName,
  listedExports,
  listing,
  standing,
} from '../contract/cellContract';
import { fieldEdit, inChapter, isListOfNames } from '../contract/headerText';
import { oncePerText } from '../contract/oncePerText';
import type { Fix } from '../finding';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { andList } from '../similar';

export const headerExportsDrift: Rule = {
  code: 'header-exports-drift',
  severity: 'warning',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    for (const cell of cellsOf(analysis)) {
      const drift = driftOf(cell, analysis.usedPaths);
      if (drift !== undefined) yield drift;
    }
  },
  readAhead: (cell, program) => driftIn(program, cell.sourceHeader),
};

function driftOf(result: CellResult, used: ReadonlySet<string>): Draft | undefined {
  const { cell, program, run, status } = result;
  if (status === 'skipped' || status === 'syntax-error') return undefined;
  const drift = driftIn(program, cell.sourceHeader);
  if (drift === undefined) return undefined;
  const { field } = drift;
  // A name that the prose reads is missing from the code, not one too many in the header.
  const gone = drift.gone.filter(({ name }) => !used.has(name) && run?.binds(name) !== true);
  const unlisted = [...drift.unlisted, ...drift.attributes.filter(({ name }) => used.has(name))];
  if (gone.length === 0 && unlisted.length === 0) return undefined;
  const fix = fixOf(result, { ...drift, gone, unlisted });
  return {
    range: cell.toDocumentRange(gone[0]?.span ?? field.nameRange),
    ...(gone.length === 0 ? { severity: 'hint' } : {}),
    message: [
      ...(gone.length === 0 ? [] : [`The header exports ${andList(gone.map(nameOf))}, which the cell does not make.`]),
      ...(unlisted.length === 0
        ? []
        : [`The header does not list ${andList(unlisted.map(nameOf))}, which the cell exports.`]),
    ].join(' '),
    related: unlisted.map(({ name, span }) => ({
      range: cell.toDocumentRange(span),
      message: `\`${name}\` is made here`,
    })),
    ...(fix === undefined ? {} : { fixes: [fix] }),
  };
}

/** Where the text of a cell does not keep what its header says. */
interface TextDrift {
  readonly header: CellHeader;
  readonly field: HeaderField;
  readonly gone: readonly ListedName[];
  readonly unlisted: readonly Made[];
  /** Attributes that it does not list, though it lists others of their class: exports where the prose reads them. */
  readonly attributes: readonly Made[];
}

type Made = Pick<Export, 'name' | 'span'>;

/** The statements of a cell without such a header need not be read. */
function driftIn(program: CellProgram, header: CellHeader | undefined): TextDrift | undefined {
  const field = header?.field('Exports');
  return header === undefined || field === undefined ? undefined : driftOfText(program, header, field);
}

const driftOfText = oncePerText((program, header: CellHeader, field: HeaderField): TextDrift | undefined => {
  const { bound, attributes, exports } = contractOf(program);
  const listed = listedExports(header, program.source);
  const isMade = standing([...bound, ...attributes]);
  const gone = listed.filter(one => !isMade(one.name));
  const isList = !field.isOpen && (listed.length > 0 || /^\(?none\b/i.test(field.text) || field.text === '');
  const isListed = listing(listed);
  const unlisted = exports.filter(
    ({ name, bridge = name }) => isList && !name.startsWith('_') && !isListed(name) && !isListed(bridge),
  );
  const classes = new Set(listed.flatMap(({ name }) => (name.includes('.') ? [classOf(name)] : [])));
  const { definitions } = symbolIndex(program.module);
  const others =
    isList && classes.size > 0
      ? [...attributes]
          .filter(name => isForProse(name) && classes.has(classOf(name)) && !isListed(name))
          .map(name => ({ name, span: definitions.of(name).at(-1)!.span }))
      : [];
  return gone.length === 0 && unlisted.length === 0 && others.length === 0
    ? undefined
    : { header, field, gone, unlisted, attributes: others };
});

function classOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}

const nameOf = ({ name }: { readonly name: string }): string => name;

/** Undefined where the field says more than names. */
function fixOf({ cell, program }: CellResult, { header, field, gone, unlisted }: TextDrift): Fix | undefined {
  const { source } = program;
  const listed = listedExports(header, source);
  const kept = new Map<string, boolean>();
  for (const { name, span } of listed) {
    const written = source.slice(span.start, span.end);
    const stays = !gone.some(one => one.name === name);
    // Names that braces stand for go only together.
    if (kept.has(written) && kept.get(written) !== stays) return undefined;
    kept.set(written, stays);
  }
  if (!isListOfNames(field, kept.keys())) return undefined;
  const tokens = [...kept].filter(([, stays]) => stays).map(([written]) => written);
  const edit = fieldEdit(source, header, field, [...tokens, ...unlisted.map(nameOf)]);
  const what = [
    ...(gone.length === 0 ? [] : [`remove ${andList(gone.map(nameOf))}`]),
    ...(unlisted.length === 0 ? [] : [`add ${andList(unlisted.map(nameOf))}`]),
  ];
  return {
    title: `Bring the header's Exports up to date: ${what.join(', ')}`,
    preferred: true,
    edits: [inChapter(edit, cell)],
  };
}
