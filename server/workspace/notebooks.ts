/** Notebooks of Jupyter, as the workspace has them: their cells, with the outputs that they keep. */
import { isMetadata } from '../chapter/execution';
import type { Metadata } from '../chapter/model';
import { readYaml } from '../chapter/yaml';
import { type FileAccess, FileError } from '../files/access';
import { namedFile } from '../files/roots';
import type { Notebook, NotebookCell, NotebookOutput } from '../preview';
import { decoded } from './images';
import { ReadFiles } from './readFiles';
import type { ChapterPlace } from './tikzHeader';

const LARGEST_NOTEBOOK = 16_000_000;

/** Those that were read last. */
const known = new ReadFiles<Notebook | string>(20);

/** A notebook by its name in a chapter: relative to it, or to the project where it begins with a slash. Else why it cannot be read. */
export function notebookOf(name: string, { path, files }: ChapterPlace): Notebook | string {
  const file = namedFile(decoded(name) ?? name, path, files);
  try {
    return known.of(file, files, () => parsed(files.readText(file, LARGEST_NOTEBOOK)));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.reason;
  }
}

/** True where a notebook that was read is another one by now; for whoever is not told of changes. */
export function haveNotebooksChanged(filesOf: (path: string) => FileAccess): boolean {
  return known.forgetChanged(filesOf);
}

function parsed(text: string): Notebook | string {
  try {
    return read(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'is no notebook';
  }
}

function read(data: unknown): Notebook | string {
  if (!isMetadata(data) || !Array.isArray(data.cells)) return 'is no notebook';
  const { metadata } = data;
  const kernel = isMetadata(metadata) && isMetadata(metadata.kernelspec) ? metadata.kernelspec : {};
  return { language: String(kernel.language ?? 'python').toLowerCase(), cells: data.cells.flatMap(cellOf) };
}

/** A text that may be cut into lines. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter(line => typeof line === 'string').join('');
  return typeof value === 'string' ? value : '';
}

/** The options of lines that begin with `#|`; where these are no YAML, those that have a line. */
function optionsOf(lines: readonly string[]): Metadata {
  const plain = lines.map(line => line.slice(2).replace(/^ /, ''));
  const { value } = readYaml(plain.join('\n'));
  if (isMetadata(value)) return value;
  return Object.fromEntries(
    plain.flatMap(line => {
      const found = /^([\w-]+):(.*)$/.exec(line);
      return found === null ? [] : [[found[1]!, found[2]!.trim()] as const];
    }),
  );
}

function cellOf(cell: unknown): NotebookCell[] {
  if (!isMetadata(cell)) return [];
  const { cell_type: type, id, metadata, outputs } = cell;
  if (type !== 'code' && type !== 'markdown') return [];
  const lines = textOf(cell.source).split('\n');
  const count = type === 'code' ? lines.findIndex(line => !line.startsWith('#|')) : 0;
  const head = lines.slice(0, count < 0 ? lines.length : count);
  const options = optionsOf(head);
  const tags = isMetadata(metadata) && Array.isArray(metadata.tags) ? metadata.tags : [];
  const names = [id, options.label, ...tags].filter(name => typeof name === 'string');
  return [
    {
      kind: type,
      names,
      options,
      source: lines.slice(head.length).join('\n').trim(),
      outputs: Array.isArray(outputs) ? outputs.flatMap(outputOf) : [],
    },
  ];
}

/** Colours of a terminal. */
const ESCAPES = /\u001b\[[\d;]*[A-Za-z]/g;

function outputOf(output: unknown): NotebookOutput[] {
  if (!isMetadata(output)) return [];
  const { output_type: type, name, data, metadata, traceback, ename, evalue } = output;
  switch (type) {
    case 'stream': {
      const text = textOf(output.text).replace(ESCAPES, '');
      return [{ kind: name === 'stderr' ? 'warning' : 'text', text }];
    }
    case 'error': {
      const lines = Array.isArray(traceback) && traceback.length > 0 ? traceback : [`${ename}: ${evalue}`];
      return [{ kind: 'error', text: lines.map(String).join('\n').replace(ESCAPES, '') }];
    }
    case 'display_data':
    case 'execute_result':
      return isMetadata(data) ? shown(data, isMetadata(metadata) ? metadata : {}) : [];
    default:
      return [];
  }
}

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** The richest form of what a cell displays. A page of scripts shows nothing here, and so a picture of it comes first. */
function shown(data: Metadata, metadata: Metadata): NotebookOutput[] {
  const html = textOf(data['text/html']);
  const picture = pictureOf(data, metadata);
  if (html !== '' && !(picture !== undefined && /<(?:script|iframe)\b/i.test(html)))
    return [{ kind: 'html', text: html }];
  const markdown = textOf(data['text/markdown']);
  if (markdown !== '') return [{ kind: 'markdown', text: markdown }];
  if (picture !== undefined) return [picture];
  const latex = textOf(data['text/latex']);
  if (latex !== '') return [{ kind: 'latex', text: latex }];
  const plain = textOf(data['text/plain']);
  return plain === '' ? [] : [{ kind: 'text', text: plain.replace(ESCAPES, '') }];
}

function pictureOf(data: Metadata, metadata: Metadata): NotebookOutput | undefined {
  const svg = textOf(data['image/svg+xml']);
  if (svg !== '')
    return { kind: 'picture', address: `data:image/svg+xml,${encodeURIComponent(svg)}`, width: undefined };
  for (const type of PICTURES) {
    const bytes = textOf(data[type]).replace(/\s/g, '');
    if (bytes === '' || !/^[A-Za-z\d+/]+={0,2}$/.test(bytes)) continue;
    const own = metadata[type];
    const width = isMetadata(own) && typeof own.width === 'number' ? own.width : undefined;
    return { kind: 'picture', address: `data:${type};base64,${bytes}`, width };
  }
  return undefined;
}
