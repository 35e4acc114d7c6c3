/** Sets citations by citeproc; a chunk of its own, loaded with the first chapter that cites something. */
import CSL from 'citeproc';
import { escapeHtml } from '../text';
import type { Cluster } from './clusters';
import type { CslItem, CslName } from './items';
import { localeOf } from './locale';
import type { CitationAnswer, CitationRequest, RequestedCluster } from './setting';
import { DEFAULT_STYLE } from './style';

// What it would tell the console is nothing that an author can mend.
CSL.debug = () => undefined;

/** The same from and to JSON, as texts are set. */
export function setCitationText(request: string): string {
  return JSON.stringify(setCitations(JSON.parse(request) as CitationRequest));
}

/** Answers a request; throws for a style that the processor cannot read. */
export function setCitations(request: CitationRequest): CitationAnswer {
  const items = new Map<string, CslItem>(request.items.map(item => [item.id, item]));
  const system = {
    retrieveLocale: (language: string) => localeOf(language),
    retrieveItem: (id: string) => items.get(id),
  };
  const engine = new CSL.Engine(system, request.style ?? DEFAULT_STYLE, request.language);
  const inNotes = engine.opt.xclass === 'note';
  const isCiting = request.clusters.map(({ items: cites }) => cites.length > 0);
  const citations = request.clusters.flatMap(({ inText, items: cites, note }, at) =>
    cites.length === 0
      ? []
      : [
          {
            citationID: String(at),
            // The text names the authors before the footnote.
            citationItems: cites.map(cite => ({ ...cite, ...(inNotes && inText ? { 'suppress-author': true } : {}) })),
            properties: {
              noteIndex: inNotes ? (note ?? 0) : 0,
              ...(inText && !inNotes ? { mode: 'composite' as const } : {}),
            },
          },
        ],
  );
  const set = engine.rebuildProcessorState(citations, 'html', request.uncited);
  const cited = new Set<string>();
  const makers = request.clusters.map(({ inText, items: cites }) => {
    const [first] = cites;
    const position = first !== undefined && cited.has(first.id) ? SUBSEQUENT : FIRST;
    for (const { id } of cites) cited.add(id);
    return inNotes && inText && first !== undefined
      ? engine.makeCitationCluster([{ id: first.id, 'author-only': true, position }])
      : null;
  });
  const ibid = inNotes ? engine.getTerm('ibid') : '';
  const html = new Map(
    set.map(([id, , text]) => {
      const cluster = request.clusters[Number(id)]!;
      const own = inNotes ? noted(text, cluster, makers[Number(id)] ?? '', ibid) : withMakers(text, cluster, items);
      return [Number(id), own];
    }),
  );
  const made = engine.makeBibliography();
  const references =
    made === false ? [] : made[1].map((text, at) => ({ id: made[0].entry_ids[at]?.[0] ?? '', html: text }));
  return {
    clusters: isCiting.map((_, at) => html.get(at) ?? ''),
    makers,
    references,
    inNotes,
  };
}

/**
 * A citation by a style of notes. One that makes its own footnote begins with a capital; one among the words of a footnote is in
 * brackets, without the full stop, or behind its authors, which the words name; at the end of the footnote the stop stays.
 */
function noted(html: string, { inText, within }: RequestedCluster, makers: string, ibid: string): string {
  const behind = (words: string): string => [makers, words].filter(part => part !== '').join(', ');
  if (within === undefined)
    return html.replace(/^((?:<[^>]*>)*)(\p{Ll})/u, (_, tags: string, first: string) => tags + first.toUpperCase());
  const small = ibid !== '' && html.startsWith(capital(ibid)) ? ibid + html.slice(ibid.length) : html;
  if (inText && within !== 'words') return behind(small);
  if (within === 'alone') return small;
  const open = small.replace(/\.((?:<\/[^>]*>)*)$/, '$1');
  if (inText) return behind(open);
  return open === '' ? '' : `(${open})`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Positions of a citation among those of the same work, as the processor numbers them. */
const FIRST = 0;
const SUBSEQUENT = 1;

/** What the processor writes where a style of numbers has no form for the authors in the sentence. */
const NO_FORM = '[NO_PRINTED_FORM]';

function withMakers(html: string, { items: [first] }: Cluster, items: ReadonlyMap<string, CslItem>): string {
  if (!html.includes(NO_FORM)) return html;
  const item = first && items.get(first.id);
  const makers = (item?.author ?? item?.editor ?? []) as readonly CslName[];
  const names = makers.map(name => ('literal' in name ? name.literal : name.family));
  const shown = names.length > 2 ? `${names[0]} et al.` : names.join(' and ') || String(item?.title ?? first?.id ?? '');
  return html.replace(NO_FORM, escapeHtml(shown));
}
