/**
 * What rules ask about what lies around a chapter: its project, the other chapters, bibliographies, files. Each question is a
 * method with a text or nothing to ask about, and each answer is plain data, so that answers can be kept and compared.
 */
import type { PositionRange } from '../chapter/ranges';

/** Where a label stands in another chapter, or in what that includes. */
export interface LabelPlace {
  readonly file: string;
  readonly position: PositionRange;
}

export type Question = Exclude<keyof Surroundings, 'version'>;

export interface Surroundings {
  /** Another one whenever an answer may be another one. */
  readonly version: unknown;
  /** What the chapter belongs to; cross-references lead to other chapters in a book alone. */
  project(): 'book' | 'project' | 'none';
  /** False while other chapters are being read, so that nothing can be said of what they have. */
  isRead(): boolean;
  /** Whether another chapter that references may lead to has a label. */
  hasLabel(id: string): boolean;
  /** Where the first such label stands. */
  labelPlace(id: string): LabelPlace | undefined;
  /** All labels of these chapters. */
  labels(): readonly string[];
  /** Whether a page beside the chapter has a label, where references lead to no other page: those of a website. */
  isBeside(id: string): boolean;
  /** Whether one of these chapters refers to a label. */
  refersTo(id: string): boolean;
  /**
   * What is known of the entries that the chapter may cite: all of them, nothing since a bibliography cannot be read, or that
   * neither chapter nor project name one.
   */
  bibliography(): 'known' | 'unknown' | 'none';
  hasEntry(key: string): boolean;
  entries(): readonly string[];
  /**
   * What is at a path that the chapter names, relative to its folder or, with a slash, to the project's. `no-folder` says that the
   * folder is missing as well in which a relative path begins; `elsewhere`, that it leads out of what may be read.
   */
  file(path: string): 'there' | 'missing' | 'no-folder' | 'elsewhere';
}

const NOTHING: readonly string[] = [];

/** Nothing is known of what lies around, and nothing is missed. */
export const NO_SURROUNDINGS: Surroundings = {
  version: undefined,
  project: () => 'none',
  isRead: () => true,
  hasLabel: () => false,
  labelPlace: () => undefined,
  labels: () => NOTHING,
  isBeside: () => false,
  refersTo: () => false,
  bibliography: () => 'unknown',
  hasEntry: () => false,
  entries: () => [],
  file: () => 'there',
};

/** What was asked, and answered, as texts: what findings depend on beside the chapter's text. */
export type Answers = ReadonlyMap<string, string>;

/** Takes down what is asked. */
export class RecordedSurroundings implements Surroundings {
  readonly answers = new Map<string, string>();
  readonly #inner: Surroundings;

  constructor(inner: Surroundings) {
    this.#inner = inner;
  }

  get version(): unknown {
    return this.#inner.version;
  }

  readonly project = () => this.#note('project', this.#inner.project());
  readonly isRead = () => this.#note('isRead', this.#inner.isRead());
  readonly hasLabel = (id: string) => this.#note('hasLabel', this.#inner.hasLabel(id), id);
  readonly labelPlace = (id: string) => this.#note('labelPlace', this.#inner.labelPlace(id), id);
  readonly labels = () => this.#note('labels', this.#inner.labels());
  readonly isBeside = (id: string) => this.#note('isBeside', this.#inner.isBeside(id), id);
  readonly refersTo = (id: string) => this.#note('refersTo', this.#inner.refersTo(id), id);
  readonly bibliography = () => this.#note('bibliography', this.#inner.bibliography());
  readonly hasEntry = (key: string) => this.#note('hasEntry', this.#inner.hasEntry(key), key);
  readonly entries = () => this.#note('entries', this.#inner.entries());
  readonly file = (path: string) => this.#note('file', this.#inner.file(path), path);

  #note<T>(name: Question, answer: T, about = ''): T {
    this.answers.set(`${name} ${about}`, textOf(answer));
    return answer;
  }
}

/** True where everything would be answered as before. */
export function holdAnswers(answers: Answers, surroundings: Surroundings): boolean {
  for (const [question, answer] of answers) {
    const space = question.indexOf(' ');
    const ask = surroundings[question.slice(0, space) as Question] as (about: string) => unknown;
    if (textOf(ask.call(surroundings, question.slice(space + 1))) !== answer) return false;
  }
  return true;
}

function textOf(answer: unknown): string {
  return JSON.stringify(answer) ?? '';
}
