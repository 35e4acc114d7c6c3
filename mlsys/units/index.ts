/** Quantities with units: what the rest of the library uses. */
import './quantity';
import './registryMethods';
import './unit';

export { magnitudeIn, quantity } from './arithmetic';
export { quantityAware } from './arrayFunctions';
export { UnitsContainer } from './container';
export { contextClass } from './contexts';

export { pintErrors } from './errors';
export { parseDefinitions } from './evaluate';
export { formatUnits, OWN_FORMATS } from './format';

export { makeQuantity } from './quantity';
export {
  APPLICATION,
  applicationRegistry,
  building,
  lazyRegistryClass,
  PyQuantity,
  PyRegistry,
  PyUnit,
  plainQuantityClass,
  plainUnitClass,
  quantityBase,
  registryClass,
  setApplicationRegistry,
  unitBase,
} from './registry';
export { ufuncOfQuantities, unhandledUfunc } from './ufuncs';
export { unitNamed } from './unit';
export { unitsContainerClass, unitsLike } from './unitsContainer';
