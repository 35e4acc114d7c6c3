/** Why a module of the workspace cannot be imported. */
import { refusedModule } from '../modules/registry';
import { exceptionClassOf, PyError, raise, Unsupported } from '../python/runtime/errors';
import { suggested } from '../python/runtime/imports';
import { isInstance } from '../python/runtime/objects';
import type { UnknownCause } from '../python/runtime/unknown';
import type { Issue, Program } from '../python/syntax/program';
import { programs } from './moduleSources';

/** The exception of a text that does not parse, as an import raises it. */
export function syntaxError({ kind, message, span }: Issue, file: string, { lines }: Program): PyError {
  const { line, column } = lines.positionAt(span.start);
  const error = raise(kind ?? 'SyntaxError', `${message} (${file.replace(/^.*[/\\]/, '')}, line ${line})`);
  const attributes = { msg: message, filename: file, lineno: BigInt(line), offset: BigInt(column + 1) };
  for (const [name, value] of Object.entries(attributes)) error.exception.attrs?.set(name, value);
  return error;
}

/** What to throw for a module that is not at hand, though Python may have it. */
export function unavailable(name: string, advice?: string): Unsupported {
  const refused = new Unsupported(`the module ${name}`, advice);
  refused.kind = 'module';
  if (refusedModule(name) === undefined) refused.message = notAtHand(name, advice);
  return refused;
}

function notAtHand(name: string, advice: string | undefined): string {
  return `the module ${name} is not at hand${advice === undefined ? '' : `: ${advice}`}`;
}

/**
 * What ends the import of a package. A part that its own code imports under an internal name, and that its sources lack, is
 * compiled or made when the package is installed (`_core`, `_version`), unless a name beside it is nearly the same.
 */
export function notInSources(name: string, error: unknown): unknown {
  if (!(error instanceof PyError) || suggested.has(error.exception)) return error;
  const missing = isInstance(error.exception, exceptionClassOf('ModuleNotFoundError'))
    ? error.exception.attrs?.get('name')
    : undefined;
  if (typeof missing !== 'string' || missing === name) return error;
  const [top] = name.split('.', 1);
  return missing.startsWith(`${top}.`) && /\._[^.]*$/.test(missing) ? unavailable(missing) : error;
}

/** What is thrown for a package of which so much is left out that nobody can follow what it is then; `first` is a part of that. */
export function tooMuch(name: string, first: string | undefined): Unsupported {
  const such = first === undefined ? '' : ` (${first} to begin with)`;
  const advice = `so much in it is unknown${such} that nobody can follow what its values are; put what the chapter needs of it into a module of its own`;
  return new Unsupported(`import ${name}`, advice);
}

/** The subject of a cause with its file and line: `eval(), ops.py, line 138`. */
export function placedSubject({ subject, file, span }: UnknownCause): string {
  const line = programs.get(file)?.lines.positionAt(span.start).line;
  return line === undefined ? subject : `${subject}, ${file.replace(/^.*[/\\]/, '')}, line ${line}`;
}
