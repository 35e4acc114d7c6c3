/** The evaluator's public face: what the server and the command line use of it. */
import './install';

export { decidesImports } from './modules/live';
export { builtinModules, knownModules, refusedModule } from './modules/registry';
export type { TraceEntry } from './python/runtime/errors';
export { stack } from './python/runtime/frame';
export { PyClass, PyObject, typeOf, type Value } from './python/runtime/objects';
export { repr, str, typeName } from './python/runtime/operations';
export { type Binding, makersOf, pathOf, type Read } from './python/runtime/provenance';
export { entryOf } from './python/runtime/tables';
export { causeOf, isUnknown, PyUnknown, type UnknownCause, type UnknownKind } from './python/runtime/unknown';
export {
  type Budgets,
  type CheckResult,
  DEFAULT_BUDGETS,
  type Figure,
  type Notice,
  type Output,
  type UndecidedCheck,
} from './python/runtime/vm';
export { type Definitions, groupBy, type StaticDefinition } from './python/symbols/definitions';
export type { ImportedName, StaticNames } from './python/symbols/namespace';
export { type SymbolIndex, symbolIndex } from './python/symbols/symbolIndex';
export { OBSERVERS, type Usage } from './python/symbols/usage';
export type { NameUse } from './python/symbols/uses';
export type { Expression, Span } from './python/syntax/ast';
export { sameCode } from './python/syntax/nodes';
export type { BindingKind } from './python/syntax/occurrences';
export { type Issue, type Program, parseExpression, parseProgram } from './python/syntax/program';
export { type Description, type Display, describeValue, describeWithin, guarded } from './session/describe';
export type { Fault, RunStatus } from './session/faults';
export type { ModuleSource, SourceFile } from './session/modules';
export { sameValue, valueKind } from './session/same';
export { type ExpressionResult, ExpressionRunner, type FileResult, runFile } from './session/scripts';
export {
  type EvaluateOptions,
  type EvaluationResult,
  expressionBudgets,
  type RunOptions,
  type RunResult,
  Session,
  type SessionOptions,
  type Use,
} from './session/session';
