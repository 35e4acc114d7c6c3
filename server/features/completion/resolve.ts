/** What the author sees beside the list of the item that is selected. */
import type { CompletionItem } from 'vscode-languageserver';
import { librarySignature, typeMembers } from '../../../mlsys';
import type { Analysis } from '../../evaluation/analysis';
import { code, libraryText, plain, python, statementText, valueText } from '../describe';
import { type CitedEntry, type FeatureContext, type Handler, ifTold } from '../feature';
import { valueOfPath } from '../values';
import { authorsOf } from './crossReferences';
import type { Documented, ItemData } from './items';
import { LastMembers } from './lastMembers';

export const completionResolve: Handler<CompletionItem, CompletionItem> = {
  atOnce: true,
  documentOf: item => (item.data as Partial<ItemData> | undefined)?.uri,
  async handle(analysis, item, context) {
    const what = (item.data as ItemData | undefined)?.what;
    const parts = what === undefined ? [] : await partsOf(what, analysis, context);
    if (parts.length === 0) return item;
    return { ...item, documentation: { kind: 'markdown', value: parts.join('\n\n') } };
  },
};

function partsOf(what: Documented, analysis: Analysis, context: FeatureContext): readonly string[] | Promise<string[]> {
  switch (what.kind) {
    case 'name':
      return nameParts(what, analysis, context);
    case 'library': {
      const text = libraryText(what.name);
      return text === undefined ? [] : [text];
    }
    case 'signature': {
      const known = librarySignature(what.path);
      return known === undefined ? [] : signatureParts(known.signature, known.doc);
    }
    case 'member': {
      const member = typeMembers(what.type).find(({ name }) => name === what.name);
      return member === undefined ? [] : signatureParts(member.signature ?? member.name, member.doc);
    }
    case 'citation':
      return citationParts(what.key, context);
  }
}

function signatureParts(signature: string, doc: string | undefined): string[] {
  return [python(signature), ...(doc === undefined || doc === '' ? [] : [plain(doc)])];
}

/** The value, the statement that makes it, and where. */
async function nameParts(
  { path, seen }: Documented & { readonly kind: 'name' },
  analysis: Analysis,
  context: FeatureContext,
): Promise<string[]> {
  const members = new LastMembers(analysis, context);
  const place = { analysis, seen, cls: undefined, membersAt: members.at };
  const value = await ifTold(context, () => valueOfPath(path, place));
  const isShown = value?.kind === 'other' && !members.isLate;
  const shown = !isShown ? [] : [`${code(path)} = ${valueText(value)}`];
  const definition = analysis.definitionOf(path, seen);
  if (definition === undefined) return shown;
  const { label, header } = analysis.cells[definition.cell]!.cell;
  const where = label ?? header?.title;
  return [
    ...shown,
    python(statementText(definition.statementRange, analysis)),
    ...(where === undefined ? [] : [`*cell* ${plain(where)}`]),
  ];
}

function citationParts(key: string, context: FeatureContext): string[] {
  const entry = context.citations?.().find(one => one.key === key);
  if (entry === undefined) return [];
  return citationText(entry);
}

/** An entry of a bibliography for a hover. */
export function citationText(entry: Pick<CitedEntry, 'key' | 'field' | 'source'>): string[] {
  const title = entry.field('title');
  const place = entry.field('journal') ?? entry.field('booktitle') ?? entry.field('publisher');
  const year = entry.field('year') ?? entry.field('date');
  const who = [authorsOf(entry), year].filter(part => part !== undefined && part !== '').join(', ');
  return [
    ...(title === undefined ? [] : [`**${plain(title)}**`]),
    ...(who === '' ? [] : [plain(who)]),
    ...(place === undefined ? [] : [`*${plain(place)}*`]),
  ];
}
