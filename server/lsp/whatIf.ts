/** Answers to requests about other values of assumptions; loaded with the first of them. */
import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Engine } from '../engine';
import { askedAt, originText, placeOfSource } from '../features/provenance';
import type {
  AssumptionValue,
  BreakEvenParams,
  GuardEdgeResult,
  SensitivityResult,
  WhatIfParams,
  WhatIfRequest,
  WhatIfResult,
} from '../protocol';
import { assumptionsOf, edgesOf, NoAssumption, pythonNumber, sensitivitiesOf } from '../whatif/assumptions';
import type { Try } from '../whatif/draft';
import { resultOf } from '../whatif/result';

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
  return resultOf(await triedIn(uri, engine, token, findings)(changes), uri);
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
  const found = await askedIn(params, engine, token);
  if (found === undefined) return [];
  const { analysis, expr, seen } = found;
  return (await assumptionsOf(expr, seen, analysis)).map(({ name, number, isInteger, unit, source }) => {
    const place = placeOfSource(source, analysis, params.textDocument.uri);
    return {
      name,
      value: pythonNumber(number, isInteger),
      unit,
      source: originText(source),
      ...(place === undefined ? {} : { place }),
    };
  });
}

async function sensitivity(
  params: PositionParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly SensitivityResult[]> {
  const found = await askedIn(params, engine, token);
  if (found === undefined) return [];
  return sensitivitiesOf(found.expr, found.seen, found.analysis, triedIn(params.textDocument.uri, engine, token));
}

async function breakEven(
  { textDocument: { uri }, name }: BreakEvenParams,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly GuardEdgeResult[]> {
  const analysis = await engine.drafts.base(uri, token);
  if (analysis === undefined) return [];
  try {
    return await edgesOf(name, analysis, triedIn(uri, engine, token));
  } catch (error) {
    throw error instanceof NoAssumption ? new ResponseError(ErrorCodes.InvalidParams, error.message) : error;
  }
}
