/** What is shown of values behind some cells. */
import {
  type Budgets,
  type EvaluationResult,
  expressionProgram,
  parseExpression,
  parseProgram,
  Session,
} from '../../mlsys';

export const BUDGETS = { steps: 100_000 };

/** What a reference gives behind the first `position` cells; one that changes something, if only what is unknown, is run. */
export function referenceAt(
  session: Session,
  text: string,
  position: number,
): { readonly result: EvaluationResult; readonly changes: boolean } {
  const expression = parseExpression(text).expression!;
  const looked = session.evaluate(expression, position);
  if (looked.changes !== true) return { result: looked, changes: false };
  const program = expressionProgram(text, expression, '<reference>');
  return { result: session.runReference(program, position).evaluation, changes: true };
}

/** Runs cells, and tells of each expression its text, `unknown: SUBJECT`, or the exception; `modules` are sources by dotted names. */
export function shown(
  cells: readonly string[],
  expressions: readonly string[],
  modules: Record<string, string> = {},
  budgets: Partial<Budgets> = BUDGETS,
): Record<string, string> {
  const isPackage = (name: string) => Object.keys(modules).some(other => other.startsWith(`${name}.`));
  const find = (name: string) =>
    Object.hasOwn(modules, name)
      ? { file: `${name}.py`, source: modules[name]!, isPackage: isPackage(name) }
      : undefined;
  const prepared = (): Session => {
    const session = new Session({ budgets, modules: { find } });
    for (const [at, cell] of cells.entries()) session.run(parseProgram(cell, `cell ${at}`), at);
    return session;
  };
  let session = prepared();
  return Object.fromEntries(
    expressions.map(text => {
      const { result, changes } = referenceAt(session, text, cells.length);
      const { status, text: value, cause, fault } = result;
      // None sees what another one changed.
      if (changes === true) session = prepared();
      const told = cause !== undefined ? `unknown: ${cause.subject}` : status === 'ok' ? value! : fault!.type;
      return [text, told];
    }),
  );
}
