/**
 * Where evaluations run: apart from who asks for them, so that one which does not come to its end can be ended. In Node that
 * is a process of its own, in a browser a worker.
 */
import type { Message, Request } from './messages';

export interface EvaluationHost {
  /**
   * Starts an evaluation; `tellsAtOnce` is true where what runs must be known at once, since nobody knows what brought
   * another one down. Never throws: one that cannot be started ends.
   */
  start(options: { readonly tellsAtOnce: boolean }): HostedEvaluation;
}

/** An evaluation that is starting or has started. */
export interface HostedEvaluation {
  /** True where it ends by itself what runs for too long, by what the processor gave it: others may keep the machine busy. */
  readonly watchesTime?: boolean;
  /** The number of its process, where it is one. */
  readonly pid?: number | undefined;
  /** To be called once, soon after the start; what was said before is told then. */
  listen(listener: EvaluationListener): void;
  /** Has no effect on one that has ended. */
  send(request: Request): void;
  /** Ends it at once, whatever it does. */
  end(): void;
}

export interface EvaluationListener {
  message(message: Message): void;
  /** It has ended by itself, with that exit code or signal, having written those last errors; called once at most. */
  ended(how: string | number | undefined, errors: string): void;
}
