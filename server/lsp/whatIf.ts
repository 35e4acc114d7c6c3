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

/** A position in a chapter, or in a file that it includes. */
async function locate({ textDocument, position }: PositionParams, engine: Engine, token: CancellationToken) {
  const included = engine.drafts.placeInChapter(textDocument.uri, position);
  const uri = included?.chapter ?? textDocument.uri;
  const analysis = await engine.drafts.base(uri, token);
  if (analysis === undefined) return undefined;
  return { uri, analysis, offset: included?.offset ?? analysis.chapter.lines.offsetAt(position) };
}

async function assumptions(
  params: PositionParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly AssumptionValue[]> {
  const inFile = engine.drafts.fileValueAt(params.textDocument.uri, params.position);
  if (inFile !== undefined) {
    const { chapter, value } = inFile;
    return [{ ...fileAssumption(value, engine.drafts.files(chapter)), chapter }];
  }
  const found = await locate(params, engine, token);
  if (found === undefined) return [];
  const { uri, analysis, offset } = found;
  const told = (one: Assumption): AssumptionValue => ({
    ...toldOf(one, analysis, engine, uri),
    ...(uri === params.textDocument.uri ? {} : { chapter: uri }),
  });
  const written = await assumptionAt(offset, analysis);
  if (written !== undefined) return [told(written)];
  const asked = askedAt(offset, analysis);
  if (asked === undefined) return [];
  return (await assumptionsOf(asked.expr, asked.seen, analysis, engine.drafts.files(uri))).map(told);
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
  const found = await locate(params, engine, token);
  const asked = found && askedAt(found.offset, found.analysis);
  if (found === undefined || asked === undefined) return [];
  const { uri, analysis } = found;
  return sensitivitiesOf(asked.expr, asked.seen, analysis, triedIn(uri, engine, token), engine.drafts.files(uri));
}

async function breakEven(
  { textDocument: { uri }, name, changes = [] }: BreakEvenParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly GuardEdgeResult[]> {
  const analysis = await engine.drafts.base(uri, token);
  if (analysis === undefined) return [];
  try {
    const options = { files: engine.drafts.files(uri), others: changes };
    return await edgesOf(name, analysis, triedIn(uri, engine, token), options);
  } catch (error) {
    throw error instanceof NoAssumption ? new ResponseError(ErrorCodes.InvalidParams, error.message) : error;
  }
}
