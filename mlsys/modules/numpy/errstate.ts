/** What numpy does about overflow and division by zero: it warns, raises, or says nothing. */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, type NativeBody } from '../../python/runtime/native';
import { changesState } from '../../python/runtime/nativeEffects';
import { nativeClass, type PyClass, PyObject, type Value } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';

const CHANNEL = 'numpy.errstate';
const KINDS = ['divide', 'over', 'under', 'invalid'] as const;

/** Those that print tell it outside of the cell. */
const MODES = new Set(['ignore', 'warn', 'raise', 'call', 'print', 'log']);

type Settings = Readonly<Record<(typeof KINDS)[number], string>>;

const DEFAULT: Settings = { divide: 'warn', over: 'warn', under: 'ignore', invalid: 'warn' };

/** Set once anybody wants to hear of underflow: nobody does, as a rule, and operations need not ask. */
export const underflow = { asked: false };

/** The settings that hold where an operation runs. */
export function settings(): Settings {
  return vm.readState<Settings>(CHANNEL, DEFAULT);
}

function tableOf(current: Settings): PyDict {
  const table = new PyDict();
  for (const kind of KINDS) table.map.set(kind, current[kind]);
  return table;
}

/** The settings with those replaced that were given: of all, and of each kind. */
function changed(given: readonly (Value | undefined)[]): Settings {
  const [all, ...each] = given.map(value => value ?? null);
  const made: Record<string, string> = { ...settings() };
  KINDS.forEach((kind, at) => {
    const value = each[at] ?? all ?? null;
    if (value === null) return;
    if (typeof value !== 'string' || !MODES.has(value)) throw raise('ValueError', `invalid error mode ${repr(value)}`);
    made[kind] = value;
    if (kind === 'under' && value !== 'ignore') underflow.asked = true;
  });
  return made as unknown as Settings;
}

const errstateClass = nativeClass('errstate', undefined, 'numpy');

class ErrorState extends PyObject {
  readonly given: readonly (Value | undefined)[];
  before: Settings | undefined = undefined;

  constructor(given: readonly (Value | undefined)[]) {
    super(errstateClass);
    this.given = given;
  }
}

const SIGNATURE = 'all=None, divide=None, over=None, under=None, invalid=None';

defineConstructor(
  errstateClass,
  `errstate(${SIGNATURE.replace('all', '*, call=None, all')})`,
  (_cls: PyClass, callback: Value | undefined, ...given: (Value | undefined)[]) => {
    if (callback !== undefined) throw new Unsupported('numpy.errstate with call=');
    changed(given);
    return new ErrorState(given);
  },
);
defineMethods(errstateClass, {
  '__enter__()': (self: ErrorState) => {
    self.before = settings();
    vm.writeState(CHANNEL, changed(self.given));
    return null;
  },
  '__exit__(*args)': (self: ErrorState) => {
    vm.writeState(CHANNEL, self.before ?? DEFAULT);
    return null;
  },
  '__call__(function)': () => {
    throw new Unsupported('numpy.errstate as a decorator', 'use it in a with statement');
  },
});

changesState(CHANNEL, errstateClass.attrs.get('__exit__')!);

/** The context manager and the functions of the module by signature. */
export const ERRSTATE: Value = errstateClass;
export const ERROR_SETTINGS: Readonly<Record<string, NativeBody>> = {
  [`seterr(${SIGNATURE})`]: (...given: Value[]) => {
    const before = settings();
    vm.writeState(CHANNEL, changed(given));
    return tableOf(before);
  },
  'geterr()': () => tableOf(settings()),
};
