/** What a fault of the program is called in a log or on a terminal: its stack where it has one. */
export function thrownText(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
