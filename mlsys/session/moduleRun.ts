/** The run of one module's statements, in the middle of that of the code which imports it. */
import { keepLive } from '../modules/live';
import { mutations } from '../python/runtime/mutation';
import { creation } from '../python/runtime/objects';
import { provenance, Recorder } from '../python/runtime/provenance';
import { vm } from '../python/runtime/vm';
import { type Loaded, ownStates, tracesOf } from './loadedModule';

const NO_OWNERS: ReadonlySet<number> = new Set();

/** From its making to `end`, the interpreter records for the module alone; then it goes on as before. */
export class ModuleRun {
  /** What channels held when it began, or what modules that were loaded meanwhile left in them. */
  readonly states = new Map(vm.record.stateWrites);
  readonly #owner = creation.owner;
  readonly #recorder = provenance.recorder;
  readonly #file = vm.file;
  readonly #frame = vm.frame;
  readonly #foreign = mutations.foreign;
  readonly #reads = [...vm.record.stateReads];
  readonly #traces = tracesOf(vm.record);

  /** `serial` owns the objects that the module makes. */
  constructor(file: string, serial: number) {
    vm.file = file;
    creation.owner = serial;
    mutations.foreign = undefined;
    provenance.recorder = new Recorder();
    vm.record.stateReads.clear();
  }

  /** Channels in which the module itself left something. */
  get written(): [channel: string, value: unknown][] {
    return [...vm.record.stateWrites].filter(([channel, value]) => this.states.get(channel) !== value);
  }

  /** Owners of objects that it changed and did not make. */
  get changed(): ReadonlySet<number> {
    return mutations.foreign ?? NO_OWNERS;
  }

  /** What is kept of it. */
  get left(): Pick<Loaded, 'bindings' | 'changed' | 'reads' | 'writes'> {
    const { bindings } = provenance.recorder!;
    const reads = ownStates(vm.record.stateReads);
    return { bindings, changed: this.changed, reads, writes: ownStates(this.written) };
  }

  /** False where it checked, drew or told something, or met what is unknown. */
  get isQuiet(): boolean {
    return tracesOf(vm.record) === this.#traces;
  }

  /** True where it changed what it did not make. */
  get reaches(): boolean {
    return mutations.foreign !== undefined || this.written.length > 0;
  }

  /** Goes on with the code that imported the module, as if that had changed objects of the owners in `changed`. */
  end(changed: readonly number[]): void {
    creation.owner = this.#owner;
    mutations.foreign = changed.length === 0 ? this.#foreign : new Set([...(this.#foreign ?? []), ...changed]);
    provenance.recorder = this.#recorder;
    vm.file = this.#file;
    vm.frame = this.#frame;
    keepLive();
    for (const [channel, value] of this.#reads) vm.record.stateReads.set(channel, value);
  }
}
