import { expect, test } from 'vitest'
import { autostartEntry, hiddenArgument } from './autostartEntry.ts'

const exec = (path: string) => /^Exec=(.*)$/m.exec(autostartEntry([path, hiddenArgument]))?.[1]

test('the entry starts it hidden, whatever its path is called', () => {
  expect(exec('/opt/Tapedeck/tapedeck')).toBe('"/opt/Tapedeck/tapedeck" "--hidden"')
  expect(exec('/home/j/My "Apps"/100%/$x')).toBe('"/home/j/My \\\\"Apps\\\\"/100%%/\\\\$x" "--hidden"')
})
