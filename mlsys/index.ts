/**
 * Facade of the evaluator. Whoever is outside of this folder imports from here, from `figures.ts` (what cells have drawn)
 * and from `style.ts` (the book's style alone, without the evaluator), and from no other file.
 */
import './install';

export { computed, pathsRead } from './library/computed';
export {
  convertedTo,
  type DescribedValue,
  formattedAs,
  librarySignature,
  parametersOf,
  registryUnits,
  type SignatureParameter,
  type TypeMember,
  typeMembers,
  type UnitInfo,
  unitsFitting,
} from './library/described';
export {
  type ConstantInfo,
  constantInfo,
  formulaInfo,
  libraryMembers,
  libraryModules,
  twinInfo,
} from './library/info';
export { csvRowAt } from './modules/files/csvRow';
export { decidesImports } from './modules/live';
export { builtinModules, knownModules, refusedModule } from './modules/registry';
export {
  givenTo,
  isLonger,
  type Part,
  partsOf,
  type Source,
  type SourceKind,
  type SourcePlace,
  sourcesIn,
} from './provenance/graph';
export { numberGiven, sourceTold } from './provenance/sourced';
export { builtins } from './python/builtins';
export { type Budgets, DEFAULT_BUDGETS } from './python/runtime/budgets';
export type { CheckComparison, CheckResult, UndecidedCheck } from './python/runtime/checks';
export { PyDict } from './python/runtime/dict';
export type { TraceEntry } from './python/runtime/errors';
export { type DataAspect, type DataEntry, type DataFiles, type DataFound, looksHold } from './python/runtime/files';
export { passFillers } from './python/runtime/filled';
export { stack } from './python/runtime/frame';
export { isKernelName } from './python/runtime/kernel';
export { NAMES } from './python/runtime/namespaceNames';
export { PyClass, PyInstance, PyModule, PyObject, typeOf, type Value } from './python/runtime/objects';
export { repr, str, typeName } from './python/runtime/operations';
export { type Origin, originOf, originOfAttribute } from './python/runtime/origins';
export { type Binding, makersOf, pathOf, type Read } from './python/runtime/provenance';
export { entryOf } from './python/runtime/tables';
export {
  causeOf,
  isUnknown,
  PyUnknown,
  UNKNOWN_TEXT,
  type UnknownCause,
  type UnknownKind,
} from './python/runtime/unknown';
export type { Figure, Notice, Output } from './python/runtime/vm';
export { type Definitions, groupBy, type StaticDefinition } from './python/symbols/definitions';
export { type ImportedName, moduleOf, type StaticNames } from './python/symbols/namespace';
export { lastName, receiverOf } from './python/symbols/paths';
export { type SymbolIndex, symbolIndex } from './python/symbols/symbolIndex';
export { OBSERVERS, type Usage } from './python/symbols/usage';
export type { NameUse } from './python/symbols/uses';
export type {
  Alias,
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  Import,
  ImportFrom,
  Module,
  Span,
  Statement,
} from './python/syntax/ast';
export { type CursorPlace, cursorPlace, enclosingScopes, type OpenBracket, receiverAt } from './python/syntax/cursor';
export { localNames } from './python/syntax/localNames';
export { childrenOf, nodeAt, nodesIn, sameCode } from './python/syntax/nodes';
export type { BindingKind, LooseAttribute, PassedKeyword } from './python/syntax/occurrences';
export {
  commonPrefix,
  expressionProgram,
  type Issue,
  type Program,
  parseCell,
  parseExpression,
  parseProgram,
} from './python/syntax/program';
export type { Scope } from './python/syntax/scope';
export { KEYWORDS } from './python/syntax/tokens';
export {
  type Description,
  type Display,
  describeValue,
  describeWithin,
  guarded,
  measureOf,
  numberOf,
} from './session/describe';
export type { Fault, RunStatus } from './session/faults';
export type { ModuleSource, SourceFile } from './session/moduleSources';
export { isPackageName } from './session/nearModules';
export { type EvaluationResult, NOTHING_RUN, type ReferenceRun, type RunResult, type Use } from './session/results';
export { sameValue, valueKind } from './session/same';
export { type ExpressionResult, ExpressionRunner, type FileResult, runFile } from './session/scripts';
export {
  type EvaluateOptions,
  expressionBudgets,
  type RunOptions,
  Session,
  type SessionOptions,
} from './session/session';
