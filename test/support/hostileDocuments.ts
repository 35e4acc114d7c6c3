/** Documents that are made to be hard on whoever reads, checks or shows them. Each has one computed number. */

export interface HostileDocument {
  readonly name: string;
  /** Made when asked for: together they are large. */
  text(): string;
}

/** What every document starts with: a value, so that there is something to hover over. */
export const HOSTILE_START = '```{python}\nlitres = 24000 / 40\n```\n\nThe tank takes `{python} litres` litres.\n\n';

const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);
const rows = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('\n');
const table = (across: number, down: number, cell: string): string =>
  [`|${' h |'.repeat(across)}`, `|${'---|'.repeat(across)}`, rows(down, () => `|${` ${cell} |`.repeat(across)}`)].join(
    '\n',
  );

/** Inline pieces, each repeated in one paragraph. */
const REPEATED: Readonly<Record<string, readonly [piece: string, count: number]>> = {
  'opening brackets': ['[', 10_000],
  'opening brackets with blanks': ['[ ', 10_000],
  'closing brackets': [']', 50_000],
  'image openings': ['![', 10_000],
  'links without an end': ['[a](', 10_000],
  'links with an open title': ['[a](b "', 5000],
  'links with an open address': ['[a](<b', 5000],
  'reference links': ['[a][b]', 10_000],
  'opening shortcodes': ['{{< ', 10_000],
  'closing shortcodes': [' >}}', 10_000],
  'opening citations': ['[@', 10_000],
  'citations with an open bracket': ['[see @key; ', 5000],
  'citation keys': ['@key ', 20_000],
  'citation marks': ['@', 50_000],
  'braced citation marks': ['@{', 20_000],
  'opening notes': ['^[', 10_000],
  'notes with text': ['^[note ', 5000],
  'note references': ['[^a', 10_000],
  'opening spans': ['[a]{', 10_000],
  'open attributes': ['{.a ', 10_000],
  'open braces': ['{', 20_000],
  'emphasis that opens and never closes': ['*a _b ', 5000],
  'emphasis marks': ['*a**b', 10_000],
  'underscores and stars': ['_*', 20_000],
  stars: ['*', 100_000],
  'underscores within words': ['a_', 50_000],
  'strikethrough marks': ['~~a ', 10_000],
  tildes: ['~a', 20_000],
  carets: ['^a', 20_000],
  'dollar signs': ['$', 50_000],
  'dollar signs with text': ['$a ', 20_000],
  'double dollar signs': ['$$a ', 10_000],
  formulas: ['$a_1$ ', 5000],
  'formulas of fractions': ['$\\frac{a}{b}$ ', 2000],
  'TeX commands': ['\\a', 20_000],
  'TeX arguments without an end': ['\\a{', 10_000],
  'TeX environments without an end': ['\\begin{a}', 5000],
  backslashes: ['\\', 50_000],
  'backticks of growing length': ['', 0],
  'single backticks': ['` a', 20_000],
  'double backticks': ['``a', 20_000],
  'references without an end': ['`{python} ', 10_000],
  references: ['`{python} litres` ', 3000],
  entities: ['&amp', 20_000],
  ampersands: ['&', 50_000],
  'open tags': ['<a ', 10_000],
  'open tags with attributes': ['<a b="', 10_000],
  'opening tags': ['<b>', 10_000],
  'closing tags': ['</b>', 10_000],
  'open comments': ['<!-- ', 10_000],
  'open declarations': ['<!A ', 10_000],
  'open processing instructions': ['<?', 20_000],
  'open CDATA sections': ['<![CDATA[', 10_000],
  addresses: ['<http://a.b> ', 5000],
  'quotation marks': ['"a \'b ', 10_000],
  'hard line breaks': ['a  \n', 20_000],
  words: ['word ', 60_000],
  dashes: ['---', 50_000],
  'astral characters': ['\u{1F9EE}', 50_000],
  'combining characters': ['e\u0301', 50_000],
  'blanks within a line': [' '.repeat(1000), 200],
  'private characters': ['\uE0000\uE001', 20_000],
};

const PARAGRAPHS: readonly HostileDocument[] = Object.entries(REPEATED).flatMap(([name, [piece, count]]) =>
  count === 0 ? [] : [{ name: `${count} ${name}`, text: () => `a ${piece.repeat(count)}\n` }],
);

const backticks = (): string => rows(600, at => `${'`'.repeat(at + 1)} a`);
const formula = (tex: string): string => `$$\n${tex}\n$$\n`;
const FORMULAS: Readonly<Record<string, () => string>> = {
  'roots, 1000 deep': () => nested('\\sqrt{', 'a', '}', 1000),
  'roots, 50000 deep': () => nested('\\sqrt{', 'a', '}', 50_000),
  'delimiters, 1000 deep': () => nested('\\left(', 'a', '\\right)', 1000),
  'delimiters without an end': () => '\\left('.repeat(1000),
  'fractions, 1000 deep': () => nested('\\frac{1}{', 'a', '}', 1000),
  'groups, 20000 deep': () => nested('{', 'a', '}', 20_000),
  'exponents, 3000 deep': () => `a${'^{b'.repeat(3000)}${'}'.repeat(3000)}`,
  'a formula of 400 kB': () => 'a + '.repeat(100_000),
  'a formula of 400 kB without blanks': () => 'x'.repeat(400_000),
  'a matrix of 40000 elements': () => `\\begin{matrix}${rows(200, () => `${'1 & '.repeat(199)}1 \\\\`)}\\end{matrix}`,
  'matrices, 200 deep': () => nested('\\begin{matrix}', 'a', '\\end{matrix}', 200),
  'macros that grow': () =>
    `\\def\\a{xxxxxxxxxx}${[...'bcdefgh'].map((name, at) => `\\def\\${name}{${`\\${'abcdefgh'[at]}`.repeat(10)}}`).join('')}\\h`,
  'macros that never end': () => '\\def\\a{\\a\\a}\\a',
  'accents, 500 deep': () => nested('\\overline{', 'a', '}', 500),
  'colours, 2000 of them': () => '\\color{red}a'.repeat(2000),
  'texts, 1000 deep': () => nested('\\text{$', 'a', '$}', 1000),
  'huge numbers': () => '9'.repeat(20_000),
};

const BLOCKS: Readonly<Record<string, () => string>> = {
  'backticks of growing length': backticks,
  'quotes, 3000 deep on one line': () => `${'> '.repeat(3000)}a\n`,
  'quotes, growing deeper': () => rows(400, at => `${'>'.repeat(at + 1)} a`),
  'lists, 3000 deep on one line': () => `${'- '.repeat(3000)}a\n`,
  'lists, 400 deep': () => rows(400, at => `${'  '.repeat(at)}- a`),
  'lists, 1000 deep': () => rows(1000, at => `${'  '.repeat(at)}- a`),
  'numbered lists, 500 deep on one line': () => `${'1. '.repeat(500)}a\n`,
  'quotes and lists, 1000 deep': () => `${'> - '.repeat(1000)}a\n`,
  'a list of 20000 items': () => rows(20_000, at => `- item ${at}`),
  'a loose list of 5000 items': () => rows(5000, at => `- item ${at}\n`),
  'definition lists, 5000 of them': () => rows(5000, at => `term ${at}\n:   meaning\n`),
  'a table of 100000 cells': () => table(10, 10_000, 'a'),
  'a table of 100000 cells in few rows': () => table(5000, 20, 'a'),
  'a table of formulas': () => table(10, 500, '$a_1$'),
  'tables, 2000 of them': () => rows(2000, () => `${table(2, 1, 'a')}\n`),
  'a row of 100000 bars': () => `${'|'.repeat(100_000)}\n|---|\n`,
  'a grid table of 3000 rows': () => `+---+---+\n${rows(3000, () => '| a | b |\n+---+---+')}\n`,
  'a grid table with an open border': () => `+${'---+'.repeat(2000)}\n${rows(500, () => '| a')}\n`,
  'footnotes, 100000 of them': () => rows(100_000, at => `[^n${at}]: a`),
  'footnotes that are called, 10000 of them': () => rows(10_000, at => `Here[^n${at}].\n\n[^n${at}]: a note\n`),
  'footnotes that call the next': () => rows(3000, at => `[^n${at}]: see[^n${at + 1}]\n`),
  'a huge attribute': () => `# Title {#id key="${'a'.repeat(400_000)}"}\n`,
  'many attributes': () => `# Title {${rows(20_000, at => `k${at}=v`).replaceAll('\n', ' ')}}\n`,
  'many classes on a span': () => `[a]{${'.c '.repeat(20_000)}}\n`,
  'a huge code block': () => `\`\`\`\n${rows(50_000, at => `line ${at}`)}\n\`\`\`\n`,
  'a huge Python listing': () => `\`\`\`python\n${rows(30_000, at => `x_${at} = "${at}" + 'b'  # note`)}\n\`\`\`\n`,
  'a listing of quotation marks': () => `\`\`\`python\n${`"""`.repeat(30_000)}${`'`.repeat(30_000)}\n\`\`\`\n`,
  'a huge cell of comments': () => `\`\`\`{python}\n${rows(20_000, at => `# line ${at}`)}\n\`\`\`\n`,
  'a cell of options': () => `\`\`\`{python}\n${rows(10_000, at => `#| k${at}: v`)}\n\`\`\`\n`,
  'code fences, 5000 of them': () => rows(5000, () => '```\na\n```\n'),
  'code fences without an end': () => rows(5000, at => `${'`'.repeat(3 + (at % 50))}a\n`),
  'divs, 10000 deep': () => `${rows(10_000, at => `::: {.c${at % 7}}`)}\n\na\n\n${rows(10_000, () => ':::')}\n`,
  'divs, 10000 deep and never closed': () => `${rows(10_000, () => '::: {.a}')}\n`,
  'divs, 10000 beside each other': () => rows(10_000, () => '::: {.a}\na\n:::\n'),
  'div ends, 10000 of them': () => rows(10_000, () => ':::\n'),
  'callouts, 2000 deep': () => `${rows(2000, () => '::: {.callout-note}\n')}\na\n\n${rows(2000, () => ':::\n')}\n`,
  'a fence of 100000 colons': () => `${':'.repeat(100_000)} {.a}\n\na\n\n${':'.repeat(100_000)}\n`,
  'HTML elements, 10000 deep': () => `${'<div>'.repeat(10_000)}a${'</div>'.repeat(10_000)}\n`,
  'HTML elements on lines, 10000 deep': () => `${rows(10_000, () => '<div>')}\n${rows(10_000, () => '</div>')}\n`,
  'an HTML element that never ends': () => `<div ${'a="b" '.repeat(20_000)}\n`,
  'HTML comments, 10000 of them': () => rows(10_000, () => '<!-- a -->\n'),
  'an HTML comment that never ends': () => `<!-- ${'a '.repeat(100_000)}\n`,
  'ignore comments, 10000 of them': () => rows(10_000, () => '<!-- reckoner-ignore cell-error -->\n'),
  'headings, 10000 of them': () => rows(10_000, at => `## Heading ${at}\n`),
  'headings with the same label': () => rows(3000, () => '## Heading {#sec-a}\n'),
  'headings, each with 200 marks': () => rows(500, () => `## ${'*a '.repeat(200)}\n`),
  'underlined headings': () => rows(5000, () => 'Heading\n=======\n'),
  'line blocks': () => rows(10_000, at => `| line ${at}`),
  'indented code': () => rows(20_000, at => `    line ${at}`),
  'rules, 10000 of them': () => rows(10_000, () => '---\n'),
  'link definitions, 20000 of them': () => rows(20_000, at => `[r${at}]: http://a.b`),
  'a link definition that never ends': () => `[a]: <${'b'.repeat(100_000)}\n`,
  'images, 5000 of them': () => rows(5000, at => `![caption ${at}](a${at}.png){#fig-a${at}}\n`),
  'references with their unit, 5000 of them on a line': () =>
    `\`\`\`{python}\nx = 3\n\`\`\`\n\n${'`{python} x` days, '.repeat(5000)}\n`,
  'an image with a caption of images': () => `${nested('![', 'a', '](b.png)', 500)}\n`,
  'cross-references, 10000 of them': () => rows(10_000, at => `See @fig-a${at}.\n`),
  'blank lines, 200000 of them': () => '\n'.repeat(200_000),
  'lines of blanks': () => rows(5000, () => ' '.repeat(60)),
  tabs: () => '\t'.repeat(100_000),
  'line ends of every kind': () => 'a\r\nb\rc\n\r'.repeat(20_000),
  'front matter that is nested': () => `---\ntitle: ${'['.repeat(5000)}\n---\n`,
  'front matter of aliases': () =>
    `---\na: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`).join('\n')}\n---\n`,
  'TikZ blocks, 500 of them': () => rows(500, at => `\`\`\`{.tikz}\n\\draw (0,0) -- (${at},1);\n\`\`\`\n`),
  'a sentence of 6,000 percentages': () => `The tank goes from ${'99% to '.repeat(6000)}99.9%.\n`,
  'paragraphs of 190 numbers': () =>
    rows(
      100,
      line =>
        `The tank takes ${Array.from({ length: 190 }, (_, at) => `${(line * 13 + at) % 900} litres`).join(', ')}.\n`,
    ),
  'lines of TeX commands': () => `${'\\medskip\n'.repeat(20_000)}## A\n`,
  'a line of TeX commands': () => `${'\\x{a}[b]'.repeat(20_000)}.\n## A\n`,
  'raw TeX': () => `\\begin{a}\n${'\\b{'.repeat(5000)}\n\\end{a}\n`,
  'markup from a cell': () => '```{python}\nfrom IPython.display import Markdown\nMarkdown("*a _b " * 2000)\n```\n',
  'deep markup from a cell': () =>
    '```{python}\nfrom IPython.display import Markdown\nMarkdown("> " * 2000 + "a")\n```\n',
  'a formula from a cell': () =>
    '```{python}\nfrom IPython.display import Markdown\nMarkdown("$" + "\\\\sqrt{" * 1000 + "}" * 1000 + "$")\n```\n',
  'much output from a cell': () => '```{python}\nprint("<b>" * 100000)\n```\n',
  'paragraphs, 10000 of them': () => rows(10_000, at => `Paragraph ${at} with *words*.\n`),
};

const LABELLED = (table: Readonly<Record<string, () => string>>, make = (text: string) => text): HostileDocument[] =>
  Object.entries(table).map(([name, text]) => ({ name, text: () => make(text()) }));

/** All of them. */
export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  ...PARAGRAPHS,
  ...LABELLED(FORMULAS, formula),
  ...LABELLED(BLOCKS),
].map(({ name, text }) => ({
  name,
  text: () => (text().startsWith('---\n') ? `${text()}\n${HOSTILE_START}` : HOSTILE_START + text()),
}));
