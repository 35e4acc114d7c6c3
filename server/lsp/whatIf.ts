/** Answers to requests about other values of assumptions; loaded with the first of them. */
import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Engine } from '../engine';
import type { Analysis } from '../evaluation/analysis';
import { askedAt, chapterPlace, originText, placeOfSource } from '../features/provenance';
import type {
  AssumptionValue,
  BreakEvenParams,
  GuardEdgeResult,
  SensitivityResult,
  WhatIfParams,
  WhatIfRequest,
  WhatIfResult,
} from '../protocol';
import {
  type Assumption,
  assumptionAt,
  assumptionsOf,
  edgesOf,
  NoAssumption,
  pythonNumber,
  sensitivitiesOf,
} from '../whatif/assumptions';
import type { Try } from '../whatif/draft';
import type { FileTexts, FileValue } from '../whatif/fileValues';
import { filePlace, resultOf } from '../whatif/result';

interface PositionParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

/** Answers one of the requests. Rejects with `ResponseError` where the chapter is not open, or there is no such assumption. */
export function answerWhatIf(
  method: WhatIfRequest,
  params: unknown,
  engine: Engine,
  token: CancellationToken,
): Promise<unknown> {
  switch (method) {
    case 'reckoner/whatIf':
      return whatIf(params as WhatIfParams, engine, token);
    case 'reckoner/assumptions':
      return assumptions(params as PositionParams, engine, token);
    case 'reckoner/sensitivity':
      return sensitivity(params as PositionParams, engine, token);
    case 'reckoner/breakEven':
      return breakEven(params as BreakEvenParams, engine, token);
  }
}

function triedIn(uri: string, engine: Engine, token: CancellationToken, findings = false): Try {
  return async changes => {
    const draft = await engine.drafts.with(uri, changes, token, { findings });
    if (draft === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'The chapter is not open.');
    return draft;
  };
}

async function whatIf(
  { textDocument: { uri }, changes, findings = true }: WhatIfParams,
  engine: Engine,
  token: CancellationToken,
): Promise<WhatIfResult> {
  return resultOf(await triedIn(uri, engine, token, findings)(changes), engine.drafts.files(uri), uri);
}

async function askedIn({ textDocument: { uri }, position }: PositionParams, engine: Engine, token: CancellationToken) {
  const analysis = await engine.drafts.base(uri, token);
  const found = analysis && askedAt(analysis.chapter.lines.offsetAt(position), analysis);
  return analysis === undefined || found === undefined ? undefined : { analysis, ...found };
}

async function assumptions(
  params: PositionParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly AssumptionValue[]> {
  const { uri } = params.textDocument;
  const inFile = engine.drafts.fileValueAt(uri, params.position);
  if (inFile !== undefined) {
    const { chapter, value } = inFile;
    return [{ ...fileAssumption(value, engine.drafts.files(chapter)), chapter }];
  }
  const analysis = await engine.drafts.base(uri, token);
  if (analysis === undefined) return [];
  const written = await assumptionAt(analysis.chapter.lines.offsetAt(params.position), analysis);
  if (written !== undefined) return [toldOf(written, analysis, engine, uri)];
  const asked = askedAt(analysis.chapter.lines.offsetAt(params.position), analysis);
  if (asked === undefined) return [];
  const found = await assumptionsOf(asked.expr, asked.seen, analysis, engine.drafts.files(uri));
  return found.map(one => toldOf(one, analysis, engine, uri));
}

function toldOf(one: Assumption, analysis: Analysis, engine: Engine, uri: string): AssumptionValue {
  const { name, number, isInteger, unit, source, target } = one;
  if (target.kind === 'file') {
    const { source: origin, ...told } = fileAssumption(target.value, engine.drafts.files(uri));
    // What a chapter makes of a number in a file has a unit, which counts for the file where the number is the same.
    const own = number === target.value.number ? { unit } : {};
    return { ...told, ...own, source: source === undefined ? origin : originText(source) };
  }
  const place =
    target.kind === 'literal'
      ? chapterPlace(target.literal.range, analysis, uri)
      : source && placeOfSource(source, analysis, uri);
  const line = target.kind === 'literal' ? analysis.chapter.lines.lineRangeAt(target.literal.range.start) : undefined;
  return {
    name,
    value: pythonNumber(number, isInteger),
    unit,
    source:
      line === undefined
        ? source === undefined
          ? 'assumption'
          : originText(source)
        : analysis.chapter.slice(line.start, line.end).trim(),
    ...(place === undefined ? {} : { place }),
  };
}

function fileAssumption({ name, path, range, number, isInteger }: FileValue, texts: FileTexts): AssumptionValue {
  const place = filePlace(path, range, texts);
  const source = `${texts.nameOf(path)}:${place.range.start.line + 1}`;
  return { name, value: pythonNumber(number, isInteger), unit: '', source, place };
}

async function sensitivity(
  params: PositionParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly SensitivityResult[]> {
  const found = await askedIn(params, engine, token);
  if (found === undefined) return [];
  const { uri } = params.textDocument;
  return sensitivitiesOf(found.expr, found.seen, found.analysis, triedIn(uri, engine, token), engine.drafts.files(uri));
}

async function breakEven(
  { textDocument: { uri }, name }: BreakEvenParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly GuardEdgeResult[]> {
  const analysis = await engine.drafts.base(uri, token);
  if (analysis === undefined) return [];
  try {
    return await edgesOf(name, analysis, triedIn(uri, engine, token), { files: engine.drafts.files(uri) });
  } catch (error) {
    throw error instanceof NoAssumption ? new ResponseError(ErrorCodes.InvalidParams, error.message) : error;
  }
}
