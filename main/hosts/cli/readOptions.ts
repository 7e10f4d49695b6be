import { InvalidArgumentError } from 'commander'
import { readSince } from './usage.ts'

/** What stands behind an option, as it is meant. Each of these throws what to give instead, which commander says behind the option's name. */

export function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.')
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
