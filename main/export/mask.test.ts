import { expect, test } from 'vitest'
import { innocent, planted, plantedEmails } from './corpus.ts'
import { createMasker, mask } from './mask.ts'

const options = { emails: plantedEmails }

test('every secret of the corpus is masked, and nothing around it', () => {
  expect(planted.map(({ text }) => mask(text, options).text)).toEqual(planted.map(({ masked }) => masked))
})

test('nothing of a secret is left, and the list of what was masked has nothing of it either', () => {
  for (const { text, secrets } of planted) {
    const { text: left, masked } = mask(text, options)
    expect(masked.length, text).toBeGreaterThan(0)
    expect(secrets.filter((secret) => `${left}${JSON.stringify(masked)}`.includes(secret))).toEqual([])
  }
})

test('what only looks like a secret stays', () => {
  expect(innocent.map((text) => mask(text, options))).toEqual(innocent.map((text) => ({ text, masked: [] })))
})

test('masking what is masked changes nothing and counts nothing', () => {
  for (const { masked } of planted) expect(mask(masked, options)).toEqual({ text: masked, masked: [] })
  const all = planted.map(({ text }) => text).join('\n')
  const once = mask(all, options).text
  expect(mask(once, options)).toEqual({ text: once, masked: [] })
})

test('a list says what was masked, where, how often and how it is shown', () => {
  const masker = createMasker()
  masker.text('cd /home/jane; cat /home/jane/.env', 'commands')
  masker.text('password=hunter2', 'output')
  expect(masker.masked()).toEqual([
    { kind: 'homePath', where: 'commands', shown: '~', count: 2 },
    { kind: 'password', where: 'output', shown: '…', count: 1 },
  ])
})

test('in JSON a name can say that its text is a secret, and names are masked themselves', () => {
  const masker = createMasker()
  const value = { password: 'plain words', token: 7, nested: [{ '/home/jane/x': true, clientSecret: 'a b' }] }
  expect(masker.value(value, 'request')).toEqual({
    password: '…',
    token: 7,
    nested: [{ '~/x': true, clientSecret: '…' }],
  })
  expect(masker.masked()).toEqual([
    { kind: 'password', where: 'request', shown: '…', count: 2 },
    { kind: 'homePath', where: 'request', shown: '~', count: 1 },
  ])
})

test('a secret that comes in pieces is found over their borders', () => {
  const key = 'sk-proj-4f9c1d7ab02e86355d90c8fa'
  const pieces = [
    'the key',
    ' is s',
    'k-pro',
    '',
    key.slice(6, 20),
    `${key.slice(20)}, in /ho`,
    'me/jane',
    '/x and',
    ' on',
  ]
  const masker = createMasker()
  expect(masker.pieces(pieces, 'answer')).toEqual([
    'the key',
    ' is sk-…c8fa',
    '',
    '',
    '',
    ', in ~',
    '',
    '/x and',
    ' on',
  ])
  expect(masker.masked()).toEqual([
    { kind: 'apiKey', where: 'answer', shown: 'sk-…c8fa', count: 1 },
    { kind: 'homePath', where: 'answer', shown: '~', count: 1 },
  ])
  expect(masker.pieces(['a', 'b'], 'answer')).toEqual(['a', 'b'])
})

test('the home of whoever exports is masked wherever it is, and no other folder', () => {
  const left = (home: string, text: string) => mask(text, { homes: [home] }).text
  const home = "/srv/people/Bob's (old) R&D"
  const xml = home.replace("'", '&apos;').replace('&D', '&amp;D')
  for (const [text, masked] of [
    [`cd "${home}/src"`, 'cd "~/src"'],
    [`<cwd>${xml}</cwd>`, '<cwd>~</cwd>'],
    [`{"a":"x\\n${home.replaceAll('/', '\\/')}"}`, '{"a":"x\\n~"}'],
    [`?at=${encodeURIComponent(home)}%2Fx`, '?at=~%2Fx'],
    [`file:///host_mnt${home}.`, 'file:///host_mnt~.'],
    [`${home}-2 ${home}2 ${home}.bak /srv/people`, `${home}-2 ${home}2 ${home}.bak /srv/people`],
  ] as const) {
    expect(left(home, text)).toBe(masked)
  }
  expect(left('D:\\Homes\\Jane', '"d:\\\\homes\\\\jane\\\\x" D:/Homes/Jane')).toBe('"~\\\\x" ~')
  expect(left('/root', '/root/x, src/root/x, /rooted')).toBe('~/x, src/root/x, /rooted')
})

// Where a search took time in proportion to the square of the text, each of these would take days.
const megabytes20 = 20 * 1024 * 1024
const hostile = [
  'eyJ-',
  'eyJaaaaaaa.',
  'sk-',
  'xoxb-',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\n----',
  'password:',
  'token: ',
  'token:" ',
  `token:"token:'token:\``,
  'authorization:',
  'bearer ',
  'cookie: a',
  '://a:',
  '://',
  '--a-a',
  '/home/',
  'C:\\Users\\A ',
  '/var/',
  '//wsl$/a',
  '/System/Volumes/Data/Users',
  '/srv/people/',
  '/srv\\people%2F',
  '\\home',
  'email a',
  'a',
  '\n',
]

test('20 MB of any of what almost is a secret are gone through in time', { timeout: 300_000 }, () => {
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(megabytes20 / hostile.length / piece.length))
    const known = { homes: ['/srv/people/jane', '/root'] }
    expect(mask(mask(text, known).text, known).masked.length, piece).toBeLessThan(2)
  }
  const all = hostile.join(' ')
  mask(all.repeat(Math.ceil(megabytes20 / all.length)))
})
