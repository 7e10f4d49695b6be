import { expect, test } from 'vitest'
import { autostartEntry, hiddenArgument, isEntryOn } from './autostartEntry.ts'

const exec = (path: string) => /^Exec=(.*)$/m.exec(autostartEntry([path, hiddenArgument]))?.[1]

test('the entry starts it hidden, whatever its path is called', () => {
  expect(exec('/opt/Tapedeck/tapedeck')).toBe('"/opt/Tapedeck/tapedeck" "--hidden"')
  expect(exec('/home/j/My "Apps"/100%/$x')).toBe('"/home/j/My \\\\"Apps\\\\"/100%%/\\\\$x" "--hidden"')
})

test('an entry counts as long as its user did not switch it off in the desktop', () => {
  const entry = autostartEntry(['/opt/tapedeck'])
  expect(isEntryOn(entry)).toBe(true)
  expect(isEntryOn(`${entry}Hidden=true\n`)).toBe(false)
  expect(isEntryOn(entry.replace('enabled=true', 'enabled = false'))).toBe(false)
  expect(isEntryOn('')).toBe(false)
})
