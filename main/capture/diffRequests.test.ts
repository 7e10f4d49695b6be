import { describe, expect, test } from 'vitest'
import type { ContextChange } from '../../contract/domain/context.ts'
import { contextOf } from './contextOf.ts'
import { diffRequests } from './diffRequests.ts'
import { assistantSays, marked, userSays } from './sampleTurn.ts'

const developer = (text: string, mark = 'model.base_instructions') => ({
  type: 'message',
  role: 'developer',
  content: [{ type: 'input_text', text }],
  ...marked('t1', mark),
})
const answers = (callId: string, output: string) => ({ type: 'function_call_output', call_id: callId, output })
const toolItem = (...names: string[]) => ({
  type: 'additional_tools',
  role: 'developer',
  tools: names.map((name) => ({ type: 'function', name })),
})
const diff = (before: unknown, after: unknown) =>
  diffRequests({ request: before }, { request: after, inputTokens: null })
const ofItems = (before: unknown[], after: unknown[]) => diff({ input: before }, { input: after })

/** `=3` three kept, `+` added, `-` removed, `~` changed; with their places. */
function word(change: ContextChange): string {
  switch (change.type) {
    case 'kept':
      return `=${change.count} ${change.previousIndex}→${change.itemIndex}`
    case 'added':
      return `+ ${change.itemIndex}`
    case 'removed':
      return `- ${change.previousIndex}`
    case 'changed':
      return `~ ${change.previousIndex}→${change.itemIndex}`
  }
}
const brief = (before: unknown[], after: unknown[]) => ofItems(before, after).changes.map(word)

const start = [toolItem('exec'), developer('You are Codex.'), userSays('Look')]

describe('history repeats', () => {
  test('what is sent again is kept, and what follows is new', () => {
    const next = [...start, assistantSays('I see.'), userSays('Go on')]
    expect(brief(start, next)).toEqual(['=3 0→0', '+ 3', '+ 4'])
    expect(ofItems(start, next)).toMatchObject({ prefixItems: 3, isCompacted: false, settings: [] })
  })

  test('what the server said is the same item when codex sends it back, with other marks around it', () => {
    const said = {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'I see.', annotations: [], logprobs: [] }],
    }
    const sent = {
      role: 'assistant',
      type: 'message',
      content: [{ text: 'I see.', type: 'output_text' }],
      ...marked('t1', 'unknown'),
    }
    const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' }
    const thoughtAgain = { type: 'reasoning', summary: [], content: null, encrypted_content: 'gAAAA' }
    expect(brief([...start, thought, said], [...start, thoughtAgain, sent])).toEqual(['=5 0→0'])
  })

  test('equal items are as many as there are', () => {
    const same = userSays('again')
    expect(brief([same, same], [same, same, same])).toEqual(['=2 0→0', '+ 2'])
    expect(brief([same, same, same], [same])).toEqual(['=1 0→0', '- 1', '- 2'])
  })

  test('an item in the middle that has other content is changed, and what is behind it is kept', () => {
    const old = [...start, answers('c1', `${'x'.repeat(1_000)}old tail`), userSays('Go on')]
    const next = [...start, answers('c1', `${'x'.repeat(1_000)}new tail`), userSays('Go on')]
    expect(brief(old, next)).toEqual(['=3 0→0', '~ 3→3', '=1 4→4'])
    expect(ofItems(old, next).changes[1]).toMatchObject({
      type: 'changed',
      kind: 'output',
      before: `…${'x'.repeat(60)}old tail`,
      after: `…${'x'.repeat(60)}new tail`,
    })
  })

  test('what is left out and what is put in are told where they are', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => assistantSays(text, `msg_${text}`))
    expect(brief([a, b, c], [a, c])).toEqual(['=1 0→0', '- 1', '=1 2→1'])
    expect(brief([a, c], [a, d, c])).toEqual(['=1 0→0', '+ 1', '=1 1→2'])
    expect(ofItems([a, c], [a, d, c]).prefixItems).toBe(1)
  })

  test('what moved forward leaves its place', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((text) => assistantSays(text, `msg_${text}`))
    expect(brief([a, b, c], [c, a, b])).toEqual(['- 0', '- 1', '=1 2→0', '+ 1', '+ 2'])
  })

  test('a compaction takes away the history and leaves a summary', () => {
    const old = [...start, assistantSays('I see.'), userSays('Go on')]
    const next = [...start, { type: 'compaction', encrypted_content: 'gAAAA' }]
    expect(brief(old, next)).toEqual(['=3 0→0', '- 3', '- 4', '+ 3'])
    expect(ofItems(old, next).isCompacted).toBe(true)
    expect(ofItems(next, [...next, userSays('On')]).isCompacted).toBe(false)
  })

  test('instructions of the same sort that say something else have changed', () => {
    const next = [start[0], developer('You are kind.'), ...start.slice(2)]
    expect(ofItems(start, next).changes[1]).toMatchObject({
      type: 'changed',
      kind: 'instructions',
      before: 'You are Codex.',
      after: 'You are kind.',
    })
  })
})

describe('beside the items', () => {
  test('tools are told by name, wherever they stand', () => {
    const before = { tools: [{ name: 'a' }, { name: 'b', description: 'old' }], input: [toolItem('exec')] }
    const after = { tools: [{ name: 'b', description: 'new' }], input: [toolItem('exec', 'wait')] }
    expect(diff(before, after).tools).toEqual({
      added: ['wait'],
      removed: ['a'],
      changed: ['b'],
      isFieldChanged: true,
    })
  })

  test('tools in another order are another field of the same tools', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }]
    expect(diff({ tools: [a, b] }, { tools: [b, a] }).tools).toEqual({
      added: [],
      removed: [],
      changed: [],
      isFieldChanged: true,
    })
  })

  test('settings and instructions that differ are named', () => {
    const before = { model: 'a', instructions: 'x', reasoning: { effort: 'low' }, text: { verbosity: 'low' } }
    const after = {
      model: 'b',
      instructions: 'y',
      reasoning: { effort: 'high' },
      text: { verbosity: 'low', format: {} },
    }
    expect(diff(before, after)).toMatchObject({
      areInstructionsChanged: true,
      settings: ['model', 'text.format', 'reasoning'],
      settingValues: { model: { before: 'a', after: 'b' }, reasoning: { before: '{"effort":"low"}' } },
    })
  })

  test('the tokens of the request before are told by kind', () => {
    const more = [...start, userSays('x'.repeat(4_000))]
    const { previousTokens } = diffRequests(
      { request: { input: start } },
      { request: { input: more }, inputTokens: 10_000 },
    )
    const now = contextOf({ input: more }, 10_000)
    const instructions = now.find(({ kind }) => kind === 'instructions')?.tokens ?? 0
    expect(Object.keys(previousTokens)).toEqual(['instructions', 'tools', 'history', 'files', 'output', 'images'])
    // What did not change is as much as it is now, though the model counted less then.
    expect(Math.abs(previousTokens.instructions - instructions)).toBeLessThan(8)
    expect(previousTokens.output).toBe(0)
  })
})

describe('whatever comes', () => {
  const odd = [undefined, null, 7, 'x', [], {}, { input: 7 }, { input: [null, 1, 'x', [], {}, { type: 7 }], tools: 1 }]

  test.each(odd.flatMap((before) => odd.map((after) => [before, after])))('%j and %j are compared', (before, after) => {
    const { changes } = diff(before, after)
    const items = Array.isArray((after as { input?: unknown })?.input) ? 6 : 0
    const told = changes.reduce(
      (sum, change) => sum + (change.type === 'kept' ? change.count : change.type === 'removed' ? 0 : 1),
      0,
    )
    expect(told).toBe(items)
  })

  test('every item of both is told of exactly once', () => {
    const item = (at: number) => userSays(`item ${at % 17}`)
    const before = Array.from({ length: 300 }, (_, at) => item(at * 7))
    const after = Array.from({ length: 400 }, (_, at) => item(at * 11))
    const [old, fresh] = [new Set<number>(), new Set<number>()]
    for (const change of ofItems(before, after).changes) {
      const count = change.type === 'kept' ? change.count : 1
      for (let at = 0; at < count; at++) {
        if (change.type !== 'added') old.add(change.previousIndex + at)
        if (change.type !== 'removed') fresh.add(change.itemIndex + at)
      }
    }
    expect([old.size, fresh.size]).toEqual([300, 400])
  })

  /** Counted, not timed: each item is looked at a number of times that does not grow with how many there are. */
  test.each(['all kept', 'all new', 'all equal', 'all of one name', 'all gone'])(
    'the work grows with the items: %s',
    (what) => {
      function looks(count: number): number {
        let looked = 0
        const make = (text: string, id: string) => {
          const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }], id }
          Object.defineProperty(item, 'type', {
            enumerable: true,
            get() {
              looked += 1
              return 'message'
            },
          })
          return item
        }
        const list = (name: string) =>
          Array.from({ length: count }, (_, at) => make(what === 'all equal' ? 'x' : `${name} ${at}`, name))
        const before = list('a')
        const after =
          what === 'all kept' ? list('a') : what === 'all gone' ? [] : list(what === 'all equal' ? 'a' : 'b')
        ofItems(before, after)
        return looked
      }
      expect(looks(2_000)).toBeLessThanOrEqual(looks(1_000) * 2 + 50)
    },
  )

  test('thousands of items are compared', () => {
    const before = Array.from({ length: 20_000 }, (_, at) => userSays(`item ${at}`))
    const after = [...before.slice(0, 10_000), userSays('new'), ...before.slice(10_000)]
    expect(brief(before, after)).toEqual(['=10000 0→0', '+ 10000', '=10000 10000→10001'])
  })
})
