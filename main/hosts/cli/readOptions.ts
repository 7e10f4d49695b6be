import { InvalidArgumentError } from 'commander'

/** What stands behind an option, as it is meant. Each of these throws what to give instead, which commander says behind the option's name. */

export function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || text.trim() === '')
    throw new InvalidArgumentError('Give a port, 1 to 65535, or 0 for one that is free.')
  return port
}

export function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw new InvalidArgumentError('Give a number, 1 to 1000.')
  return count
}

/** The begin of that day here, in epoch milliseconds; 0 for `all`. */
export function readDay(text: string): number {
  const since = readSince(text, Date.now())
  if (since === null) throw new InvalidArgumentError('Give days as 7d, a day such as 2026-11-24, or all.')
  return since
}

/** The end of that day here: of the time that is asked for, it is the last one. */
export function readLastDay(text: string): number {
  const begin = readSince(text, Date.now())
  if (begin === null || !text.includes('-')) throw new InvalidArgumentError('Give a day such as 2026-11-24.')
  const day = new Date(begin)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}

/** The begin of the day of this computer's zone that `text` names: `2026-11-24`, `7d` for today and six days before, or `all`. */
export function readSince(text: string, now: number): number | null {
  if (text === 'all') return 0
  const days = /^(\d{1,4})d$/.exec(text)?.[1]
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  const today = new Date(now)
  const at =
    days !== undefined
      ? new Date(today.getFullYear(), today.getMonth(), today.getDate() - Math.max(1, Number(days)) + 1)
      : new Date(Number(year), Number(month) - 1, Number(day))
  const isThere = days !== undefined || at.getMonth() === Number(month) - 1
  return isThere ? at.getTime() : null
}

export function readOneOf<Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((known) => known === text)
    if (choice === undefined) throw new InvalidArgumentError(`Give ${nameChoices(choices)}.`)
    return choice
  }
}

/** `a, b or c` */
export function nameChoices(choices: readonly string[]): string {
  return [choices.slice(0, -1).join(', '), ...choices.slice(-1)].filter((part) => part !== '').join(' or ')
}
