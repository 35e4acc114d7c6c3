/** What the sentences of a chapter say around the references to a name: a number that is typed among the same words is of the same. */
import type { RefGroup } from '../../chapter/model';
import { commonEnds } from '../../evaluation/commonEnds';
import { lastOf } from '../../evaluation/symbols/symbol';
import { NO_UNIT, PERCENT_OF_SHARE, singular, type Unit, unitNamed } from './numbers';
import { wordsOf } from './subject';

export interface Mention {
  /** Words around the reference that say what it is of, in the singular. */
  readonly words: ReadonlySet<string>;
  /** The word right behind it. */
  readonly noun: string | undefined;
  /** And the unit, or `$` before it. */
  readonly unit: Unit | undefined;
  /** True in a table, whose head may say the unit. */
  readonly isInTable: boolean;
  /** The same for what says the same. */
  readonly key: string;
}

const NAME = /^(?:\w+\()?(?:f["']\{)?([A-Za-z_]\w*(?:\.\w+|\[(?:"\w+"|'\w+')\])*)/;

/** The name that the expression of a reference shows first, with the keys of its items in double quotes: `share` of `f"{share:.0%}"`. */
export function shownName(expr: string): string | undefined {
  return NAME.exec(expr.trim())?.[1]?.replaceAll("'", '"');
}

/** So far around a reference its sentence is looked at. */
const AROUND = 160;

type GroupMentions = readonly (readonly [path: string, Mention])[];

let versions = 0;

/** The mentions of all names of one version of a chapter. */
export class Mentions {
  /** Counts up: that of each version is another. */
  readonly version = ++versions;
  /** The version that `changed` compares with; undefined for the first. */
  readonly before: number | undefined;
  /** The last words of all names of which something else may be said than in the version before. */
  readonly changed: ReadonlySet<string>;
  readonly #groups: readonly GroupMentions[];
  /** By paths as references write them. */
  readonly #byPath = new Map<string, Mention[]>();
  /** By last words, the paths of attributes. */
  readonly #attributes = new Map<string, string[]>();
  readonly #found = new Map<string, readonly Mention[]>();

  constructor(groups: readonly RefGroup[], before: Mentions | undefined) {
    this.#groups = groups.map(mentionsOf);
    this.before = before?.version;
    this.changed = before === undefined ? new Set() : changedBetween(before.#groups, this.#groups);
    for (const group of this.#groups) for (const [path, mention] of group) this.#add(path, mention);
  }

  #add(path: string, mention: Mention): void {
    const known = this.#byPath.get(path);
    if (known !== undefined) {
      known.push(mention);
      return;
    }
    this.#byPath.set(path, [mention]);
    const last = lastOf(path);
    if (last === path) return;
    const attributes = this.#attributes.get(last);
    if (attributes === undefined) this.#attributes.set(last, [path]);
    else attributes.push(path);
  }

  /** What is said of a name: under its path, and by the bridge that is called like its attribute; `A.x` and `B.x` are two. */
  of(path: string): readonly Mention[] {
    let found = this.#found.get(path);
    if (found === undefined) {
      found = this.#read(path);
      this.#found.set(path, found);
    }
    return found;
  }

  #read(path: string): readonly Mention[] {
    const last = lastOf(path);
    const own = this.#byPath.get(path) ?? NONE;
    const bridged = last === path ? NONE : (this.#byPath.get(last) ?? NONE);
    const attributes = this.#attributes.get(last) ?? [];
    const isOne = attributes.length === 1 && (last === path || own.length === 0);
    const others = isOne ? this.#byPath.get(attributes[0]!)! : NONE;
    if (bridged.length === 0 && others.length === 0) return own;
    return [...own, ...bridged, ...others];
  }
}

const NONE: readonly Mention[] = [];

/** The last words of the names of which something else is said. */
function changedBetween(old: readonly GroupMentions[], now: readonly GroupMentions[]): ReadonlySet<string> {
  const { head, tail } = commonEnds(old, now, (one, other) => one === other);
  const before = saidIn(old.slice(head, old.length - tail));
  const after = saidIn(now.slice(head, now.length - tail));
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(paths.filter(path => before.get(path) !== after.get(path)).map(lastOf));
}

/** By path, what is said of it as one text. */
function saidIn(groups: readonly GroupMentions[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const [path, { key }] of groups.flat()) said.set(path, `${said.get(path) ?? ''}${key}\n`);
  return said;
}

const byBlock = new WeakMap<object, GroupMentions>();

function mentionsOf(group: RefGroup): GroupMentions {
  const { content, text } = group.block;
  let found = byBlock.get(content);
  if (found === undefined) {
    found = Array.from({ length: group.count }, (_, at): readonly [string, Mention][] => {
      const path = shownName(group.expr(at));
      if (path === undefined) return [];
      const { start, end } = group.rangeInText(at);
      return [[path, mention(text, start, end, SHARE.test(group.expr(at)))]];
    }).flat();
    byBlock.set(content, found);
  }
  return found;
}

/** `f"{share:.0%}"` */
const SHARE = /%\}["']$/;

function mention(text: string, start: number, end: number, isShare: boolean): Mention {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const behind = text.slice(end, end + AROUND);
  const row = /\n?\|[^\n]*$/.test(before);
  const [lead, tail] = row
    ? [before.slice(before.lastIndexOf('\n') + 1), behind.split('\n', 1)[0]!]
    : [
        before.split(/[.!?]\s|\n\s*\n|\n\s*[-*\d]+\.?\s/).at(-1)!,
        behind.split(/[.!?](?:\s|$)|\n\s*\n|\n\s*[-*\d]+\.?\s/, 1)[0]!,
      ];
  const plain = (part: string) => part.replaceAll(/`[^`]*`?|\{[^{}]*\}|\$[^$]*\$|\[?@[\w:-]+\]?|\[\^[^\]]*\]/g, ' ');
  const noun = /^[\s-](?:(?:thousand|[mbtr]+illion)\s)?([a-z]{3,})\b/.exec(behind)?.[1];
  const words = contentWords(wordsOf(`${plain(lead)} ${plain(tail)}`));
  const written = UNIT.exec(behind)?.[1]?.replace('\\', '').replace('²', '2').replace('³', '3');
  // The dollar before a formula is none.
  const isInMath = /(?<!\\)\$\s?$/.test(before) && /^[^$\n]*(?<!\\)\$(?![\d`])/.test(behind);
  const found =
    /[$€£]\s?$/.test(before) && !isInMath ? unitNamed('$') : written === undefined ? undefined : unitNamed(written);
  const unit = isShare
    ? PERCENT_OF_SHARE
    : found && { ...found, text: written !== undefined && found.text !== '$' ? written : found.text };
  const key = `${row ? '|' : ''}${noun ?? ''}:${unit?.text ?? ''}:${[...words].join(' ')}`;
  return { words, noun: noun === undefined ? undefined : singular(noun), unit, isInTable: row, key };
}

const UNIT =
  /^(?:\s|-|~|\u00a0|\\ )?(\\?%(?![\w/-])|°[CF](?!\w)|[A-Za-zµμ]+[²³](?:\/[a-z]+)?|[A-Za-zµμ]+(?:\/[A-Za-z]+)?(?![\w/²³-]))/;

/** Words that any sentence may have. */
const COMMON: ReadonlySet<string> = new Set(
  'that this with from into over under than then them they their there these those have has had was were will would could should can may might must one two three for the and but not are its it our your you all any each every more most less least much many some such only also about around nearly almost roughly just still even when while where which what who whose how out per time year month week day hour minute second number value total result thousand million billion trillion percent across after before between both does done during gives give make made need take taken get use used using per'.split(
    ' ',
  ),
);

/** Those of the words that say what a sentence is about, in the singular. */
export function contentWords(words: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of words) {
    const own = singular(word);
    if (own.length > 2 && !COMMON.has(own) && !COMMON.has(word) && !NO_UNIT.has(own) && !/\d/.test(own)) found.add(own);
  }
  return found;
}
