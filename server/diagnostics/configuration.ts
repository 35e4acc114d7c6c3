/**
 * What an author says about the rules beside the editor's settings: in `.reckoner.yml`, and under `reckoner` in the metadata of a
 * project, a folder or a chapter.
 */
import { isMetadata } from '../chapter/execution';
import type { Chapter, FrontMatter, Metadata, OffsetRange } from '../chapter/model';
import { readYamlTree, type YamlEntry, type YamlNode } from '../chapter/yaml';
import { FAIL_ON, type FailOn, type Fix, type RuleLevel, SEVERITIES } from './finding';
import { replacement } from './fixes';
import { orList, similarNames } from './similar';

export const RULE_LEVELS: readonly RuleLevel[] = ['off', ...SEVERITIES.toReversed()];

/** The key of the metadata that is ours. */
export const CONFIGURATION_KEY = 'reckoner';

export type RuleLevels = Readonly<Record<string, RuleLevel>>;

/** What a project says; what it leaves out, or says in another shape, is missing. */
export interface Configuration {
  readonly rules: RuleLevels;
  /** Functions that count as guards. */
  readonly guards: readonly string[];
  /** Patterns of chapters that are not checked, relative to the folder of the configuration. */
  readonly exclude: readonly string[];
  /** Further folders in which packages are looked up, relative to the folder of the configuration. */
  readonly packageRoots: readonly string[];
  /** The file with the findings that are known, relative to the folder of the configuration. */
  readonly baseline: string | undefined;
  readonly failOn: FailOn | undefined;
}

/** What metadata say under `reckoner`. */
export function configurationIn(metadata: Metadata): Configuration {
  const own = metadata[CONFIGURATION_KEY];
  const { guards, exclude, baseline, 'fail-on': failOn, 'package-roots': roots } = isMetadata(own) ? own : {};
  return {
    rules: levelsIn(metadata),
    guards: textsIn(guards),
    exclude: textsIn(exclude).filter(isFairPattern),
    packageRoots: textsIn(roots),
    baseline: typeof baseline === 'string' ? baseline : undefined,
    failOn: FAIL_ON.find(one => one === failOn),
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

const NO_LEVELS: RuleLevels = {};

function levelsIn(metadata: Metadata): RuleLevels {
  const own = metadata[CONFIGURATION_KEY];
  if (!isMetadata(own) || !isMetadata(own.rules)) return NO_LEVELS;
  return Object.fromEntries(
    Object.entries(own.rules).filter((one): one is [string, RuleLevel] => RULE_LEVELS.includes(one[1] as RuleLevel)),
  );
}

/** The levels that count in a chapter: its front matter before its folders, these before its project, and all before the settings. */
export function levelsFor({ inherited, frontMatter }: Chapter, settings: RuleLevels): RuleLevels {
  const said = [inherited.project, inherited.folders, frontMatter?.data ?? {}].map(levelsIn);
  return said.every(one => one === NO_LEVELS) ? settings : Object.assign({}, settings, ...said);
}

/** Something in a configuration that says nothing to Reckoner. */
export interface ConfigurationProblem {
  readonly range: OffsetRange;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

/** What the front matter of a chapter says wrong; `codes` are those of the rules. */
export function frontMatterProblems(
  { data, text, textRange }: FrontMatter,
  codes: readonly string[],
): readonly ConfigurationProblem[] {
  if (data[CONFIGURATION_KEY] === undefined) return [];
  const own = entryOf(readYamlTree(text).root, CONFIGURATION_KEY);
  const by = textRange.start;
  const moved = <T extends OffsetRange>(one: T): T => ({ ...one, start: one.start + by, end: one.end + by });
  return problemsIn(own?.value, 'chapter', codes).map(({ range, message, fixes = [] }) => ({
    range: moved(range),
    message,
    fixes: fixes.map(fix => ({ ...fix, edits: fix.edits.map(moved) })),
  }));
}

export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.entries?.find(entry => entry.key === key);
}

interface Key {
  /** What its value is, for a message. */
  readonly shape: string;
  readonly fits: (value: YamlNode) => boolean;
  /** False where it also counts in a folder's metadata and in a chapter. */
  readonly ofProject: boolean;
}

/**
 * Most wildcards of a pattern that cross folders, and most within one name: what tells whether a path fits goes back and forth
 * between them, and who wrote the pattern is not always who opens the project.
 */
const MOST_CROSSING = 2;
const MOST_IN_NAME = 3;
const LONGEST_PATTERN = 500;

/** True for a pattern that is not too hard to match. */
function isFairPattern(pattern: string): boolean {
  const names = pattern.split('/');
  const crossing = names.filter(name => name.includes('**'));
  const wildcards = (name: string) => name.match(/\*+|\?/g)?.length ?? 0;
  // The library reads these as parts of a regular expression, with repetitions.
  if (pattern.length > LONGEST_PATTERN || /[()]|[\]}]\+/.test(pattern)) return false;
  return crossing.length <= MOST_CROSSING && names.every(name => wildcards(name) <= MOST_IN_NAME);
}

const isText = ({ scalar }: YamlNode): boolean => typeof scalar === 'string';
const isList = ({ items }: YamlNode): boolean => items?.every(isText) === true;

const KEYS: Readonly<Record<string, Key>> = {
  rules: {
    shape: 'a mapping from codes of rules to levels',
    fits: ({ entries }) => entries !== undefined,
    ofProject: false,
  },
  guards: { shape: 'a list of names of functions', fits: isList, ofProject: true },
  exclude: {
    shape: `a list of patterns, each with at most ${MOST_IN_NAME} wildcards in a name and ${MOST_CROSSING} names that are \`**\``,
    fits: value => isList(value) && value.items!.every(({ scalar }) => isFairPattern(scalar as string)),
    ofProject: true,
  },
  'package-roots': { shape: 'a list of folders', fits: isList, ofProject: true },
  baseline: { shape: 'the name of a file', fits: isText, ofProject: true },
  'fail-on': {
    shape: orList(FAIL_ON),
    fits: ({ scalar }) => FAIL_ON.some(one => one === scalar),
    ofProject: true,
  },
};

/** What is wrong in a configuration, in its order; `codes` are those of the rules. */
export function problemsIn(
  root: YamlNode | undefined,
  scope: 'project' | 'chapter',
  codes: readonly string[],
): readonly ConfigurationProblem[] {
  if (root === undefined) return [];
  if (root.entries === undefined)
    return [{ range: root.range, message: `This is no mapping; the settings are ${namesOf(Object.keys(KEYS))}.` }];
  return root.entries.flatMap(entry => {
    const key = Object.hasOwn(KEYS, entry.key) ? KEYS[entry.key] : undefined;
    if (key === undefined) return unknownName(entry, Object.keys(KEYS), `Reckoner has no setting \`${entry.key}\``);
    if (key.ofProject && scope === 'chapter')
      return {
        range: entry.keyRange,
        message: `\`${entry.key}\` counts in \`.reckoner.yml\` and \`_quarto.yml\` alone.`,
      };
    if (entry.value === undefined) return [];
    if (!key.fits(entry.value)) return { range: entry.value.range, message: `\`${entry.key}\` is ${key.shape}.` };
    return entry.key === 'rules' ? entry.value.entries!.flatMap(rule => levelProblem(rule, codes)) : [];
  });
}

function levelProblem(rule: YamlEntry, codes: readonly string[]): ConfigurationProblem | [] {
  if (!codes.includes(rule.key)) return unknownName(rule, codes, `No rule has the code \`${rule.key}\``);
  if (rule.value === undefined || RULE_LEVELS.some(level => level === rule.value?.scalar)) return [];
  return { range: rule.value.range, message: `The level of a rule is ${orList(RULE_LEVELS)}.` };
}

function unknownName({ key, keyRange }: YamlEntry, names: readonly string[], what: string): ConfigurationProblem {
  const near = similarNames(key, names);
  return {
    range: keyRange,
    message: `${what}${near.length === 0 ? '.' : `; did you mean ${orList(near)}?`}`,
    fixes: near.map((name, at) => ({
      title: `Change to \`${name}\``,
      ...(at === 0 ? { preferred: true } : {}),
      edits: [replacement(keyRange, name)],
    })),
  };
}

function namesOf(names: readonly string[]): string {
  return names.map(name => `\`${name}\``).join(', ');
}
