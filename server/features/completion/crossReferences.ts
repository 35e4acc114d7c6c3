/** Behind `@`: labels with their captions, and citation keys with author and title. Behind `[^`: footnotes. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { labelKind } from '../../chapter/labels';
import type { Label } from '../../chapter/model';
import type { CitedEntry } from '../feature';
import type { Context } from './context';
import { described, documented, rank, replacing, shortText } from './items';
import type { Place } from './place';

/** Behind a letter or digit it is an address. */
const KEY = /(?:^|[^\p{L}\p{N}\\@])-?@(\{?)([\p{L}\p{N}_:.#$%&+?<>~/-]*)$/u;

export const crossReferences: Context = {
  opensOn: '@-',
  items(place) {
    const { before, code, typed, offset } = place;
    const found = code === undefined && place.cell === undefined ? KEY.exec(before) : null;
    if (found === null) return undefined;
    // A dash opens the list again behind the prefix of a label: before that nobody knew which ones are meant.
    if (typed === '-' && !/^[a-z]{2,3}-$/.test(found[2]!)) return [];
    const rest = /^[\p{L}\p{N}_-]*/u.exec(place.after)![0];
    const range = { start: offset - found[2]!.length, end: offset + rest.length };
    // In brackets one cites, far more often than one refers.
    const isCiting = /\[[^[\]]*$/.test(before.slice(0, found.index + 1)) && !/^[a-z]{2,3}-/.test(found[2]!);
    return [...labelItems(place, range), ...elsewhereItems(place, range), ...citationItems(place, range, isCiting)];
  },
};

function labelItems(place: Place, range: { start: number; end: number }): CompletionItem[] {
  const { chapter } = place.analysis;
  const items: CompletionItem[] = [];
  const seen = new Set<string>();
  for (const label of chapter.labels) {
    if (label.kind === undefined || seen.has(label.id)) continue;
    seen.add(label.id);
    const number = place.context.numberOf?.(label.id);
    const distance = Math.abs(label.range.start - place.offset);
    const made: CompletionItem = {
      label: label.id,
      kind: KINDS[label.on] ?? CompletionItemKind.Reference,
      // The nearest ones first, whether they stand before or behind.
      sortText: `0${rank(Math.floor(distance / 2000))}${label.id}`,
      ...(number === undefined ? {} : { detail: number }),
    };
    const caption = captionOf(label);
    const row = caption === undefined ? made : described(made, caption);
    items.push(replacing(row, label.id, range, place));
  }
  return items;
}

/** Labels of other chapters, behind those of the chapter itself. */
function elsewhereItems(place: Place, range: { start: number; end: number }): CompletionItem[] {
  const own = new Set(place.analysis.chapter.labels.map(({ id }) => id));
  return (
    (place.context.labels?.() ?? [])
      // The label of a cell without number and caption is none that a reference can name.
      .filter(({ id, text }) => !own.has(id) && (labelKind(id) !== undefined || text !== id))
      .map(label => {
        const made: CompletionItem = {
          label: label.id,
          kind: CompletionItemKind.Reference,
          sortText: `1${label.id}`,
          detail: label.text,
        };
        const caption = captionOf(label);
        return replacing(caption === undefined ? made : described(made, caption), label.id, range, place);
      })
  );
}

const KINDS: Partial<Record<Label['on'], CompletionItemKind>> = {
  heading: CompletionItemKind.Module,
  cell: CompletionItemKind.Event,
};

/** A caption or title on one line, without its marks. */
function captionOf({ caption }: Pick<Label, 'caption'>): string | undefined {
  if (caption === undefined) return undefined;
  return shortText(caption.replaceAll(/[*_]{1,3}/g, '').replaceAll(/\{[^{}]*\}/g, ''), 60);
}

function citationItems(place: Place, range: { start: number; end: number }, isFirst: boolean): CompletionItem[] {
  return (place.context.citations?.() ?? []).map(entry => {
    const title = entry.field('title');
    const who = [authorsOf(entry), entry.field('year') ?? entry.field('date')?.slice(0, 4)].filter(Boolean).join(' ');
    const made: CompletionItem = {
      label: entry.key,
      kind: CompletionItemKind.Reference,
      sortText: `${isFirst ? '!' : '2'}${entry.key}`,
      // Author and words of the title find it as well.
      filterText: [entry.key, who, title].filter(Boolean).join(' '),
      ...(who === '' ? {} : { detail: who }),
    };
    const row = title === undefined ? made : described(made, shortText(title, 60));
    return documented(replacing(row, entry.key, range, place), place, { kind: 'citation', key: entry.key });
  });
}

/** `Sculley et al.` */
export function authorsOf(entry: Pick<CitedEntry, 'field' | 'source'>): string {
  const read = (name: string) => entry.source?.(name) ?? entry.field(name);
  // What stands in braces is one name: an institution.
  const source = read('author') ?? read('editor') ?? '';
  const joined = source.replaceAll(/\{[^{}]*\}/g, inner => inner.replaceAll(/\s/g, '\u00a0'));
  const names = joined.split(/[ \t\r\n]+and[ \t\r\n]+/).filter(name => name !== '');
  const family = (name: string) => {
    const whole = /^\s*\{([^{}]*)\}\s*$/.exec(name)?.[1];
    if (whole !== undefined) return whole.replaceAll('\u00a0', ' ');
    const plain = name.replaceAll(/[{}]/g, '').replaceAll('\u00a0', ' ').trim();
    return plain.includes(',') ? plain.split(',')[0]!.trim() : (plain.split(/\s+/).at(-1) ?? plain);
  };
  if (names.length > 2) return `${family(names[0]!)} et al.`;
  return names.map(family).join(' & ');
}

export const footnotes: Context = {
  opensOn: '^',
  items(place) {
    const { before, code, offset, analysis } = place;
    const found = code === undefined && place.cell === undefined ? /\[\^([^\]\s^[]*)$/.exec(before) : null;
    if (found === null) return undefined;
    const { chapter } = analysis;
    const used = new Set(chapter.nodes('noteReference').map(({ node }) => node.id));
    const closing = place.after.startsWith(']') ? '' : ']';
    const range = { start: offset - found[1]!.length, end: offset };
    return chapter.nodes('footnote').map(({ node, block, range: at }) => {
      const text = block.text.slice(node.textRange.start, node.textRange.end);
      const isUsed = used.has(node.id);
      // A note that nothing calls is what the author means to call.
      const sortText = rank(isUsed ? 1 : 0, Math.floor(Math.abs(at.start - offset) / 500));
      const made = { label: node.id, kind: CompletionItemKind.Reference, sortText };
      return replacing(described(made, shortText(text.replaceAll('**', ''), 60)), `${node.id}${closing}`, range, place);
    });
  },
};
