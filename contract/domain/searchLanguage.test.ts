import { expect, test } from 'vitest'
import {
  isFolderWanted,
  isModelWanted,
  isToolWanted,
  queryForFolder,
  quoteExactValue,
  quoteValue,
  readSearch,
  type SearchTerm,
  type Wanted,
  withoutPart,
  withPart,
} from './searchLanguage.ts'

/** A Tuesday, a quarter past three in the afternoon. */
const now = new Date(2026, 10, 24, 15, 15).getTime()
const midnight = (day: number, month = 10, year = 2026) => new Date(year, month, day).getTime()
const terms = (query: string) => {
  const { terms, problems } = readSearch(query, now)
  expect(problems, query).toEqual([])
  return terms.map(describe)
}
const message = (query: string) => readSearch(query, now).problems.map((problem) => problem.message)

/** `+` before a phrase, `…` behind what is still open. */
function describe(term: SearchTerm): unknown {
  const minus = term.isExcluded ? '-' : ''
  if (term.type === 'words') return `${minus}${term.isPhrase ? '+' : ''}${term.text}${term.isOpen ? '…' : ''}`
  const { key, ...rest } = term.condition
  return { [`${minus}${key}`]: 'at' in rest ? rest.at : rest.values.map(write) }
}

const write = (value: string | Wanted) =>
  typeof value === 'string' ? value : `${value.isExact ? '=' : ''}${value.text}`

test('words, phrases and what must not be', () => {
  expect(terms('fix "the clock" te')).toEqual(['fix', '+the clock', 'te…'])
  expect(terms('fix ')).toEqual(['fix'])
  expect(terms('fix -old -"the clock" --no-verify')).toEqual(['fix', '-old', '-+the clock', '--no-verify…'])
  expect(terms('say "a ""b"" c" "left open')).toEqual(['say', '+a "b" c', '+left open'])
  expect(terms('a-b x-')).toEqual(['a-b', 'x-'])
  expect(terms('')).toEqual([])
})

test('a star behind a word makes it the beginning of one, wherever it stands', () => {
  expect(terms('clo* fix ')).toEqual(['clo…', 'fix'])
  expect(terms('-clo* src/ap* fix')).toEqual(['-clo…', 'src/ap…', 'fix…'])
  expect(terms('clo** "clo*" c*lo ')).toEqual(['clo…', '+clo*', 'c*lo'])
  // One letter is a word and no beginning, and with a star it would be one of a tenth of all words.
  expect(terms('fix a')).toEqual(['fix', 'a'])
  expect(message('a* fix')).toEqual(['“a*” begins too many words. Write one more letter before the star.'])
  expect(message('fix *')).toEqual([expect.stringContaining('“*” has no letter')])
})

test('what was the beginning of a word stays it when something is added', () => {
  expect(withPart('', 'clo')).toBe('clo')
  expect(withPart('clo', 'status:failed')).toBe('clo* status:failed')
  expect(withPart('fix clo* ', 'now')).toBe('fix clo*  now')
  for (const whole of ['clo ', 'clo*', '"clo"', '-clo', 'a', 'tag:clo']) {
    expect(withPart(whole, 'now')).toBe(`${whole} now`)
  }
})

test('keys narrow, wherever they stand, with alternatives after commas', () => {
  expect(terms('model:gpt-6 clock cwd:"my folder" Tool:exec_command')).toEqual([
    { model: ['gpt-6'] },
    'clock',
    { cwd: ['my folder'] },
    { tool: ['exec_command'] },
  ])
  expect(terms('status:FAILED,stopped -tag:"a, b",c account:key has:edits is:starred')).toEqual([
    { status: ['failed', 'aborted'] },
    { '-tag': ['a, b', 'c'] },
    { account: ['apiKey'] },
    { has: ['edits'] },
    { is: ['starred'] },
  ])
})

test('with = before it a value is meant exactly, each of several for itself', () => {
  expect(terms('model:=gpt-5 tool:="apply patch" -cwd:=/,api model:="a ""b"", c",=d')).toEqual([
    { model: ['=gpt-5'] },
    { tool: ['=apply patch'] },
    { '-cwd': ['=/', 'api'] },
    { model: ['=a "b", c', '=d'] },
  ])
  // Others mean nothing but themselves anyway.
  expect(terms('tag:=later status:=failed')).toEqual([{ tag: ['later'] }, { status: ['failed'] }])
  expect(terms(`model:${quoteValue('=a')} model:${quoteExactValue('=a')} model:"=a"`)).toEqual([
    { model: ['=a'] },
    { model: ['==a'] },
    { model: ['=a'] },
  ])
  expect(message('model:= after:=today')).toEqual([
    'model: wants a value right after the colon, such as model:gpt-5.',
    expect.stringContaining('not “=today”'),
  ])
  const models = ['gpt-5', 'GPT-5', 'gpt-5.5', 'a-gpt-5', null]
  expect(models.filter((model) => isModelWanted(model, { text: 'gpt-5', isExact: true }))).toEqual(['gpt-5', 'GPT-5'])
  expect(models.filter((model) => isModelWanted(model, { text: 'gpt-5', isExact: false }))).toEqual(models.slice(0, 4))
  const tools = ['exec', 'exec_command', 'my_exec']
  expect(tools.filter((tool) => isToolWanted(tool, { text: 'exec', isExact: true }))).toEqual(['exec'])
  expect(tools.filter((tool) => isToolWanted(tool, { text: 'exec', isExact: false }))).toEqual(['exec', 'exec_command'])
})

test('what only looks like a key is a word', () => {
  const words = ['https://x.test', 'std::fs', 'localhost:8080', 'app.ts:12', 'C:\\temp', 'error:', '"model:gpt"']
  expect(terms(words.join(' '))).toHaveLength(words.length)
  expect(terms('src/model:x -https://x.test ')).toEqual(['src/model:x', '-https://x.test'])
})

test('times are days of this computer, or so long ago', () => {
  const after = (value: string) => (terms(`after:${value}`)[0] as { after: number }).after
  expect(after('2026-11-03')).toBe(midnight(3))
  expect(after('2026-11')).toBe(midnight(1))
  expect(after('2025')).toBe(midnight(1, 0, 2025))
  expect(after('2026-11-03T14:30')).toBe(midnight(3) + 14.5 * 3_600_000)
  expect(after('today')).toBe(midnight(24))
  expect(after('yesterday')).toBe(midnight(23))
  expect(after('12h')).toBe(now - 12 * 3_600_000)
  expect(after('2w')).toBe(now - 14 * 86_400_000)
  expect(terms('before:yesterday')).toEqual([{ before: midnight(23) }])
})

test('what means nothing is said, with what would', () => {
  const time = 'takes a day such as 2026-11-24, today or yesterday, or a time ago such as 12h, 7d or 2w'
  const words = (text: string) => `For the words themselves put them in quotes: "${text}".`
  expect(message('status:broken')).toEqual(['status: is live, completed, failed, aborted or cut, not “broken”.'])
  expect(message('account:me has:x is:mine')).toEqual([
    'account: is chatgpt or key, not “me”.',
    'has: is edits or errors, not “x”.',
    'is: is starred, not “mine”.',
  ])
  expect(message('after:soon')).toEqual([`after: ${time}; not “soon”.`])
  expect(message('before:2026-02-31')).toEqual([`before: ${time}; not “2026-02-31”.`])
  expect(message('after:2026-01-01T25:00')).toHaveLength(1)
  expect(message('-after:today')).toEqual(['-after: is before: with the same time; write before:today.'])
  expect(message('model: clock')).toEqual(['model: wants a value right after the colon, such as model:gpt-5.'])
  expect(message('tag:a,, x')).toEqual(['tag: wants a value right after the colon, such as tag:later.'])
  expect(message('modle:gpt')).toEqual([`There is no modle: to narrow by. Did you mean model:? ${words('modle:gpt')}`])
  expect(message('-project:api')[0]).toContain('Did you mean cwd:?')
  expect(message('node:sqlite')).toEqual([
    `There is no node: to narrow by. There are model:, cwd:, tool:, status:, account:, after:, before:, has:, tag: and is:. ${words('node:sqlite')}`,
  ])
  expect(message('a => b')).toEqual(['“=>” has no letter or digit, and nothing else can be looked for. Leave it out.'])
})

test('a problem knows where it stands, and whether it may just not be typed to its end', () => {
  const problems = readSearch('after:soon clock status:', now).problems
  expect(problems.map(({ start, end, isUnfinished }) => [start, end, isUnfinished])).toEqual([
    [0, 10, false],
    [17, 24, true],
  ])
  const isUnfinished = (query: string) => readSearch(query, now).problems[0]?.isUnfinished
  expect(['status:fai', 'status:failed,c', 'after:yes', 'after:202', 'tag:', '-'].map(isUnfinished)).not.toContain(
    false,
  )
  expect(['status:broken', 'after:soon', 'is:mine', 'modle:x', 'status:fai '].map(isUnfinished)).not.toContain(true)
  expect(withoutPart('a status:x b', { start: 2, end: 10 })).toBe('a b')
})

test('what is too long is one problem, which what is too much of it takes away', () => {
  const query = `model:x ${'a'.repeat(1226)}`
  const { terms: read, problems } = readSearch(query, now)
  expect(read).toEqual([])
  expect(problems).toEqual([
    {
      message: 'The search may have 1,000 characters at most; this one has 1,234.',
      start: 1000,
      end: 1234,
      isUnfinished: false,
    },
  ])
  expect(readSearch(withoutPart(query, { start: 1000, end: 1234 }), now).problems).toEqual([])
})

test('what is written is read as it was meant', () => {
  for (const cwd of ['/srv/api', '/srv/my folder', '/srv/a,b', '/srv/say "hi"']) {
    expect(terms(queryForFolder(cwd))).toEqual([{ cwd: [cwd] }])
  }
  expect(terms(queryForFolder('/'))).toEqual([{ cwd: ['=/'] }])
  expect(quoteValue('')).toBe('""')
})

test('a folder is asked for as a part, alone, or with all that is in it', () => {
  const folders = ['/home/ada/src/api', '/home/ada/src/api/v2', '/srv/API', 'C:\\Users\\ada\\src', null]
  const wanted = (text: string, isExact = false) => folders.filter((cwd) => isFolderWanted(cwd, { text, isExact }))
  expect(wanted('api')).toEqual(['/home/ada/src/api', '/home/ada/src/api/v2', '/srv/API'])
  expect(wanted('/home/ada/src/api')).toEqual(['/home/ada/src/api'])
  expect(wanted('~/src/api/')).toEqual(['/home/ada/src/api', '/home/ada/src/api/v2'])
  expect(wanted('~\\src')).toEqual(['C:\\Users\\ada\\src'])
  expect(wanted('C:\\Users\\')).toEqual(['C:\\Users\\ada\\src'])
  expect(wanted('api', true)).toEqual([])
  expect(wanted('~/src/api', true)).toEqual(['/home/ada/src/api'])
  expect(wanted('/home/ada/src/api/', true)).toEqual([])
})

test('~ is the home of this computer, wherever it is, and what looks like one', () => {
  const folders = ['/data/ada', '/data/ada/src', '/data/adam/src', '/home/bob/src']
  const wanted = (text: string, isExact = false) =>
    folders.filter((cwd) => isFolderWanted(cwd, { text, isExact }, ['/data/ada']))
  expect(wanted('~/src')).toEqual(['/data/ada/src', '/home/bob/src'])
  expect(wanted('~')).toEqual(['/data/ada'])
  expect(wanted('~/')).toEqual(['/data/ada', '/data/ada/src', '/home/bob/src'])
  expect(wanted('~/src', true)).toEqual(['/data/ada/src', '/home/bob/src'])
})
