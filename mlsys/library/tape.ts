/** `mlsys.registry`: the tape of a chapter's recorded values, kept per session. */
import { PyDict } from '../python/runtime/dict';
import { fn } from '../python/runtime/native';
import { type NativeFunction, PyList, type Value } from '../python/runtime/objects';
import { setItem } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';

type Entry = readonly (readonly [string, Value])[];

const CHANNEL = 'mlsys.tape';
const EMPTY: readonly Entry[] = [];

function append(entry: Entry): void {
  vm.writeState(CHANNEL, [...vm.readState(CHANNEL, EMPTY), entry]);
}

/** The tape as a list of dicts. */
export function tape(): PyList {
  return new PyList(
    vm.readState(CHANNEL, EMPTY).map(entry => {
      const made = new PyDict();
      for (const [key, value] of entry) setItem(made, key, value);
      return made;
    }),
  );
}

export const TAPE_FUNCTIONS: readonly NativeFunction[] = [
  fn(
    'start_chapter(chapter_id)',
    (chapter: Value) => {
      vm.writeState(CHANNEL, [
        [
          ['type', 'chapter_start'],
          ['chapter', chapter],
        ],
      ]);
      return null;
    },
    'Empties the tape and marks the start of a chapter.',
  ),
  fn(
    'end_chapter(chapter_id)',
    (chapter: Value) => {
      append([
        ['type', 'chapter_end'],
        ['chapter', chapter],
      ]);
      return null;
    },
    'Marks the end of a chapter on the tape.',
  ),
  fn(
    'record(name, value, units=None, context=None)',
    (name: Value, value: Value, units?: Value, context?: Value) => {
      append([
        ['name', name],
        ['value', value],
        ['units', units ?? null],
        ['context', context ?? null],
      ]);
      return value;
    },
    'Records a value on the tape and returns it.',
  ),
  fn('dump_tape()', () => tape(), 'What the tape holds, as a list of dicts.'),
];
