/** `datetime`: dates, times and differences of them; there is no clock to ask for now. */
import type { PyModule } from '../../../python/runtime/objects';
import { classes, moduleOf } from '../support';
import { dateClass, setUpDate } from './date';
import { FIRST_YEAR, LAST_YEAR } from './days';
import { deltaClass, setUpDelta } from './delta';
import { fromUtc, momentClass, PyMoment, setUpMoment } from './moment';
import { setUpTime, timeClass } from './time';
import { setUpZones, timezoneClass, tzinfoClass, UTC } from './zone';

export function loadDatetime(): PyModule {
  setUpDelta();
  setUpZones(value => value instanceof PyMoment, fromUtc);
  setUpDate();
  setUpTime();
  setUpMoment();
  return moduleOf('datetime', {
    ...classes(dateClass, momentClass, timeClass, deltaClass, tzinfoClass, timezoneClass),
    UTC,
    MINYEAR: BigInt(FIRST_YEAR),
    MAXYEAR: BigInt(LAST_YEAR),
  });
}
