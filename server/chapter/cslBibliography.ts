/** Reads bibliographies that list CSL items, in JSON or YAML, into the entries that BibTeX files give. */
import type { Bibliography, BibliographyEntry, BibliographyField } from './bibliography';
import { type KeyPlaces, keysInJson, keysInYaml } from './cslKeys';
import { readYaml } from './yaml';

const NOWHERE = { start: 0, end: 0 };

/** The entries of a file of CSL items; `format` is how its name ends. One that cannot be read has none, and a fault. */
export function parseCslBibliography(text: string, format: 'json' | 'yaml'): Bibliography {
  const { value, message } = format === 'json' ? readJson(text) : yamlItems(text);
  const { entries, get } = placed(cslBibliography(value), () => (format === 'json' ? keysInJson(text) : keysOf(text)));
  const faults = message === undefined ? [] : [{ message, range: NOWHERE }];
  return { entries, faults, get };
}

function keysOf(text: string): KeyPlaces {
  const head = HEAD.exec(text)?.[0].length ?? 0;
  return keysInYaml(text.slice(head).replace(TAIL, ''), head);
}

/** A bibliography whose entries have places, which are looked for when one is asked for. */
export function placed({ entries, faults }: Bibliography, keys: () => KeyPlaces): Bibliography {
  let known: KeyPlaces | undefined;
  const placeOf = (key: string) => {
    known ??= keys();
    return known.get(key);
  };
  return bibliographyOf(
    entries.map(entry => ({
      ...entry,
      get keyRange() {
        return placeOf(entry.key)?.range ?? NOWHERE;
      },
      get writeKey() {
        return placeOf(entry.key)?.write;
      },
    })),
    faults,
  );
}

const NONE: Bibliography = { entries: [], faults: [], get: () => undefined };

/** By their lists: a front matter is asked for its entries with each look at its chapter. */
const known = new WeakMap<readonly unknown[], Bibliography>();

/** The entries of a list of CSL items; what is no list has none. Their places are unknown. */
export function cslBibliography(items: unknown): Bibliography {
  if (!Array.isArray(items)) return NONE;
  let found = known.get(items);
  if (found === undefined) {
    found = bibliographyOf(items.flatMap(item => entryOf(item) ?? []));
    known.set(items, found);
  }
  return found;
}

function bibliographyOf(entries: readonly BibliographyEntry[], faults: Bibliography['faults'] = []): Bibliography {
  const byKey = new Map<string, BibliographyEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  return { entries, faults, get: key => byKey.get(key) };
}

interface Read {
  readonly value: unknown;
  readonly message: string | undefined;
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text), message: undefined };
  } catch (error) {
    return { value: undefined, message: `This is not JSON: ${(error as Error).message}` };
  }
}

/** Marks of a document of its own, around the items. */
const HEAD = /^---\r?\n/;
const TAIL = /\r?\n(?:---|\.\.\.)\s*$/;

/** Items stand under `references`, or by themselves. */
function yamlItems(text: string): Read {
  const { value, error } = readYaml(text.replace(HEAD, '').replace(TAIL, ''));
  const references = (value as { readonly references?: unknown } | null | undefined)?.references;
  return { value: references ?? value, message: error?.message };
}

type Item = Readonly<Record<string, unknown>>;

function entryOf(item: unknown): BibliographyEntry | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { id, type } = item as Item;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const fields = [...fieldsOf(item as Item)];
  return {
    key: String(id),
    type: typeof type === 'string' ? type : '',
    fields,
    item: item as Item,
    range: NOWHERE,
    keyRange: NOWHERE,
    field: name => fields.find(field => field.name === name)?.value,
    source: name => fields.find(field => field.name === name)?.source,
  };
}

/** Names of fields in BibTeX, where CSL has others. */
const NAMES: Readonly<Record<string, string>> = { 'container-title': 'journal', DOI: 'doi', URL: 'url', page: 'pages' };

function* fieldsOf(item: Item): Iterable<BibliographyField> {
  for (const [key, value] of Object.entries(item)) {
    const name = Object.hasOwn(NAMES, key) ? NAMES[key]! : key.toLowerCase();
    if (typeof value === 'string' || typeof value === 'number') yield fieldOf(name, String(value));
    else if (key === 'issued') yield fieldOf('year', yearOf(value));
    else if (Array.isArray(value) && /^(?:author|editor)$/.test(key))
      yield fieldOf(name, value.map(personOf).join(' and '));
  }
}

/** Organisations stand in braces, as in BibTeX. */
function fieldOf(name: string, source: string): BibliographyField {
  return { name, value: source.replaceAll(/[{}]/g, ''), source, range: NOWHERE };
}

function yearOf(issued: unknown): string {
  const { 'date-parts': parts, literal, raw } = (issued ?? {}) as Item;
  const first: unknown = Array.isArray(parts) ? parts[0] : Array.isArray(issued) ? issued[0] : issued;
  const year: unknown = Array.isArray(first) ? first[0] : ((first as Item | undefined)?.year ?? literal ?? raw);
  return /\d{4}/.exec(String(year ?? ''))?.[0] ?? '';
}

function personOf(person: unknown): string {
  const { family, given, literal } = (person ?? {}) as Item;
  if (typeof family !== 'string') return typeof literal === 'string' ? `{${literal}}` : '';
  return typeof given === 'string' ? `${family}, ${given}` : family;
}
