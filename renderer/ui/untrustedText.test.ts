import { expect, test } from 'vitest'
import { isOpenableLink, readAnsi, revealControls } from './untrustedText.ts'

const esc = '\u001b'
const plain = { isBold: false, isDim: false, color: null }

test('characters that turn the reading direction are shown, not obeyed', () => {
  expect(revealControls('rm \u202eexe.txt\u2069')).toBe('rm \\u202eexe.txt\\u2069')
})

test('a line that begins anew does not hide what was in it', () => {
  expect(revealControls('rm -rf ~\rls\r\n')).toBe('rm -rf ~\\u000dls\r\n')
})

test('lines, tabs and right-to-left letters stay as they are', () => {
  expect(revealControls('a\tb\nשלום')).toBe('a\tb\nשלום')
})

test('colours become spans', () => {
  expect(readAnsi(`ok ${esc}[1;32mpassed${esc}[0m${esc}[2m 3 ms${esc}[22m`)).toEqual([
    { ...plain, text: 'ok ' },
    { text: 'passed', isBold: true, isDim: false, color: 'green' },
    { ...plain, text: ' 3 ms', isDim: true },
  ])
})

test('a palette colour maps to the eight hues, a free one to none, and both take their arguments along', () => {
  expect(readAnsi(`${esc}[38;5;9ma${esc}[38;2;1;2;3mb${esc}[48;5;1mc`).map(({ text, color }) => [text, color])).toEqual(
    [
      ['a', 'red'],
      ['b', null],
      ['c', null],
    ],
  )
})

test('cursor movement, titles, links and half sequences leave nothing but the text', () => {
  const hostile = `${esc}[2J${esc}[H${esc}]0;evil title\u0007${esc}]8;;https://evil.example${esc}\\link${esc}]8;;${esc}\\ end${esc}[3`
  expect(
    readAnsi(hostile)
      .map(({ text }) => text)
      .join(''),
  ).toBe('link end')
})

test('a progress bar leaves its last state', () => {
  expect(readAnsi('10 %\r50 %\r100 %\r\ndone\r\n')).toEqual([{ ...plain, text: '100 %\ndone\n' }])
})

test('only web addresses can be opened', () => {
  const urls = [
    'https://a.example/x',
    'http://a.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/relative',
    '',
  ]
  expect(urls.filter(isOpenableLink)).toEqual(['https://a.example/x', 'http://a.example'])
})
