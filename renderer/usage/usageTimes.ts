/** When a day begins for whoever looks; days are told as `2026-11-24`. */
export function beginOfDay(day: string, daysLater = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).getTime()
}

/** The begin of the first of so many days, the last of which is `today`; 0 for all. */
export function beginOfRange(today: string, days: number | null): number {
  return days === null ? 0 : beginOfDay(today, 1 - days)
}
