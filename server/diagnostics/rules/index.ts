/** The table of rules. */
import type { Rule } from '../rule';
import { budgetExceeded } from './budget-exceeded';
import { cellError } from './cell-error';
import { escapedMarkup } from './escaped-markup';
import { failedCheck } from './failed-check';
import { includeCycle } from './include-cycle';
import { missingFile } from './missing-file';
import { missingImport } from './missing-import';
import { precisionLoss } from './precision-loss';
import { readsAsCode } from './reads-as-code';
import { setOrder } from './set-order';
import { syntaxError } from './syntax-error';
import { unavailableModule } from './unavailable-module';
import { undefinedExport } from './undefined-export';
import { undefinedName } from './undefined-name';
import { unitMismatch } from './unit-mismatch';
import { unknownImport } from './unknown-import';
import { unopenedCell } from './unopened-cell';
import { unreadableFile } from './unreadable-file';
import { unsupported } from './unsupported';
import { usedBeforeDefined } from './used-before-defined';

export const RULES: readonly Rule[] = [
  budgetExceeded,
  cellError,
  escapedMarkup,
  failedCheck,
  includeCycle,
  missingFile,
  missingImport,
  precisionLoss,
  readsAsCode,
  setOrder,
  syntaxError,
  unavailableModule,
  undefinedExport,
  undefinedName,
  unitMismatch,
  unknownImport,
  unopenedCell,
  unreadableFile,
  unsupported,
  usedBeforeDefined,
];
