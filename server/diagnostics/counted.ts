/** `1 cell`, `2 cells`: a number with its noun, as messages say it. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
