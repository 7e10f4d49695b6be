/** Also when the clock was set back. */
export function hasPassed(now: () => number, since: number, ms: number): boolean {
  const elapsedMs = now() - since
  return elapsedMs >= ms || elapsedMs < 0
}
