/** What a chapter embeds: cells of notebooks with the outputs that these keep, and cells of other chapters with what they show. */
import type { CellResult } from '../evaluation/analysis';
import { cellNode, codeOf } from './cells';
import { listingNodes, pythonBlock } from './code';
import type { Notebook, NotebookCell, NotebookOutput, PreviewContext } from './context';
import { embeddedIn } from './embedAddress';
import { type FactAnswer, type FactArgs, type FactName, FactReader } from './facts';
import { BlockFiller } from './fill';
import { element, foreign, type Html, plainText, text } from './hast';
import { inlineHast } from './inlines';
import { gridNodes, layoutFrom } from './layout';
import { htmlNodes, markdownNodes, outputNode, outputNodes, signOfPanel } from './outputs';
import { shortcodeChip } from './shortcodeChip';
import { anchorOf } from './text';

/** Pictures of a notebook that are larger are left out. */
const LARGEST_PICTURE = 1_500_000;

/** Longest text of a notebook that is read as running text. */
const MOST_INLINE = 20_000;

/** What an `embed` shortcode shows; a chip that says why where it shows nothing. */
export function embedNodes(args: readonly string[], filler: BlockFiller): Html[] {
  const [address = '', ...options] = args;
  const { file, cells: ids } = embeddedIn(address);
  const chip = (why: string): Html[] => [element('p', {}, [shortcodeChip('embed', args, why)])];
  const isEchoed = options.join('').replace(/\s/g, '').includes('echo=true');
  if (/\.(?:qmd|md)$/i.test(file)) {
    if (ids.length === 0) {
      const all = allNodes(file, isEchoed, filler);
      return typeof all === 'string' ? chip(all) : all;
    }
    const shown = ids.map(id => chapterNodes(file, id, isEchoed, filler));
    return shown.flatMap(nodes => (typeof nodes === 'string' ? chip(nodes) : nodes));
  }
  if (!file.toLowerCase().endsWith('.ipynb'))
    return chip('What other files than notebooks make is put in when the book is rendered.');
  const notebook = filler.facts.ask('notebook', file);
  if (notebook === undefined) return chip('Put in when the book is rendered.');
  if (typeof notebook === 'string') return chip(`${file}: ${notebook}.`);
  const found = ids.map(id => notebook.cells.find(cell => cell.names.includes(id)));
  const missing = ids.filter((_, at) => found[at] === undefined);
  if (missing.length > 0) return chip(`${file} has no cell ${missing.join(', ')}.`);
  const shown = ids.length === 0 ? notebook.cells : found.filter(cell => cell !== undefined);
  const nodes = shown.flatMap(cell => cellNodes(cell, isEchoed, notebook, filler));
  return nodes.length === 0 ? chip(`${file} keeps no output of it: run the notebook and save it.`) : nodes;
}

/** What a cell of another chapter shows, with its caption and the number that it has here; in words why it shows nothing. */
function chapterNodes(file: string, id: string, isEchoed: boolean, filler: BlockFiller): Html[] | string {
  const found = filler.facts.ask('embedded', file, id);
  if (typeof found === 'string') return `${file}: ${found}.`;
  const { isKnown, cell: result, figure } = found ?? { isKnown: true };
  if (!isKnown || (result?.pending === true && result.run === undefined)) return [running(file)];
  if (result?.cell.run !== true)
    return placeNodes(file, id, filler.facts) ?? `${file} has no Python cell ${id} that runs.`;
  const { fault } = result;
  const inner = new BlockFiller(new EmbeddedFacts(filler.facts, result, figure), filler.at ?? 0);
  const code = isEchoed ? codeOf(result, inner) : [];
  const output = outputNodes(result, 0, inner);
  const name = [text('Cell '), element('code', {}, [text(id)]), text(` of ${file}: `)];
  const words = fault && [element('strong', {}, [text(fault.type)]), text(`: ${fault.message}`)];
  const note = words && element('div', { className: 'reckoner-note', role: 'note' }, [...name, ...words]);
  const shown = [...code, ...output, ...(note === undefined ? [] : [note])];
  if (shown.length === 0) return `The cell ${id} of ${file} shows nothing.`;
  return [cellNode(result, shown)];
}

function running(file: string): Html {
  return element('div', { className: 'placeholder', ariaBusy: 'true' }, [text(`Running ${file}…`)]);
}

/** What all the cells of another chapter show that are to be seen there; in words why nothing is shown. */
function allNodes(file: string, isEchoed: boolean, filler: BlockFiller): Html[] | string {
  const count = filler.facts.ask('embeddedCount', file);
  if (typeof count === 'string') return `${file}: ${count}.`;
  if (count === undefined) return [running(file)];
  if (count === null) return 'What all the cells of a chapter show is put in when the book is rendered.';
  const keys = Array.from({ length: count }, (_, at) => `#${at}`);
  const shown = keys.flatMap(key => {
    const found = filler.facts.ask('embedded', file, key);
    const own = typeof found === 'object' ? found.cell?.cell : undefined;
    if (own?.run !== true || own.setting('include') === false || own.setting('output') === false) return [];
    const nodes = chapterNodes(file, key, isEchoed, filler);
    return typeof nodes === 'string' ? [] : nodes;
  });
  return shown.length === 0 ? `No cell of ${file} shows anything.` : shown;
}

/** Asks about the text of a chapter in which a cell of another one is shown, and of that cell for its figures alone. */
class EmbeddedFacts extends FactReader {
  readonly #around: FactReader;
  readonly #cell: CellResult;
  readonly #figure: PreviewContext['figure'];

  constructor(around: FactReader, cell: CellResult, figure: PreviewContext['figure']) {
    super(around.page, around.blocks);
    this.#around = around;
    this.#cell = cell;
    this.#figure = figure;
  }

  override cite(keys: readonly string[]): void {
    this.#around.cite(keys);
  }

  override ask<N extends FactName>(name: N, ...args: FactArgs<N>): FactAnswer<N> {
    if (name !== 'figure') return this.#around.ask(name, ...args);
    const [, , index, alt] = args as FactArgs<'figure'>;
    const figure = this.#cell.figures[index];
    return (figure && this.#figure?.(figure, alt)) as FactAnswer<N>;
  }
}

/** The place of what a cell of another chapter shows: what it is, with its caption and the number that it has here. */
function placeNodes(file: string, id: string, facts: FactReader): Html[] | undefined {
  const found = facts.ask('elsewhere', id);
  if (found?.href.split('#')[0] !== file.replace(/^\.\//, '')) return undefined;
  const { href, text: name, caption, chapter } = found;
  const where = chapter === undefined ? '' : ` of “${chapter}”`;
  const place = element('div', { className: 'placeholder' }, [
    foreign('a', { href }, [text(name)]),
    text(`${where}: put in when the book is rendered`),
  ]);
  const cap = caption === undefined ? undefined : { [id.startsWith('tbl-') ? 'tbl-cap' : 'fig-cap']: caption };
  return captioned([place], { names: [id], options: cap ?? {} }, facts);
}

function cellNodes(cell: NotebookCell, isEchoed: boolean, { language }: Notebook, filler: BlockFiller): Html[] {
  if (cell.kind === 'markdown') return markdownNodes(cell.source, filler);
  const { source, outputs } = cell;
  const code = !isEchoed || source === '' ? [] : [language === 'python' ? pythonBlock(source) : outputNode(source)];
  const inner = panelNodes(cell) ?? outputs.flatMap(output => keptNodes(output, cell, filler));
  return [...code, ...(inner.length === 0 ? [] : captioned(inner, cell, filler.facts))];
}

/** Several pictures of a cell that arranges them or gives each a caption. */
function panelNodes(cell: NotebookCell): Html[] | undefined {
  const { options, outputs, names } = cell;
  const pictures = outputs.filter(({ kind }) => kind === 'picture');
  const layout = layoutFrom(options['layout-ncol'], options['layout-nrow'], options.layout);
  const captions = listOf(options['fig-subcap']);
  if (pictures.length < 2 || pictures.length < outputs.length || (layout === undefined && captions === undefined))
    return undefined;
  const isLabelled = names.some(name => name.startsWith('fig-'));
  const panels = pictures.map((output, nth) => {
    const own = captions?.[nth];
    const sign = isLabelled ? signOfPanel(nth) : [];
    const below = own === undefined ? [] : [foreign('figcaption', {}, [...sign, ...plainInline(own)])];
    return [foreign('figure', {}, [pictureNode(output as Picture, cell, nth), ...below])];
  });
  return gridNodes(panels, layout ?? { form: 'columns', count: 1 });
}

type Picture = Extract<NotebookOutput, { kind: 'picture' }>;

/** An option as text, or as one for each output. */
function textOf(option: unknown): string | undefined {
  return typeof option === 'string' || typeof option === 'number' ? String(option).trim() : undefined;
}

function listOf(option: unknown): readonly string[] | undefined {
  return Array.isArray(option) ? option.map(String) : undefined;
}

/** Outputs with the caption and the number that the cell gives them. */
function captioned(
  inner: readonly Html[],
  { names, options }: Pick<NotebookCell, 'names' | 'options'>,
  facts: FactReader,
): Html[] {
  const label = names.find(name => /^(?:fig|tbl)-/.test(name));
  const caption = textOf(options[label?.startsWith('tbl-') === true ? 'tbl-cap' : 'fig-cap'] ?? options['tbl-cap']);
  if (label === undefined && caption === undefined) return [...inner];
  const title = label === undefined ? undefined : facts.ask('target', label)?.title;
  const number = title ? [element('span', { className: 'reckoner-label' }, [text(caption ? `${title}:` : title)])] : [];
  const words = caption === undefined ? [] : [text(' '), ...plainInline(caption)];
  const below = number.length + words.length === 0 ? [] : [foreign('figcaption', {}, [...number, ...words])];
  const own = label === undefined ? {} : { id: anchorOf(label) };
  return [foreign('figure', own, label?.startsWith('tbl-') === true ? [...below, ...inner] : [...inner, ...below])];
}

/** A caption of the notebook, whose citations and cross-references are not those of the chapter. */
function plainInline(markdown: string): Html[] {
  const nodes = inlineHast(markdown.slice(0, MOST_INLINE));
  return nodes.some(node => node.type === 'slot') ? [text(plainText(nodes))] : nodes;
}

function keptNodes(output: NotebookOutput, cell: NotebookCell, filler: BlockFiller): Html[] {
  switch (output.kind) {
    case 'text':
      return output.text.trim() === '' ? [] : [outputNode(output.text.replace(/\n$/, ''))];
    case 'warning':
    case 'error':
      return [
        element('div', { className: ['reckoner-note', 'reckoner-warning'], role: 'note' }, listingNodes(output.text)),
      ];
    case 'html':
      return htmlNodes(output.text);
    case 'markdown':
      return markdownNodes(output.text, filler);
    case 'latex':
      return output.text.length > MOST_INLINE ? [outputNode(output.text)] : filler.fill(inlineHast(output.text));
    case 'picture':
      return [pictureNode(output, cell)];
  }
}

function pictureNode({ address, width }: Picture, { options }: NotebookCell, nth = 0): Html {
  if (address.length > LARGEST_PICTURE)
    return element('span', { className: 'placeholder' }, [
      text('This picture of the notebook is too large for the preview.'),
    ]);
  const alts = listOf(options['fig-alt']);
  const alt = alts?.[nth] ?? textOf(options['fig-alt']) ?? textOf(options['fig-cap']) ?? 'Output of a cell';
  return {
    ...element('img', { src: address, width }),
    properties: { src: address, alt, ...(width === undefined ? {} : { width }) },
  };
}
