/** How often a generator has drawn for a node before (0 the first time), and counts this draw. */
export function takeTurn(state: number[], index: number): number {
  const before = state[index] as number;
  const turn = Number.isNaN(before) ? 0 : before + 1;
  state[index] = turn;
  return turn;
}
