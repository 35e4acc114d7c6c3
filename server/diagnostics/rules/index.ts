/** The table of rules. */
import type { Rule } from '../rule';
import { budgetExceeded } from './budget-exceeded';
import { cellError } from './cell-error';
import { claimMismatch } from './claim-mismatch';
import { classScopeComprehension } from './class-scope-comprehension';
import { doubledUnit } from './doubled-unit';
import { duplicateCellLabel } from './duplicate-cell-label';
import { duplicateLabel } from './duplicate-label';
import { equationMismatch } from './equation-mismatch';
import { escapedMarkup } from './escaped-markup';
import { exportRedefined } from './export-redefined';
import { failedCheck } from './failed-check';
import { headerExportsDrift } from './header-exports-drift';
import { headerImportsDrift } from './header-imports-drift';
import { includeCycle } from './include-cycle';
import { inlineExpression } from './inline-expression';
import { invalidConfiguration } from './invalid-configuration';
import { literalCouldBeRef } from './literal-could-be-ref';
import { malformedReference } from './malformed-reference';
import { missingAltText } from './missing-alt-text';
import { missingBridge } from './missing-bridge';
import { missingFile } from './missing-file';
import { missingImport } from './missing-import';
import { precisionLoss } from './precision-loss';
import { readsAsCode } from './reads-as-code';
import { refInAttribute } from './ref-in-attribute';
import { refInCellOption } from './ref-in-cell-option';
import { refInGridTable } from './ref-in-grid-table';
import { refInHeading } from './ref-in-heading';
import { refInMath } from './ref-in-math';
import { registryShadow } from './registry-shadow';
import { reliesOnEarlierImport } from './relies-on-earlier-import';
import { renderedSentence } from './rendered-sentence';
import { setOrder } from './set-order';
import { staleComment } from './stale-comment';
import { staleLiteral } from './stale-literal';
import { syntaxError } from './syntax-error';
import { unavailableModule } from './unavailable-module';
import { unclosedDiv } from './unclosed-div';
import { unclosedFence } from './unclosed-fence';
import { undefinedExport } from './undefined-export';
import { undefinedFootnote } from './undefined-footnote';
import { undefinedName } from './undefined-name';
import { unitMismatch } from './unit-mismatch';
import { unknownCitation } from './unknown-citation';
import { unknownImport } from './unknown-import';
import { unopenedCell } from './unopened-cell';
import { unreadableFile } from './unreadable-file';
import { unreferencedLabel } from './unreferenced-label';
import { unresolvedCrossref } from './unresolved-crossref';
import { unsupported } from './unsupported';
import { unusedExport } from './unused-export';
import { unusedFootnote } from './unused-footnote';
import { unusedIgnore } from './unused-ignore';
import { unusedImport } from './unused-import';
import { usedBeforeDefined } from './used-before-defined';
import { valueDrift } from './value-drift';

export const RULES: readonly Rule[] = [
  budgetExceeded,
  cellError,
  claimMismatch,
  classScopeComprehension,
  doubledUnit,
  duplicateCellLabel,
  duplicateLabel,
  equationMismatch,
  escapedMarkup,
  exportRedefined,
  failedCheck,
  headerExportsDrift,
  headerImportsDrift,
  includeCycle,
  inlineExpression,
  invalidConfiguration,
  literalCouldBeRef,
  malformedReference,
  missingAltText,
  missingBridge,
  missingFile,
  missingImport,
  precisionLoss,
  readsAsCode,
  refInAttribute,
  refInCellOption,
  refInGridTable,
  refInHeading,
  refInMath,
  registryShadow,
  reliesOnEarlierImport,
  renderedSentence,
  setOrder,
  staleComment,
  staleLiteral,
  syntaxError,
  unavailableModule,
  unclosedDiv,
  unclosedFence,
  undefinedExport,
  undefinedFootnote,
  undefinedName,
  unitMismatch,
  unknownCitation,
  unknownImport,
  unopenedCell,
  unreadableFile,
  unreferencedLabel,
  unresolvedCrossref,
  unsupported,
  unusedExport,
  unusedFootnote,
  unusedIgnore,
  unusedImport,
  usedBeforeDefined,
  valueDrift,
];
