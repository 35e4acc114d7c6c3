/** Words of English that styles put between the parts of a reference. Every language that is asked for gets these. */

const TERMS: Readonly<Record<string, string>> = {
  accessed: 'accessed',
  and: 'and',
  'and others': 'and others',
  anonymous: 'anonymous',
  'anonymous:short': 'anon.',
  at: 'at',
  'available at': 'available at',
  by: 'by',
  circa: 'circa',
  'circa:short': 'c.',
  cited: 'cited',
  'et-al': 'et al.',
  forthcoming: 'forthcoming',
  from: 'from',
  ibid: 'ibid.',
  in: 'in',
  'in press': 'in press',
  internet: 'internet',
  letter: 'letter',
  'no date': 'no date',
  'no date:short': 'n.d.',
  online: 'online',
  'original-work-published': 'original work published',
  'presented at': 'presented at the',
  retrieved: 'retrieved',
  scale: 'scale',
  version: 'version',
  ad: 'AD',
  bc: 'BC',
  'open-quote': '“',
  'close-quote': '”',
  'open-inner-quote': '‘',
  'close-inner-quote': '’',
  'page-range-delimiter': '–',
  colon: ':',
  comma: ',',
  semicolon: ';',
};

/** Terms that have a plural: long, short. */
const PLURALS: Readonly<Record<string, readonly [string, string, string?, string?]>> = {
  reference: ['reference', 'references', 'ref.', 'refs.'],
  edition: ['edition', 'editions', 'ed.', 'eds.'],
  book: ['book', 'books', 'bk.', 'bks.'],
  chapter: ['chapter', 'chapters', 'chap.', 'chaps.'],
  column: ['column', 'columns', 'col.', 'cols.'],
  figure: ['figure', 'figures', 'fig.', 'figs.'],
  folio: ['folio', 'folios', 'fol.', 'fols.'],
  issue: ['number', 'numbers', 'no.', 'nos.'],
  line: ['line', 'lines', 'l.', 'll.'],
  note: ['note', 'notes', 'n.', 'nn.'],
  opus: ['opus', 'opera', 'op.', 'opp.'],
  page: ['page', 'pages', 'p.', 'pp.'],
  'number-of-pages': ['page', 'pages', 'p.', 'pp.'],
  paragraph: ['paragraph', 'paragraphs', 'para.', 'paras.'],
  part: ['part', 'parts', 'pt.', 'pts.'],
  section: ['section', 'sections', 'sec.', 'secs.'],
  'sub-verbo': ['sub verbo', 'sub verbis', 's.v.', 's.vv.'],
  verse: ['verse', 'verses', 'v.', 'vv.'],
  volume: ['volume', 'volumes', 'vol.', 'vols.'],
  director: ['director', 'directors', 'dir.', 'dirs.'],
  editor: ['editor', 'editors', 'ed.', 'eds.'],
  'editorial-director': ['editor', 'editors', 'ed.', 'eds.'],
  illustrator: ['illustrator', 'illustrators', 'ill.', 'ills.'],
  translator: ['translator', 'translators', 'trans.', 'trans.'],
  editortranslator: ['editor & translator', 'editors & translators', 'ed. & trans.', 'eds. & trans.'],
};

/** What somebody did: as a verb, and short. */
const VERBS: Readonly<Record<string, readonly [string, string]>> = {
  'container-author': ['by', 'by'],
  director: ['directed by', 'dir. by'],
  editor: ['edited by', 'ed. by'],
  'editorial-director': ['edited by', 'ed. by'],
  illustrator: ['illustrated by', 'illus. by'],
  interviewer: ['interview by', 'interview by'],
  recipient: ['to', 'to'],
  'reviewed-author': ['by', 'by'],
  translator: ['translated by', 'trans. by'],
  editortranslator: ['edited & translated by', 'ed. & trans. by'],
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const SEASONS = ['Spring', 'Summer', 'Autumn', 'Winter'];
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const two = (number: number): string => String(number).padStart(2, '0');

function terms(): string {
  const all: string[] = [];
  const term = (name: string, text: string, form?: string): void => {
    all.push(`<term name="${name}"${form === undefined ? '' : ` form="${form}"`}>${escaped(text)}</term>`);
  };
  for (const [key, text] of Object.entries(TERMS)) {
    const [name, form] = key.split(':');
    term(name!, text, form);
  }
  const both = (name: string, one: string, many: string, form: string): void => {
    const inner = `<single>${escaped(one)}</single><multiple>${escaped(many)}</multiple>`;
    all.push(`<term name="${name}"${form}>${inner}</term>`);
  };
  for (const [name, [one, many, short, shorts]] of Object.entries(PLURALS)) {
    both(name, one, many, '');
    if (short !== undefined) both(name, short, shorts ?? short, ' form="short"');
  }
  both('page', 'p.', 'pp.', ' form="short"');
  both('paragraph', '¶', '¶¶', ' form="symbol"');
  both('section', '§', '§§', ' form="symbol"');
  for (const [name, [verb, short]] of Object.entries(VERBS)) {
    term(name, verb, 'verb');
    term(name, short, 'verb-short');
  }
  for (const [at, month] of MONTHS.entries()) {
    term(`month-${two(at + 1)}`, month);
    term(`month-${two(at + 1)}`, month.length <= 4 ? month : `${month.slice(0, 3)}.`, 'short');
  }
  for (const [at, season] of SEASONS.entries()) term(`season-${two(at + 1)}`, season);
  for (const [at, word] of ORDINALS.entries()) term(`long-ordinal-${two(at + 1)}`, word);
  term('ordinal', 'th');
  for (const [at, ending] of ['st', 'nd', 'rd'].entries()) term(`ordinal-${two(at + 1)}`, ending);
  for (const number of [11, 12, 13]) term(`ordinal-${number}`, 'th');
  return all.join('');
}

let locale: string | undefined;

/** The locale for a language, as CSL has it. */
export function localeOf(language: string): string {
  void language;
  locale ??=
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">' +
    '<style-options punctuation-in-quote="true" leading-noise-words="a,an,the" name-as-sort-order="" name-never-short=""/>' +
    '<date form="text"><date-part name="month" suffix=" "/><date-part name="day" suffix=", "/><date-part name="year"/></date>' +
    '<date form="numeric"><date-part name="month" form="numeric-leading-zeros" suffix="/"/>' +
    '<date-part name="day" form="numeric-leading-zeros" suffix="/"/><date-part name="year"/></date>' +
    `<terms>${terms()}</terms></locale>`;
  return locale;
}
