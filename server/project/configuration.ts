/**
 * What a Quarto project and its folders say to a chapter: `_quarto.yml` with its metadata files, its active profiles and
 * `_quarto.yml.local`, and the `_metadata.yml` of folders, merged as Quarto merges them; `.reckoner.yml` counts as what the
 * project says under `reckoner`.
 */
import type { InheritedMetadata, Metadata } from '../chapter/model';
import { readYaml } from '../chapter/yaml';
import { CONFIGURATION_KEY } from '../diagnostics/configuration';
import { type FileAccess, FileError } from '../files/access';
import { dirname, join, relative, sep } from '../files/path';
import { isInside } from '../files/paths';
import { configurationIn, projectRoot } from '../files/roots';
import { lockedValues } from './lock';

/** Nobody writes more than that by hand. */
export const LARGEST_CONFIGURATION = 1_000_000;

/** The files that were looked for, with the text found; undefined for one that is not there or cannot be read. */
export type FilesRead = Map<string, string | undefined>;

export interface ProjectConfiguration {
  readonly root: string;
  /** The configuration file; undefined for a folder that is no project. */
  readonly path: string | undefined;
  /** `.reckoner.yml`, of the project's folder or the nearest one above it; undefined where there is none. */
  readonly own: string | undefined;
  /** The names of the profiles that are active. */
  readonly profiles: readonly string[];
  /** Empty where there is no configuration, or one that is not YAML. */
  readonly metadata: Metadata;
  readonly error: { readonly message: string } | undefined;
}

interface Parsed {
  readonly text: string;
  readonly metadata: Metadata;
  readonly error: { readonly message: string } | undefined;
}

/** By path: the text that was read last, and what it says. */
const known = new Map<string, Parsed>();

/** The configuration of the project in a folder. */
export function configurationOf(
  root: string,
  files: FileAccess,
  filesRead: FilesRead = new Map(),
): ProjectConfiguration {
  const own = ownConfiguration(root, files, filesRead);
  const said = own === undefined ? {} : { [CONFIGURATION_KEY]: readMetadata(own, files, filesRead).metadata };
  const { metadata, ...project } = quartoConfiguration(root, files, filesRead);
  return { ...project, own, metadata: own === undefined ? metadata : mergedMetadata(metadata, said) };
}

/** The name of the file that is ours. */
export const CONFIGURATION_FILE = '.reckoner.yml';

/** The file that is ours, in a folder or the nearest one above it in the workspace. */
function ownConfiguration(root: string, files: FileAccess, filesRead: FilesRead): string | undefined {
  for (let at = root; isInside(at, files.root); at = dirname(at)) {
    const path = join(at, CONFIGURATION_FILE);
    if (files.isThere(path)) return path;
    filesRead.set(path, undefined);
    if (dirname(at) === at) break;
  }
  return undefined;
}

function quartoConfiguration(root: string, files: FileAccess, filesRead: FilesRead): Omit<ProjectConfiguration, 'own'> {
  const path = configurationIn(root, files);
  if (path === undefined) {
    for (const name of ['_quarto.yml', '_quarto.yaml']) filesRead.set(join(root, name), undefined);
    return { root, path, profiles: profilesIn(files.profiles), metadata: {}, error: undefined };
  }
  const { metadata: own, error } = readMetadata(path, files, filesRead);
  let metadata = own;
  for (const name of [...namesIn(own['metadata-file']), ...namesIn(own['metadata-files'])])
    metadata = mergedMetadata(metadata, readMetadata(join(root, name), files, filesRead).metadata);
  const local = firstOf(inEachEnding(root, '_quarto', '.local'), files, filesRead);
  const profiles = activeProfiles(own, chosenProfiles(root, local, files, filesRead));
  // Of two profiles the one that is named first counts more.
  for (const name of profiles.toReversed())
    metadata = mergedMetadata(metadata, firstOf(inEachEnding(root, `_quarto-${name}`), files, filesRead));
  return { root, path, profiles, metadata: mergedMetadata(metadata, local), error };
}

function inEachEnding(root: string, name: string, behind = ''): readonly string[] {
  return ['yml', 'yaml'].map(end => join(root, `${name}.${end}${behind}`));
}

/**
 * The profiles that the author chose for this machine: in the environment, in the project's files of environment variables,
 * or in its local configuration.
 */
function chosenProfiles(
  root: string,
  { profile }: Metadata,
  files: FileAccess,
  filesRead: FilesRead,
): readonly string[] {
  const own = profilesIn(files.profiles);
  if (own.length > 0) return own;
  for (const name of ['_environment.local', '_environment']) {
    const path = join(root, name);
    const text = files.isThere(path) ? readText(path, files, filesRead) : undefined;
    if (text === undefined) filesRead.set(path, undefined);
    const [, ...values] = (typeof text === 'string' && QUARTO_PROFILE.exec(text)) || [];
    const named = profilesIn(values.find(value => value !== undefined));
    if (named.length > 0) return named;
  }
  return isMapping(profile) ? namesIn(profile.default).flatMap(profilesIn) : [];
}

/** The line of a file of environment variables that chooses profiles: its value in quotes or as it is. */
const QUARTO_PROFILE = /^[ \t]*(?:export[ \t]+)?QUARTO_PROFILE[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^#\n]*))/m;

function profilesIn(names: string | undefined): readonly string[] {
  return names?.split(/[\s,]+/).filter(name => name !== '') ?? [];
}

/** The profiles that are active: those that the author chose, else the default ones, and the first of each group that has none of them. */
function activeProfiles({ profile }: Metadata, chosen: readonly string[]): readonly string[] {
  const { default: usual, group } = isMapping(profile) ? profile : {};
  const groups = Array.isArray(group) ? (group.every(Array.isArray) ? group : [group]) : [];
  const named = chosen.length > 0 ? chosen : namesIn(usual).flatMap(profilesIn);
  const first = groups.flatMap(one => {
    const names = namesIn(one);
    return names.some(name => named.includes(name)) ? [] : names.slice(0, 1);
  });
  return [...named, ...first];
}

/** The working directory of a chapter's cells: its own folder, or that of its project with `execute-dir: project`. */
export function workingFolder(path: string, files: FileAccess, filesRead: FilesRead = new Map()): string {
  const root = projectRoot(path, files);
  const { metadata, path: configuration } = configurationOf(root, files, filesRead);
  const { 'execute-dir': chosen } = (metadata.project ?? {}) as { readonly 'execute-dir'?: unknown };
  return configuration !== undefined && chosen === 'project' ? root : dirname(path);
}

/**
 * What a chapter inherits from its project and from the folders between the two, and the words of the file that `language` of
 * its front matter names.
 */
export function inheritedMetadata(
  path: string,
  files: FileAccess,
  filesRead: FilesRead = new Map(),
  frontMatter?: Metadata,
): InheritedMetadata {
  const root = projectRoot(path, files);
  const { metadata, own, profiles } = configurationOf(root, files, filesRead);
  const words = firstOf([join(root, '_language.yml')], files, filesRead);
  const named = withLanguageFile(metadata, root, files, filesRead);
  const project = Object.keys(words).length === 0 ? named : mergedMetadata({ language: words }, named);
  const folders = folderMetadata(path, files, filesRead).map(({ folder, metadata: said }) =>
    withLanguageFile(said, folder, files, filesRead),
  );
  const locked = lockedValues(path, own === undefined ? root : dirname(own), files, filesRead);
  const file = frontMatter?.language;
  const header = [
    includedIn(metadata, root, files, filesRead),
    ...folderMetadata(path, files, filesRead).map(({ folder, metadata: said }) =>
      includedIn(said, folder, files, filesRead),
    ),
    includedIn(frontMatter ?? {}, dirname(path), files, filesRead),
  ].join('');
  return {
    project,
    folders: folders.reduce(mergedMetadata, {}),
    ...(profiles.length === 0 ? {} : { profiles }),
    ...(locked === undefined ? {} : { locked }),
    ...(typeof file === 'string' ? { words: firstOf([join(dirname(path), file)], files, filesRead) } : {}),
    ...(header === '' ? {} : { header }),
  };
}

/** What one level includes in the header of pages (`include-in-header`), as far as it gives MathJax macros. */
function includedIn(metadata: Metadata, folder: string, files: FileAccess, filesRead: FilesRead): string {
  const { format } = metadata;
  const said = [metadata, isMapping(format) ? format.html : undefined].flatMap(place =>
    isMapping(place) ? [place['include-in-header']].flat() : [],
  );
  const texts = said.map(one => {
    const { text, file } = isMapping(one) ? one : { file: one };
    if (typeof text === 'string') return text;
    return typeof file === 'string' && !file.includes('://')
      ? readText(join(folder, file), files, filesRead)
      : undefined;
  });
  return texts.filter(text => typeof text === 'string' && /\bmacros\b/i.test(text)).join('\n');
}

/** Metadata with the words of the file that `language` names, which lies in a folder. */
function withLanguageFile(metadata: Metadata, folder: string, files: FileAccess, filesRead: FilesRead): Metadata {
  const { language } = metadata;
  if (typeof language !== 'string') return metadata;
  return { ...metadata, language: firstOf([join(folder, language)], files, filesRead) };
}

/** What the folders from the project down to a chapter say, each by itself. */
export function folderMetadata(
  path: string,
  files: FileAccess,
  filesRead: FilesRead = new Map(),
): readonly { readonly folder: string; readonly metadata: Metadata }[] {
  return foldersOf(path, projectRoot(path, files)).map(folder => ({
    folder,
    metadata: firstOf([join(folder, '_metadata.yml'), join(folder, '_metadata.yaml')], files, filesRead),
  }));
}

/** The folders whose metadata count: for a chapter in the project's own folder that one, else those below it. */
function foldersOf(path: string, root: string): readonly string[] {
  const folder = dirname(path);
  if (!isInside(folder, root) || folder === root) return [folder];
  const folders: string[] = [];
  let at = root;
  for (const name of relative(root, folder).split(sep)) {
    at = join(at, name);
    folders.push(at);
  }
  return folders;
}

function firstOf(paths: readonly string[], files: FileAccess, filesRead: FilesRead): Metadata {
  const found = paths.find(path => {
    if (files.isThere(path)) return true;
    filesRead.set(path, undefined);
    return false;
  });
  return found === undefined ? {} : readMetadata(found, files, filesRead).metadata;
}

/** A text file of the workspace, or why it cannot be read. */
function readText(path: string, files: FileAccess, filesRead: FilesRead): string | FileError {
  try {
    const text = files.readText(path, LARGEST_CONFIGURATION).replace(/^\uFEFF/, '');
    filesRead.set(path, text);
    return text;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    filesRead.set(path, undefined);
    return error;
  }
}

export function readMetadata(path: string, files: FileAccess, filesRead: FilesRead): Parsed {
  const text = readText(path, files, filesRead);
  if (typeof text !== 'string') return { text: '', metadata: {}, error: { message: text.reason } };
  const cached = known.get(path);
  if (cached?.text === text) return cached;
  const { value, error } = readYaml(text);
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parsed = { text, metadata: isMapping ? (value as Metadata) : {}, error };
  known.set(path, parsed);
  return parsed;
}

/** One text, or a list of texts. */
export function namesIn(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string');
}

/** The second over the first: mappings key by key, lists one after the other without what is there already. */
function mergedMetadata(under: Metadata, over: Metadata): Metadata {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) merged[key] = mergedValue(under[key], value);
  return merged;
}

function mergedValue(under: unknown, over: unknown): unknown {
  if (Array.isArray(under) && Array.isArray(over)) return [...new Set([...under, ...over])];
  if (isMapping(under) && isMapping(over)) return mergedMetadata(under, over);
  return over === undefined ? under : over;
}

function isMapping(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why the configuration of a project cannot be read. */
export function problemWithProject(root: string, files: FileAccess): FileError | undefined {
  const path = configurationIn(root, files);
  return path === undefined ? undefined : files.problemWith(path, LARGEST_CONFIGURATION);
}
