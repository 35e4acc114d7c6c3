/** What a state channel holds after a change that nobody knows. */
export class LostState {
  readonly unknown: Error;
  constructor(unknown: Error) {
    this.unknown = unknown;
  }
}
