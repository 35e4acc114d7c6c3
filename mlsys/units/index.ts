/** Quantities with units: what the rest of the library uses. */
import './quantity';
import './registrymethods';
import './unit';

export { magnitudeIn, quantity } from './arithmetic';
export { quantityAware } from './arrayFunctions';
export { UnitsContainer } from './container';
export { plainText } from './definitions';
export { pintErrors } from './errors';
export { parseDefinitions } from './evaluate';
export { formatQuantity, formatUnits } from './format';
export { kindsText } from './kinds';
export type { MixedOperand } from './notices';
export { makeQuantity } from './quantity';
export {
  APPLICATION,
  applicationRegistry,
  building,
  PyQuantity,
  PyRegistry,
  PyUnit,
  quantityBase,
  registryClass,
  setApplicationRegistry,
  unitBase,
} from './registry';
export { ufuncOfQuantities, unhandledUfunc } from './ufuncs';
export { unitNamed } from './unit';
export { PyUnitsContainer, unitsContainerClass, unitsLike } from './unitscontainer';
