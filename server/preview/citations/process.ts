/** Sets citations by citeproc; a chunk of its own, loaded with the first chapter that cites something. */
import CSL from 'citeproc';
import { escapeHtml } from '../text';
import type { Cluster } from './clusters';
import type { CslItem, CslName } from './items';
import { localeOf } from './locale';
import type { CitationAnswer, CitationRequest } from './setting';
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
  const isCiting = request.clusters.map(({ items: cites }) => cites.length > 0);
  const citations = request.clusters.flatMap(({ inText, items: cites }, at) =>
    cites.length === 0
      ? []
      : [
          {
            citationID: String(at),
            citationItems: cites.map(cite => ({ ...cite })),
            properties: { noteIndex: 0, ...(inText ? { mode: 'composite' as const } : {}) },
          },
        ],
  );
  const set = engine.rebuildProcessorState(citations, 'html', request.uncited);
  const html = new Map(set.map(([id, , text]) => [Number(id), withMakers(text, request.clusters[Number(id)]!, items)]));
  const made = engine.makeBibliography();
  const references =
    made === false ? [] : made[1].map((text, at) => ({ id: made[0].entry_ids[at]?.[0] ?? '', html: text }));
  return {
    clusters: isCiting.map((_, at) => html.get(at) ?? ''),
    references,
    inNotes: engine.opt.xclass === 'note',
  };
}

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
