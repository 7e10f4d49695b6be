import { createElement, isValidElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import ReactMarkdown from 'react-markdown'
import { beforeEach, expect, test, vi } from 'vitest'
import { attacks } from '../../e2e/hostile/corpus.ts'
import { createRandom } from '../../main/capture/random.ts'
import { markdownPlugins } from './markdownPlugins.ts'
import { createBlockReader } from './readBlocks.ts'
import { revealControls } from './untrustedText.ts'

vi.mock('react-markdown', { spy: true })
const spy = vi.mocked(ReactMarkdown)
beforeEach(() => {
  spy.mockClear()
})

const htmlOf = (blocks: ReactNode) => renderToStaticMarkup(createElement('div', null, blocks))
const htmlOfWhole = (text: string) => htmlOf(ReactMarkdown({ children: text, remarkPlugins: markdownPlugins }))
const keysOf = (blocks: ReactNode[]) => blocks.map((block) => (isValidElement(block) ? [block.type, block.key] : block))

/** As it streams, in steps of up to so many characters, and then as it stays. */
function expectSameAsWhole(text: string, step: (left: number) => number) {
  const read = createBlockReader({})
  let end = 0
  while (end < text.length) {
    end = Math.min(text.length, end + step(text.length - end))
    const come = text.slice(0, end)
    expect(htmlOf(read(come, true)), JSON.stringify(come)).toBe(htmlOfWhole(come))
  }
  const streamed = keysOf(read(text, true))
  const whole = read(text, false)
  expect(htmlOf(whole)).toBe(htmlOfWhole(text))
  expect(keysOf(whole)).toEqual(streamed)
}

const before = 'First.\n\nSecond, [x] and [^1].\n\n'
const samples: [string, string][] = [
  [
    'paragraphs and headings',
    'One\ntwo  \nthree\n\n# Four\n\nFive\n===\n\nSix\n---\nSeven\n## Eight\nNine\n\n***\n\nTen',
  ],
  ['a tight list', 'Before:\n- one\n- two\n  - inner\n\n  still two\n\nAfter'],
  ['a list that becomes loose', '- one\n- two\n\n- three\n\n\n- four\n\nAfter\n\n- five'],
  ['numbers that go on', '1. one\n\n2. two\n\n2 is no item\n\n10) ten\n\n11) eleven\n\n12'],
  [
    'a list of code',
    '1. one\n\n   ```sh\n   a\n\n   b\n   ```\n\n2. two\n\n       indented\n\n   last\n\nAfter\n\nEnd',
  ],
  ['lists next to each other', '- a\n\n* b\n\n+ c\n\n1. d\n\n1) e\n\n- - -\n\n- -'],
  [
    'fenced code',
    '```ts\nconst a = 1\n\n# no heading\n\n- no list\n```\n\nAfter\n\n~~~~\n```\n\n~~~\n\n~~~~\n\nEnd\n\n```\nopen\n\nto the end',
  ],
  ['code in a quote', '> ```\n> a\n\nout\n\n> b\nlazy\n\n> c\n\n> d'],
  ['indented code', 'Before\n\n    one\n\n    two\n\n\n\tthree\n\n+ \n\nAfter\n\n    four\n\n2. five\n\nEnd\n\nreally'],
  ['lazy lines', '- one\nlazy\n***b\n\n> - quote\nlazy\n===\n\nEnd\n#no\n\n---'],
  [
    'a table',
    'Before\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n| 3\n\nAfter\na | b\n- | -\nc\n\nd | e\n\n- | -\n\n| f |\n|-|\n> g',
  ],
  [
    'HTML',
    '<div>\n\n*a*\n\n</div>\n\n<pre>\n\n*b*\n\n</pre>\n\n<!-- c\n\n*d*\n\n-->\n\n<b>\n\ne <b\n\n<script>\n\n*f*',
  ],
  ['a definition at the end', `${before}Third\n\n> [x]: /url\n\nLast`],
  ['a definition on the way', `${before}[x]: /url\n"title\nthat goes on"\n\nThird [x]\n\nFourth`],
  ['what looks like a definition', `${before}[x]: /url is no definition\n\nThird\n\n[x]: /url 'open\n\nFourth`],
  ['footnotes', `${before}[^1]: Note\n\n    goes on\n\nThird[^2]\n\n- Fourth\n\n  [^2]: Other\n\n[^1]`],
  [
    'line ends of Windows',
    'One\r\n\r\n- two\r\n\r\n- three\r\n\r\nFour\r\n \t\r\n```\r\n\r\n```\r\n\r\nFive\r\n\r\nSix',
  ],
  ['lines that only look empty', 'One\n\u00a0\n# Two\n \t \nThree\n\u3000\n\n\u2003Four\n\f\nFive'],
  ['byte order marks', '\ufeffOne\n\n\ufeffTwo\n+ three\n\n\ufeff# Four\n\n\ufeff\n\nFive\n\nSix'],
]

test.each(samples)('%s: letter by letter it is what all of it comes to', (_name, text) => {
  expectSameAsWhole(`${text}\n`, () => 1)
})

test('the samples after each other, cut anywhere', () => {
  const random = createRandom(3)
  const places = samples.filter(([, text]) => !/\]:|<script>|open\n\nto/.test(text))
  for (let round = 0; round < 2; round += 1) {
    const text = Array.from({ length: 12 }, () => places[random(places.length)]?.[1]).join('\n\n')
    expectSameAsWhole(text, () => 1 + random(90))
  }
})

test('texts of attackers, cut anywhere', () => {
  const random = createRandom(4)
  for (const { text } of attacks.filter((attack) => attack.text.length < 2_000)) {
    const shown = revealControls(text)
    expectSameAsWhole(`Before\n\n${shown}\n\nBetween\n\n${shown}\n\nAfter`, () => 1 + random(shown.length))
  }
})

const signs =
  `-␣|*␣|+␣|1.␣|2.␣|2|1)␣|⏎|⏎|⏎|⏎⏎|⏎⏎|⏎⏎|⏎⏎|⏎␣⏎|␣␣␣␣|␣␣|␣|⇥|>␣|\`\`\`|~~~|<div>|</div>|<!--|-->|<pre>|</pre>|<b>|[x]|[x]:␣/u|[^1]|[^1]:␣n
  |"|a¦b|-¦-|¦|===|---|***|#␣|word|two␣words|\\|&#10;|⏎⏎\r|-␣[␣]␣t|**b**|https://a.example`
    .split(/\|\s*/)
    .map((sign) => sign.trim().replace(/[␣⏎⇥¦]/g, (as) => ({ '␣': ' ', '⏎': '\n', '⇥': '\t', '¦': '|' })[as] ?? as))

test('any order of signs, cut anywhere', () => {
  for (let seed = 0; seed < 24; seed += 1) {
    const random = createRandom(seed)
    const usable = seed % 3 === 0 ? signs : signs.filter((sign) => !sign.includes(']:'))
    const text = Array.from({ length: 40 }, () => usable[random(usable.length)]).join('')
    expectSameAsWhole(revealControls(text), () => 1 + random(16))
  }
})

const section = (at: number) =>
  `## Part ${at}\n\nSome *words*:\n\n- one\n- two\n\n\`\`\`ts\nlet a = ${at}\n\n\`\`\`\n\n`

test('what is settled is neither read nor drawn again', () => {
  const read = createBlockReader({})
  let text = ''
  let updates = 0
  let last: ReactNode[] = []
  for (let at = 0; at < 100; at += 1) {
    for (const part of section(at).split(/(?<= )/)) {
      text += part
      updates += 1
      const blocks = read(text, true)
      // Four blocks a section, each with a line end behind it.
      const settled = Math.max(0, at - 1) * 8
      expect(blocks.slice(0, settled).every((block, place) => block === last[place])).toBe(true)
      expect(blocks.length).toBeGreaterThan(settled)
      last = blocks
    }
  }
  const lengths = spy.mock.calls.map(([{ children }]) => children?.length ?? 0)
  expect(lengths).toHaveLength(updates)
  expect(Math.max(...lengths)).toBeLessThan(section(99).length)
})

test('a text that defines something is read whole, and once for each update', () => {
  const read = createBlockReader({})
  let text = 'See [it].\n\nMore.\n\n[it]: /url\n\n'
  read(text, true)
  for (let at = 0; at < 5; at += 1) {
    text += section(at)
    spy.mockClear()
    read(text, true)
    expect(spy.mock.calls.map(([{ children }]) => children)).toEqual([text])
  }
})

test('another text in its place is read from its beginning', () => {
  const read = createBlockReader({})
  read(section(1) + section(2), true)
  expect(htmlOf(read(section(3) + section(4), true))).toBe(htmlOfWhole(section(3) + section(4)))
  expect(htmlOf(read('', true))).toBe(htmlOfWhole(''))
})
