/** Front matter of chapters, and the files of a project. */
import { readSchema } from './schema';

const EXECUTE = `
  eval: <bool> — Run cells
  echo: <bool> | fenced — Show code on the page
  output: <bool> | asis — Show what code gives
  warning: <bool> — Show warnings
  error: <bool> — Show exceptions on the page and go on
  include: <bool> — Show anything of cells
  enabled: <bool> — Run cells at all
  cache: <bool> | refresh — Keep results from render to render
  freeze: <bool> | auto — Keep results until the source changes
  daemon: <bool> — Keep the kernel alive between renders
  debug: <bool> — Log what execution does
`;

const OF_FORMATS = `
  toc: <bool> — Table of contents
  toc-depth: <number> — Levels in it
  toc-location: body | left | right — Where it stands
  toc-title: <text> — Its title
  number-sections: <bool> — Number sections
  number-depth: <number> — Levels that are numbered
  number-offset: <number> — Number before the first section
  code-fold: <bool> | show — Let readers fold code
  code-summary: <text> — Words of the fold
  code-tools: <bool> — Menu for the source
  code-overflow: scroll | wrap — What long lines of code do
  code-line-numbers: <bool> — Number lines of code
  code-copy: <bool> | hover — Button that copies code
  code-annotations: below | hover | select | false — How annotations are shown
  theme: default | cosmo | flatly | darkly | journal | litera | lumen | lux | materia | minty | pulse | sandstone | simplex | sketchy | slate | solar | spacelab | superhero | united | vapor | yeti | zephyr — Look of the page
  css: <file> — Style sheet
  highlight-style: a11y | arrow | atom-one | ayu | breeze | github | gruvbox | monokai | nord | oblivion | printing | pygments | tango | zenburn — Colours of code
  html-math-method: katex | mathjax | mathml | webtex | gladtex | plain — How math is set
  embed-resources: <bool> — One file with all that it needs
  self-contained: <bool> — The same by its old name
  anchor-sections: <bool> — Links at headings
  smooth-scroll: <bool> — Scroll gently
  page-layout: article | full | custom — Columns of the page
  citations-hover: <bool> — Show citations under the pointer
  footnotes-hover: <bool> — Show footnotes under the pointer
  crossrefs-hover: <bool> — Show targets of cross-references under the pointer
  link-external-newwindow: <bool> — Open links elsewhere
  fig-width: <inches> — Width of figures
  fig-height: <inches> — Height of figures
  fig-align: default | left | center | right — Where figures stand
  fig-cap-location: top | bottom | margin — Where their captions stand
  fig-format: retina | png | jpeg | svg | pdf — Format of pictures
  fig-dpi: <number> — Dots per inch of pictures
  tbl-cap-location: top | bottom | margin — Where captions of tables stand
  lightbox: <bool> | auto — Enlarge images upon a click
  grid: — Widths of columns
    sidebar-width: <length>
    body-width: <length>
    margin-width: <length>
  include-in-header: <file> — Text for the head of the page
  include-before-body: <file> — Text before the body
  include-after-body: <file> — Text behind the body
  template-partials: <list> — Parts of Pandoc's template
  filters: <list> — Filters of Pandoc
  reference-location: block | section | margin | document — Where footnotes stand
  citation-location: document | margin — Where citations stand
`;

const PDF = `
    documentclass: article | report | book | scrartcl | scrreprt | scrbook | memoir — Class of the document
    classoption: <list> — Options of the class
    papersize: a4 | a5 | letter | executive — Size of paper
    geometry: <list> — Margins
    fontsize: 10pt | 11pt | 12pt — Size of type
    mainfont: <font> — Font of the text
    sansfont: <font> — Font without serifs
    monofont: <font> — Font of code
    mathfont: <font> — Font of math
    linestretch: <number> — Distance of lines
    colorlinks: <bool> — Colour links
    pdf-engine: lualatex | xelatex | pdflatex | tectonic | latexmk — TeX that sets it
    cite-method: citeproc | natbib | biblatex — Who sets citations
    keep-tex: <bool> — Keep the TeX
    top-level-division: default | section | chapter | part — What a heading of level 1 is
    include-in-header: <file> — Text for the preamble
`;

const formats = ['html', 'pdf', 'docx', 'epub', 'typst', 'revealjs', 'gfm', 'titlepage-pdf']
  .map(name => `  ${name}:\n${indent(OF_FORMATS, 2)}${name.includes('pdf') ? PDF : ''}`)
  .join('\n');

const AFFILIATION = `
      name: <text> — Name of the institution
      id: <text> — By which authors name it
      department: <text> — Department
      group: <text> — Group within it
      address: <text> — Street
      city: <text> — City
      region: <text> — Region or state
      country: <text> — Country
      postal-code: <text> — Postal code
      url: <address> — Its page
      ror: <address> — Its identifier in the registry of research organisations
`;

const AUTHOR = `
  name: <text> — The whole name
    given: <text> — Given name
    family: <text> — Family name
    literal: <text> — The name as it reads
    dropping-particle: <text> — As "von", left out where names are sorted
    non-dropping-particle: <text> — As "van", kept where names are sorted
  affiliation: <text> — Institution, or a list of them
${AFFILIATION}
  affiliations: <text> — The same
${AFFILIATION}
  email: <address> — Address of mail
  orcid: <number> — Identifier of the author: 0000-0002-1825-0097
  url: <address> — Page of the author
  phone: <number> — Number of a telephone
  degrees: <list> — Degrees
  roles: <list> — What the author did, as in CRediT
  corresponding: <bool> — Whom to write to
  equal-contributor: <bool> — Did as much as others with this mark
  deceased: <bool> — Has died
  note: <text> — Note to the author
  acknowledgements: <text> — Thanks
`;

const COMMON = `
title: <text> — Title of the chapter
subtitle: <text> — Line below the title
author: <text> — Author, or a list of authors
${AUTHOR}
affiliations: — Institutions that authors name by their ids
${indent(AFFILIATION, -4)}
date: today | now | last-modified — Date of the text
date-format: iso | full | long | medium | short — How dates read
abstract: <text> — What it is about
description: <text> — What it is about, for listings and search
keywords: <list> — Words for search
categories: <list> — Categories for listings
image: <file> — Picture for listings and links
lang: en | en-GB | de | fr | es | it | pt | nl | ja | zh — Language of the text
draft: <bool> — Leave it out of the rendered site
order: <number> — Place in a listing
aliases: <list> — Former addresses
engine: jupyter | knitr | markdown | julia — What runs cells
jupyter: python3 — Kernel that runs cells
bibliography: <file> — Files of references
csl: <file> — Style of citations
citation: <bool> — How to cite this text
nocite: <keys> — References that nobody cites
link-citations: <bool> — Link citations to references
suppress-bibliography: <bool> — Leave the list of references out
reference-section-title: <text> — Title of the list of references
format: html | pdf | docx | epub | typst | revealjs | gfm — What is rendered
${formats}
execute: — How cells run
${EXECUTE}
crossref: — How cross-references read
  chapters: <bool> — Number by chapters
  fig-title: <text> — Word before numbers of figures
  tbl-title: <text> — Word before numbers of tables
  lst-title: <text> — Word before numbers of listings
  eq-prefix: <text> — Word in references to equations
  fig-prefix: <text> — Word in references to figures
  tbl-prefix: <text> — Word in references to tables
  sec-prefix: <text> — Word in references to sections
  ref-hyperlink: <bool> — Link references
  labels: arabic | roman i | roman I | alpha a | alpha A — How numbers read
  custom: <list> — Kinds of one's own
shortcodes: <list> — Files with shortcodes
filters: <list> — Filters of Pandoc
params: — Parameters of the text
metadata-files: <list> — Files with more of these keys
editor: visual | source — Editor that opens it
number-sections: <bool> — Number sections
toc: <bool> — Table of contents
toc-depth: <number> — Levels in it
code-fold: <bool> | show — Let readers fold code
fig-cap-location: top | bottom | margin — Where captions of figures stand
tbl-cap-location: top | bottom | margin — Where captions of tables stand
reference-location: block | section | margin | document — Where footnotes stand
title-block-banner: <bool> — Banner behind the title
callout-appearance: default | simple | minimal — Look of callouts
callout-icon: <bool> — Icons of callouts
lightbox: <bool> | auto — Enlarge images upon a click
listing: — List of documents
  contents: <files> — What it lists
  type: default | table | grid | custom — How it looks
  sort: <text> — Order
  fields: <list> — What it shows of each
`;

/** The YAML at the top of a chapter, and `_metadata.yml`. */
export const FRONT_MATTER = readSchema(COMMON);

/** Moves a table to the right; to the left by a negative number. */
function indent(table: string, by: number): string {
  return by < 0 ? table.replaceAll(new RegExp(`^ {${-by}}`, 'gm'), '') : table.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
