/**
 * What a program and its evaluation processes say to each other: plain data in both directions. In an evaluation process
 * the main thread passes everything on to the thread that evaluates, and back.
 */
import type { RunningPart } from '../evaluation/evaluatorOptions';
import type { InputChange } from '../evaluation/input';
import type { ImportRecord } from '../evaluation/packageView';
import type { ProvenanceExtent, ProvenanceRecord } from '../evaluation/provenance';
import type { DetailsRecord, PartialResults, Results, ValueMembers } from '../evaluation/results';
import type { Stop } from '../evaluation/stopped';
import type { FileError } from '../files/access';
import type { CheckedChapter, CheckOptions } from '../workspace/check';
import type { TriedTexts } from '../workspace/dataFiles';
import type { PackagePlace } from '../workspace/packages';

export interface OpenRequest {
  readonly kind: 'open';
  readonly document: number;
  readonly revision: number;
  /** Undefined for a chapter that has no packages. */
  readonly place: PackagePlace | undefined;
  readonly budgets: CheckOptions['budgets'];
  readonly guards: CheckOptions['guards'];
  readonly input: InputChange;
  /** Cells and references, by their sources, that are not to be run. */
  readonly stopped: readonly StoppedSource[];
  /** True where the details of new runs are to come along with results. */
  readonly withDetails: boolean;
  /** What data files hold for this chapter alone. */
  readonly tried: TriedTexts;
}

/** A cell or a reference that is not to be run. */
export interface StoppedSource {
  readonly source: string;
  readonly stop: Stop;
  /** False where it may be tried again when something that it reads has changed. */
  readonly lasting: boolean;
}

export type Request =
  | OpenRequest
  | { readonly kind: 'update'; readonly document: number; readonly revision: number; readonly change: InputChange }
  /** Everything is to be evaluated again, since packages have changed. */
  | { readonly kind: 'reset'; readonly document: number; readonly revision: number }
  /** What saw data files otherwise than these are now is to be evaluated again; `follows` is true where others come first. */
  | { readonly kind: 'data'; readonly document: number; readonly revision: number; readonly follows: boolean }
  /** The same for one document, for which data files hold other texts than they do. */
  | { readonly kind: 'try'; readonly document: number; readonly revision: number; readonly tried: TriedTexts }
  /** The details of new runs are to come along with results from now on. */
  | { readonly kind: 'withDetails'; readonly document: number }
  | { readonly kind: 'close'; readonly document: number }
  /** What an editor holds of a file of a package, or of a data file; undefined where it no longer does. */
  | { readonly kind: 'overlay'; readonly path: string; readonly text: string | undefined }
  /** Files have changed on disk. */
  | { readonly kind: 'refresh' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

/** Questions about a document are answered once it is evaluated; `undefined` where it has another revision by then. */
export type Question =
  | {
      readonly kind: 'members';
      readonly document: number;
      readonly revision: number;
      readonly name: string;
      readonly cellsBefore: number;
      readonly path: readonly string[];
    }
  | {
      readonly kind: 'provenance';
      readonly document: number;
      readonly revision: number;
      readonly expr: string;
      readonly cellsBefore: number;
      readonly extent: ProvenanceExtent;
    }
  /** Details of runs that were told; without those that were told already. */
  | { readonly kind: 'details'; readonly document: number; readonly runs: readonly number[] }
  /** The SVG of a figure of a cell. */
  | {
      readonly kind: 'figure';
      /** Inches, for a figure that names no size. */
      readonly size?: readonly [number, number] | undefined;
      readonly document: number;
      readonly revision: number;
      readonly cell: number;
      readonly index: number;
    }
  | { readonly kind: 'import'; readonly name: string; readonly place: PackagePlace }
  | {
      readonly kind: 'check';
      readonly path: string;
      /** The name under which findings give the file. */
      readonly shownAs: string;
      readonly options: CheckOptions;
      readonly stopped: OpenRequest['stopped'];
    };

export interface AnswerTypes {
  readonly members: ValueMembers | undefined;
  readonly provenance: ProvenanceRecord | undefined;
  readonly details: readonly DetailsRecord[] | undefined;
  readonly figure: string | undefined;
  readonly import: ImportRecord;
  readonly check: CheckedChapter;
}

/** What is running: a part of a document, or of the answer to a question. */
export type Running = Omit<RunningPart, 'kind'> & {
  readonly kind: RunningPart['kind'] | 'module' | 'figure' | 'value';
  readonly document: number | undefined;
  readonly revision: number;
  readonly question: number | undefined;
};

export type Message =
  /** The process can evaluate. */
  | { readonly kind: 'ready' }
  /** Something is about to run. */
  | { readonly kind: 'running'; readonly running: Running }
  /** What is known of a document that is being evaluated; what was about to run still runs. */
  | {
      readonly kind: 'progress';
      readonly document: number;
      readonly revision: number;
      readonly results: PartialResults;
    }
  | {
      readonly kind: 'evaluated';
      readonly document: number;
      readonly revision: number;
      readonly results: Results;
      /** Paths at which modules were looked for since the last time, and whether there was something; looks at data files. */
      readonly lookups: readonly (readonly [path: string, found: boolean])[];
    }
  /** Details of runs of the last results, for which nobody has asked yet: told when there is nothing else to do. */
  | { readonly kind: 'details'; readonly document: number; readonly details: readonly DetailsRecord[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: AnswerTypes[Question['kind']] }
  /** The question has no answer, for a reason that is meant for the user. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly error: PlainFileError;
    }
  /** Nothing runs any more. */
  | { readonly kind: 'idle' }
  /** The process ends: what runs took too much memory, or an error of the program itself came up. */
  | { readonly kind: 'ending'; readonly end: End };

/** Why a process ends. */
export interface End {
  readonly reason: Stop['reason'];
  /** How much was too much; for a crash, what is known of it. */
  readonly detail: string;
}

/** A `FileError` as plain data. */
export type PlainFileError = Pick<FileError, 'message' | 'problem' | 'reason'>;
