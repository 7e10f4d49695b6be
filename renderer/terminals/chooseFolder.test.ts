import { expect, test } from 'vitest'
import { matchFolders, stepFolder } from './chooseFolder.ts'

const folders = ['/home/me/src/api', '/home/me/src/web', '/srv/Docs'].map((path) => ({
  path,
  name: path.split('/').at(-1) as string,
  lastUsedAt: 1,
}))
const paths = (typed: string) => matchFolders(folders, typed).map(({ path }) => path)

test('what is typed leaves the folders that have it anywhere in their path', () => {
  expect(paths('')).toEqual(['/home/me/src/api', '/home/me/src/web', '/srv/Docs'])
  expect(paths(' SRC ')).toEqual(['/home/me/src/api', '/home/me/src/web'])
  expect(paths('docs')).toEqual(['/srv/Docs'])
  expect(paths('~/src/a')).toEqual(['/home/me/src/api'])
  expect(paths('nowhere')).toEqual([])
})

test('the arrows go round, and begin at the end that they come from', () => {
  expect(stepFolder(folders, '/home/me/src/api', 1)).toBe('/home/me/src/web')
  expect(stepFolder(folders, '/srv/Docs', 1)).toBe('/home/me/src/api')
  expect(stepFolder(folders, '/home/me/src/api', -1)).toBe('/srv/Docs')
  expect(stepFolder(folders, 'typed', 1)).toBe('/home/me/src/api')
  expect(stepFolder(folders, 'typed', -1)).toBe('/srv/Docs')
  expect(stepFolder([], 'typed', 1)).toBeNull()
})
