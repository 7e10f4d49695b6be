import type { Told } from './messages.ts'

/** To the test, over the pipe that it gave. */
export function tell(message: Told): void {
  if (!process.send) throw new Error('The stand-in for Electron is driven over a pipe, which is missing.')
  // One that is just gone hears nothing any more, which is no error of the application.
  process.send(message, undefined, undefined, () => {})
}

let lastId = 0
/** Of whatever the test speaks of later. */
export const nextId = () => ++lastId
