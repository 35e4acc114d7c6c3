/** Runs the table of rules over the versions of a chapter: after an edit, only the checks that it concerns. */
import type { Block, BlockKind, Chapter, FrontMatter } from '../chapter/model';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult, RefBlock } from '../evaluation/analysis';
import { LARGE_CELL } from '../evaluation/limits';
import { readAhead } from '../evaluation/readAhead';
import { usedPaths } from '../evaluation/usedPaths';
import { ChapterChecks, type PutOff } from './chapterChecks';
import { frontMatterProblems, levelsFor, type RuleLevels } from './configuration';
import { type RuleDraft, withConsequences } from './consequences';
import { DocumentChecks } from './document/checks';
import type { Finding, RuleLevel } from './finding';
import { Ignores } from './ignores';
import { Origins } from './origins';
import { type Line, linesIn, linesOf, placeOfAttribute } from './prose/lines';
import { MAY_HOLD } from './prose/literals';
import { type Nearby, type NearbyState, Neighbourhood, type NeighbourhoodMemory } from './prose/nearby';
import { type Dependency, Recorder } from './recording';
import { movedDraft, placesOf, plainDraft, shiftBy } from './relocatedDrafts';
import type { Draft, ProseBlock, Rule } from './rule';
import { RULES } from './rules';
import { invalidConfiguration } from './rules/invalid-configuration';
import { MAY_BE_REFERENCE } from './rules/malformed-reference';
import { unreadableFile } from './rules/unreadable-file';
import { unusedIgnore } from './rules/unused-ignore';
import { NO_SURROUNDINGS, type Surroundings } from './surroundings';
import { finding, ToldFindings } from './toldFindings';

export interface RuleOptions {
  /** Level by code, instead of the rule's own. An error that is set to `warning` has its consequences lowered as well. */
  readonly levels?: Readonly<Record<string, RuleLevel>>;
  /** What the owner of the files has to tell of those that the chapter names. */
  readonly unreadable?: readonly UnreadableFile[];
  /** What lies around the chapter; without it, nothing is reported of what stands elsewhere. */
  readonly surroundings?: Surroundings;
  /** Lists what is only the consequence of another finding as well. */
  readonly consequences?: boolean;
  /**
   * What is looked at at once; by default all. Of the rest, and of what an earlier version left, what was found before stands until
   * `RuleRunner.readOn` has looked at it.
   */
  readonly atOnce?: AtOnce;
}

/** How much the rules look at before findings are told. */
export interface AtOnce {
  /** So many blocks with new sentences are read, and so many whose values or surroundings are others. */
  readonly blocks: number;
  /** In a chapter of more cells, rules that can wait do. */
  readonly cells: number;
  /**
   * After so many milliseconds no more sentences are read; by default all that are due. One edit reaches few new sentences, but
   * its values or surroundings may be those of very many.
   */
  readonly milliseconds?: { readonly first: number; readonly again: number };
}

export const EVERYTHING: AtOnce = { blocks: Number.POSITIVE_INFINITY, cells: Number.POSITIVE_INFINITY };

/** A file that cannot be read, and where to tell it. */
export interface UnreadableFile {
  readonly range: OffsetRange;
  readonly message: string;
  /** Where it is no mistake of the author. */
  readonly severity?: 'info';
}

/** What the checks of one cell or block found when it started at `start`, and what they read. */
interface Kept {
  start: number;
  drafts: readonly RuleDraft[];
  readonly reads: ReadonlySet<Dependency>;
  /** What they were made from, beside the text: the run of a cell, the outcome of a block's references. */
  readonly run?: object | undefined;
  readonly status?: string;
}

/** What the checks of one block's sentences found when it started at `start`. */
interface KeptProse {
  start: number;
  drafts: readonly RuleDraft[];
  /** What the references gave. */
  readonly outcome: RefBlock['outcome'] | undefined;
  /** Rules that looked at nothing but the text: they find the same, whatever the references give. */
  readonly ofText: ReadonlySet<Rule>;
  /** By what the cells near the block were known, where a check asked for them. */
  readonly near: NearbyState | undefined;
}

/** The sentences of one block: what was found in them before, `kept` where that still holds, and what finds it anew. */
interface Sentences {
  readonly block: Block;
  readonly refs: RefBlock | undefined;
  readonly before: KeptProse | undefined;
  readonly kept: KeptProse | undefined;
  readonly check: () => KeptProse;
}

/** So long sentences are read in small steps before findings are told for the first time, in milliseconds. */
const LONGEST_READING = 2000;

/** Kinds of blocks that hold running text. */
const PROSE: ReadonlySet<BlockKind> = new Set([
  ...([
    'paragraph',
    'heading',
    'table',
    'caption',
    'list',
    'definitionList',
    'quote',
    'lineBlock',
    'footnote',
    'divOpen',
    'math',
    'cell',
  ] as const),
]);

const NO_RULES: ReadonlySet<Rule> = new Set();

/** Keeps what the rules found in the last version of one chapter. */
export class RuleRunner {
  readonly #rules: readonly Rule[];
  readonly #cells = new WeakMap<object, Kept>();
  readonly #blocks = new WeakMap<object, Kept>();
  readonly #prose = new WeakMap<object, KeptProse>();
  /** The contents of blocks whose sentences were put off and have not been read since. */
  readonly #unread = new WeakSet<object>();
  readonly #cellRules: readonly Rule[];
  readonly #blockRules: readonly Rule[];
  readonly #proseRules: readonly Rule[];
  readonly #document: DocumentChecks;
  readonly #chapter: ChapterChecks;
  #left: PutOff[] = [];
  #hasIgnores = false;
  #neighbours: NeighbourhoodMemory | undefined;
  readonly #told = new ToldFindings();
  readonly #origins: Origins;
  #configuration: { readonly frontMatter: FrontMatter; readonly problems: readonly Draft[] } | undefined;

  constructor(rules: readonly Rule[] = RULES) {
    this.#rules = rules;
    this.#cellRules = rules.filter(rule => rule.cell !== undefined);
    this.#blockRules = rules.filter(rule => rule.block !== undefined);
    this.#proseRules = rules.filter(rule => rule.prose !== undefined);
    this.#origins = new Origins(
      rules.flatMap(({ code, isOfSeveralValues }) => (isOfSeveralValues === true ? [code] : [])),
    );
    this.#document = new DocumentChecks(rules);
    this.#chapter = new ChapterChecks(rules);
  }

  /** Reads what the checks will ask of the text, in small steps: for the time in which the cells run elsewhere. */
  *readingAhead(chapter: Chapter): Generator<void, void> {
    for (const cell of chapter.cells) {
      if (!cell.run) continue;
      const program = readAhead(cell.source);
      if (program.issues.length === 0) for (const rule of this.#rules) rule.readAhead?.(cell, program);
      yield;
    }
    usedPaths(chapter);
    yield;
    const withRefs = new Set(chapter.refGroups.map(group => group.block.index));
    for (const block of chapter.blocks) {
      if (block.kind === 'cell' || !PROSE.has(block.kind)) continue;
      if (!withRefs.has(block.index) && !isWorthReading(block)) continue;
      chapter.tree(block);
      yield;
    }
    yield* this.#document.readingAhead(chapter);
  }

  /** Makes the checks that `run` asks for in small steps, so that it finds them made. Throws as `run` does. */
  *preparing(analysis: Analysis, options: Pick<RuleOptions, 'surroundings' | 'atOnce'> = {}): Generator<void, void> {
    const { cells, refBlocks, chapter } = analysis;
    for (const cell of cells) {
      if (this.#keptOfCell(cell) !== undefined) continue;
      this.#checkCell(cell);
      yield;
    }
    for (const block of refBlocks) {
      if (this.#keptOfBlock(block) !== undefined) continue;
      this.#checkBlock(block);
      yield;
    }
    yield* this.#document.preparing(chapter, options.surroundings ?? NO_SURROUNDINGS);
    const { cells: atOnce, blocks } = options.atOnce ?? EVERYTHING;
    yield* this.#chapter.preparing(analysis, atOnce);
    if (blocks === Number.POSITIVE_INFINITY) yield* this.#readingProse(analysis);
  }

  /** All findings in document order. Throws `DetailsMissing` where a rule needs details of a run that are not there yet. */
  run(analysis: Analysis, options: RuleOptions = {}): readonly Finding[] {
    const drafts: RuleDraft[] = [];
    for (const cell of analysis.cells) this.#addCell(cell, drafts);
    for (const block of analysis.refBlocks) this.#addBlock(block, drafts);
    this.#left = [];
    const { atOnce = EVERYTHING } = options;
    if (this.#proseRules.length > 0) this.#addProse(analysis, drafts, atOnce);
    drafts.push(...this.#document.run(analysis.chapter, options.surroundings ?? NO_SURROUNDINGS));
    const ofChapter = this.#chapter.run(analysis, atOnce.cells);
    drafts.push(...ofChapter.drafts);
    this.#left.push(...ofChapter.left);
    return this.#findings(drafts, analysis, options, this.isComplete);
  }

  /**
   * The findings while cells are still evaluated: new ones where that is known already; of what is pending, and of sentences,
   * those that were found before. The next `run` does not build on them. Throws as `run` does.
   */
  runAhead(analysis: Analysis, options: Omit<RuleOptions, 'atOnce'> = {}): readonly Finding[] {
    const drafts: RuleDraft[] = [];
    // The text alone tells that it cannot be parsed; of a large one, the evaluation will.
    const isLarge = ({ cell: { range } }: CellResult): boolean => range.end - range.start > LARGE_CELL;
    for (const cell of analysis.cells)
      if (!cell.pending || (!isLarge(cell) && cell.status === 'syntax-error')) this.#addCell(cell, drafts);
      else addKept(this.#cells.get(cell.cell.content), cell.cell.range.start, drafts);
    for (const block of analysis.refBlocks)
      if (!block.pending) this.#addBlock(block, drafts);
      else addKept(this.#blocks.get(block.block.content), block.block.range.start, drafts);
    for (const block of analysis.chapter.blocks)
      if (PROSE.has(block.kind)) addKept(this.#prose.get(block.content), block.range.start, drafts);
    drafts.push(...this.#document.run(analysis.chapter, options.surroundings ?? NO_SURROUNDINGS));
    drafts.push(...this.#chapter.runAhead(analysis, startOfPending(analysis)));
    return this.#findings(drafts, analysis, options, false);
  }

  /** What there is to tell of what the rules found, in document order. */
  #findings(
    drafts: RuleDraft[],
    analysis: Analysis,
    options: Omit<RuleOptions, 'atOnce'>,
    isComplete: boolean,
  ): readonly Finding[] {
    if (analysis.cells.some(({ cell }) => cell.allowsErrors)) dropAllowed(drafts, analysis);
    for (const draft of options.unreadable ?? []) drafts.push({ rule: unreadableFile, draft });
    for (const draft of this.#configurationProblems(analysis.chapter))
      drafts.push({ rule: invalidConfiguration, draft });
    const ignores = new Ignores(analysis);
    const isSilenced = ({ rule: { code }, draft: { range } }: RuleDraft) => ignores.silences({ code, range });
    const told =
      options.consequences === true ? drafts : withConsequences(drafts, ignores.isEmpty ? undefined : isSilenced);
    const levels = levelsFor(analysis.chapter, options.levels ?? {});
    const findings = this.#origins.of(this.#told.of(told, levels), analysis);
    this.#hasIgnores = !ignores.isEmpty;
    return heard(findings, { drafts, ignores, levels, isComplete }).sort(
      (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.code < b.code ? -1 : 1),
    );
  }

  /** False where checks were put off, so that findings may be missing, or be those of earlier values. */
  get isComplete(): boolean {
    return this.#left.length === 0;
  }

  /**
   * Makes the checks that the last run put off, in small steps; returns whether `run` would find anything else now. Throws as
   * `run` does. A run in between makes it end.
   */
  *readOn(): Generator<void, boolean> {
    const left = this.#left;
    // What comments silence is told once all is known.
    let isOther = this.#hasIgnores;
    while (left.length > 0) {
      const steps = left.pop()!();
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) {
        yield;
        if (left !== this.#left) return isOther;
      }
      if (step.value) isOther = true;
      yield;
      if (left !== this.#left) return isOther;
    }
    return isOther;
  }

  /** The front matter stays the same object while nothing in it changes. */
  #configurationProblems({ frontMatter }: Chapter): readonly Draft[] {
    if (frontMatter === undefined) return [];
    if (this.#configuration?.frontMatter !== frontMatter)
      this.#configuration = { frontMatter, problems: frontMatterProblems(frontMatter, [...CODES]) };
    return this.#configuration.problems;
  }

  #addCell(cell: CellResult, drafts: RuleDraft[]): void {
    addShifted(this.#keptOfCell(cell) ?? this.#checkCell(cell), cell.cell.range.start, drafts);
  }

  /** What was found in a cell, if that is what would be found now. */
  #keptOfCell({ cell: { content, range }, run, status }: CellResult): Kept | undefined {
    const kept = this.#cells.get(content);
    const isSame = kept?.run === run && kept?.status === status;
    return kept !== undefined && isSame && holds(kept, range.start) ? kept : undefined;
  }

  #checkCell(cell: CellResult): Kept {
    const { content, range } = cell.cell;
    const { run, status } = cell;
    const { recorder, view } = Recorder.ofItem(cell);
    const found = this.#cellRules.flatMap(rule => ofRule(rule, rule.cell!(view), recorder));
    const kept: Kept = { run, status, start: range.start, drafts: found, reads: recorder.reads };
    if (liesWithin(found, range)) this.#cells.set(content, kept);
    else this.#cells.delete(content);
    return kept;
  }

  #addBlock(block: RefBlock, drafts: RuleDraft[]): void {
    addShifted(this.#keptOfBlock(block) ?? this.#checkBlock(block), block.block.range.start, drafts);
  }

  /** What was found in a block, if that is what would be found now. */
  #keptOfBlock({ block: { content, range }, outcome }: RefBlock): Kept | undefined {
    const kept = this.#blocks.get(content);
    return kept?.run === outcome && holds(kept, range.start) ? kept : undefined;
  }

  #checkBlock(block: RefBlock): Kept {
    const { content, range } = block.block;
    const { recorder, view } = Recorder.ofItem(block);
    const found = this.#blockRules.flatMap(rule => ofRule(rule, rule.block!(view), recorder));
    const kept: Kept = { run: block.outcome, start: range.start, drafts: found, reads: recorder.reads };
    if (liesWithin(found, range)) this.#blocks.set(content, kept);
    else this.#blocks.delete(content);
    return kept;
  }

  /** Reads sentences in small steps, as far as there is time before findings are to be told: `run` finds them read. */
  *#readingProse(analysis: Analysis): Generator<void, void> {
    const end = performance.now() + LONGEST_READING;
    const neighbourhood = new Neighbourhood(analysis, this.#neighbours);
    for (const { kept, check } of this.#sentences(analysis, neighbourhood)) {
      if (kept !== undefined) continue;
      check();
      if (performance.now() > end) return;
      yield;
    }
  }

  /**
   * The blocks of running text. Sentences depend on their block, on what its references gave, and on the cells near it where a check
   * asks for these.
   */
  *#sentences(analysis: Analysis, neighbourhood: Neighbourhood): Generator<Sentences, void> {
    const { chapter, refBlocks } = analysis;
    let next = 0;
    for (const block of chapter.blocks) {
      if (!PROSE.has(block.kind)) continue;
      const { index } = block;
      while (next < refBlocks.length && refBlocks[next]!.block.index < index) next++;
      const refs = refBlocks[next]?.block.index === index ? refBlocks[next] : undefined;
      const before = this.#prose.get(block.content);
      const isKept =
        before !== undefined &&
        before.outcome === refs?.outcome &&
        (before.near === undefined || neighbourhood.isSame(before.near, block));
      const check = (): KeptProse => {
        const found = this.#checkProse(analysis, block, refs, neighbourhood, before);
        this.#neighbours = neighbourhood.memory;
        this.#prose.set(block.content, found);
        this.#unread.delete(block.content);
        return found;
      };
      yield { block, refs, before, kept: isKept ? before : undefined, check };
    }
  }

  #addProse(analysis: Analysis, drafts: RuleDraft[], { blocks: atOnce, milliseconds }: AtOnce): void {
    const start = performance.now();
    const isInTime = (turn: 'first' | 'again') =>
      milliseconds === undefined || performance.now() < start + milliseconds[turn];
    const neighbourhood = new Neighbourhood(analysis, this.#neighbours);
    // What is written is looked at, however much it changes elsewhere.
    const read = { first: 0, again: 0 };
    for (const { block, refs, before, kept, check } of this.#sentences(analysis, neighbourhood)) {
      let found = kept;
      if (found === undefined) {
        // What an earlier version put off goes on waiting: it would take the place of what this one concerns.
        const turn = before === undefined ? 'first' : 'again';
        const isWanted =
          atOnce === Number.POSITIVE_INFINITY || (read[turn] < atOnce && !this.#unread.has(block.content));
        const isDue = isWanted && isInTime(turn);
        if (refs === undefined && !isWorthReading(block)) found = check();
        else if (isDue) {
          found = check();
          read[turn]++;
        } else {
          found = before;
          this.#unread.add(block.content);
          this.#left.push(() => atOneStep(() => check().drafts.length > 0 || (before?.drafts.length ?? 0) > 0));
        }
      }
      if (found !== undefined && found.drafts.length > 0) addShifted(found, block.range.start, drafts);
    }
    this.#neighbours = neighbourhood.memory;
  }

  #checkProse(
    { chapter }: Analysis,
    block: Block,
    refs: RefBlock | undefined,
    neighbourhood: Neighbourhood,
    before: KeptProse | undefined,
  ): KeptProse {
    const { start } = block.range;
    const outcome = refs?.outcome;
    const isCell = block.kind === 'cell';
    if (refs === undefined && !isWorthReading(block))
      return { outcome, start, drafts: [], near: undefined, ofText: NO_RULES };
    let lines: readonly Line[] | undefined;
    let near: Nearby | undefined;
    let looksBeyondText = false;
    const nearby = () => {
      looksBeyondText = true;
      near ??= neighbourhood.of(block, refs);
      return near;
    };
    const made = new Map<unknown, { readonly value: unknown; readonly looksBeyondText: boolean }>();
    const prose: ProseBlock = {
      source: block.text,
      start,
      isCell,
      get refs() {
        looksBeyondText = true;
        return refs?.refs ?? [];
      },
      get near() {
        return nearby().cells;
      },
      get ahead() {
        return nearby().ahead;
      },
      get unread() {
        return nearby().unread;
      },
      get unreadFar() {
        return nearby().unreadFar;
      },
      mentionsOf: name => nearby().mentionsOf(name),
      get lines() {
        looksBeyondText = true;
        lines ??= isCell ? captionsOf(chapter, block) : linesOf(chapter.tree(block), refs?.refs ?? [], start);
        return lines;
      },
      once: make => {
        let known = made.get(make);
        if (known === undefined) {
          const before = looksBeyondText;
          looksBeyondText = false;
          known = { value: make(prose), looksBeyondText };
          looksBeyondText = before;
          made.set(make, known);
        }
        looksBeyondText ||= known.looksBeyondText;
        return known.value as ReturnType<typeof make>;
      },
      at: (from, to) => ({ start: start + from, end: start + to }),
      place: (line, from, to) => {
        const range = line.source(from, to);
        return { start: start + range.start, end: start + range.end };
      },
    };
    const drafts: RuleDraft[] = [];
    if (before !== undefined && before.ofText.size > 0)
      addShifted({ ...before, drafts: before.drafts.filter(({ rule }) => before.ofText.has(rule)) }, start, drafts);
    const ofText = new Set(before?.ofText);
    for (const rule of this.#proseRules) {
      if (ofText.has(rule)) continue;
      looksBeyondText = false;
      for (const draft of rule.prose!(prose)) drafts.push({ rule, draft });
      if (!looksBeyondText) ofText.add(rule);
    }
    return { outcome, start, drafts, near: near?.state, ofText };
  }
}

const CAPTION_OPTION = /^[ \t]*#\|\s*(?:(?:fig|tbl|lst)-(?:sub)?cap|(?:fig|tbl)-alt)\s*:.*\d/m;

/** Captions and alt texts among the options of a cell. */
function captionsOf(chapter: Chapter, block: Block): readonly Line[] {
  return chapter.cells
    .filter(cell => cell.block.index === block.index)
    .flatMap(({ options }) => options)
    .flatMap(({ key, text, valueRange }) => {
      const place = placeOfAttribute(key);
      const at = place === undefined ? -1 : block.text.indexOf(text, valueRange.start - block.range.start);
      return place === undefined || at < 0 ? [] : linesIn(text, at, place);
    });
}

/** "half as much", "a third of the wages", "more than the reserve does": nothing but words, of what cells compute. */
const MAY_COMPARE =
  /\b(?:half|twice|third|quarter|(?:fif|six|eigh|nin|ten|twentie|hundred)th)\s(?:as|of|what)\s|\b(?:more|less|[a-z]{3,}er)\sthan\s(?:the|its|our|their)\s[a-z]+(?:\s(?:do|did|does|is|are|was|were))?[.,;]/i;

/** False for a block without references in which no rule can find anything. */
function isWorthReading({ kind, text }: Block): boolean {
  if (kind === 'cell') return CAPTION_OPTION.test(text);
  return MAY_HOLD.test(text) || MAY_BE_REFERENCE.test(text) || MAY_COMPARE.test(text);
}

// biome-ignore lint/correctness/useYield: what takes one step only is put off beside what takes several
function* atOneStep(check: () => boolean): Generator<void, boolean> {
  return check();
}

/** True where nothing changed that the checks of a cell or block read beside the item itself. */
function holds({ reads, start }: Kept, now: number): boolean {
  return !reads.has('everything') && (start === now || !reads.has('positions'));
}

function ofRule(rule: Rule, drafts: Iterable<Draft>, recorder: Recorder): RuleDraft[] {
  return Array.from(drafts, draft => ({ rule, draft: plainDraft(draft, recorder) }));
}

/** Where the first cell or reference stands that is still to be evaluated. */
export function startOfPending({ cells, refBlocks }: Analysis): number {
  const cell = cells.find(({ pending }) => pending)?.cell.range.start ?? Number.POSITIVE_INFINITY;
  const block = refBlocks.find(({ pending }) => pending)?.block.range.start ?? Number.POSITIVE_INFINITY;
  return Math.min(cell, block);
}

/** Adds what was found before, if anything was looked at. */
function addKept(kept: Pick<Kept, 'start' | 'drafts'> | undefined, start: number, drafts: RuleDraft[]): void {
  if (kept !== undefined) addShifted(kept, start, drafts);
}

/** Adds what was found where it stands now, which is kept: most edits leave most of it where it was. */
function addShifted(kept: Pick<Kept, 'start' | 'drafts'>, start: number, drafts: RuleDraft[]): void {
  if (kept.drafts.length === 0) return;
  if (kept.start !== start) {
    const move = shiftBy(start - kept.start);
    kept.drafts = kept.drafts.map(({ rule, draft }) => ({ rule, draft: movedDraft(draft, move) }));
    kept.start = start;
  }
  for (const one of kept.drafts) drafts.push(one);
}

/** Findings that point elsewhere, such as into a function of another cell, cannot be moved along. */
function liesWithin(drafts: readonly RuleDraft[], { start, end }: OffsetRange): boolean {
  return drafts.every(({ draft }) => placesOf(draft).every(range => start <= range.start && range.end <= end));
}

/** What a render shows on the page of a cell that may fail is no finding. */
const SHOWN: ReadonlySet<string> = new Set([
  'cell-error',
  'failed-check',
  'missing-import',
  'precision-loss',
  'syntax-error',
  'undefined-name',
  'unit-mismatch',
  'unknown-import',
]);

function dropAllowed(drafts: RuleDraft[], { chapter }: Analysis): void {
  const kept = drafts.filter(
    ({ rule, draft }) => !SHOWN.has(rule.code) || chapter.cellAt(draft.range.start)?.allowsErrors !== true,
  );
  drafts.splice(0, drafts.length, ...kept);
}

const CODES: ReadonlySet<string> = new Set(RULES.map(rule => rule.code));

interface Told {
  readonly drafts: readonly RuleDraft[];
  readonly ignores: Ignores;
  readonly levels: RuleLevels;
  /** False where comments may have something to silence that was not looked for yet. */
  readonly isComplete: boolean;
}

/** The findings that no comment silences, and what there is to tell of the comments. */
function heard(findings: Finding[], { drafts, ignores, levels, isComplete }: Told): Finding[] {
  if (ignores.isEmpty) return findings;
  // A comment on what is told as the consequence of another finding is of use as well.
  for (const { rule, draft } of drafts) ignores.silences({ code: rule.code, range: draft.range });
  const left = findings.filter(one => !ignores.silences(one));
  if (!isComplete) return left;
  const problems = [...ignores.problems(CODES, code => levels[code] === 'off')];
  return [...left, ...problems.flatMap(draft => finding(unusedIgnore, draft, levels) ?? [])];
}
