/** `reckoner eval --jsonl`: expressions from standard input. */
import { ExpressionRunner } from '../../mlsys';
import { type Io, UsageError } from './io';
import { printableJson } from './printable';

/** Answers are written in batches of about this many characters. */
const BATCH = 65_536;

export async function evaluateLines(io: Io): Promise<number> {
  const runner = new ExpressionRunner();
  let answers = '';
  let number = 0;
  for await (const line of io.lines()) {
    number++;
    if (line.trim() === '') continue;
    answers += `${printableJson(runner.evaluate(request(line, number)))}\n`;
    if (answers.length < BATCH) continue;
    io.out(answers);
    answers = '';
  }
  io.out(answers);
  return 0;
}

function request(line: string, number: number): { id: unknown; setup?: string; expr: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`line ${number} of the input is not JSON`);
  }
  const { id, setup, expr } = (value ?? {}) as Record<string, unknown>;
  if (typeof expr !== 'string') throw new UsageError(`line ${number} of the input has no "expr"`);
  if (setup !== undefined && setup !== null && typeof setup !== 'string')
    throw new UsageError(`"setup" of line ${number} of the input is not a string`);
  return { id, expr, ...(typeof setup === 'string' ? { setup } : {}) };
}
