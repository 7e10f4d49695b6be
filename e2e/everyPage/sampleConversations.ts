import { png } from '../../main/capture/samplePictures.ts'

/** What was said in the sample: the same in each run, to the second. */

export const startedAt = Date.UTC(2025, 5, 17, 8, 30)

/** When people look at it. */
export const lookedAt = Date.UTC(2025, 5, 17, 12, 0)

export const sample = {
  main: { sessionId: '0197a000-0000-7000-8000-000000000003', title: 'make the session test deterministic' },
  long: { sessionId: '0197a000-0000-7000-8000-000000000002', title: 'explain how sessions expire here, with a table' },
  failed: { sessionId: '0197a000-0000-7000-8000-000000000001', title: 'migrate the project to pnpm' },
}

export type Item = Record<string, unknown>

/** One exchange. */
export interface Step {
  sessionId: string
  /** The session's own unless told otherwise. */
  threadId?: string
  turnId: string
  /** After `startedAt`. */
  atS: number
  /** The whole context. */
  input: Item[]
  output: Item[]
  error?: Item
  tokens: { input: number; cached: number; output: number; reasoning: number }
  model?: string
  /** What else is in the request, and in what codex says of its turn. */
  request?: Item
  metadata?: Item
  headers?: [name: string, value: string][]
}

const environment = (cwd: string) =>
  says('user', `<environment_context>\n  <cwd>${cwd}</cwd>\n  <shell>bash</shell>\n</environment_context>`)

export function says(role: 'user' | 'assistant', text: string): Item {
  const type = role === 'user' ? 'input_text' : 'output_text'
  return { type: 'message', role, content: [{ type, text }] }
}

let counted = 0
const callId = () => `call_${++counted}`

const thinks = (text: string): Item => ({
  type: 'reasoning',
  id: `rs_${++counted}`,
  summary: [{ type: 'summary_text', text }],
  encrypted_content: 'gAAAA',
})

const runs = (cmd: string, output: string, code = 0): Call => {
  const id = callId()
  return [
    { type: 'function_call', call_id: id, name: 'exec_command', arguments: JSON.stringify({ cmd }) },
    {
      type: 'function_call_output',
      call_id: id,
      output: `Wall time: 0.2 seconds\nProcess exited with code ${code}\nOutput:\n${output}`,
    },
  ]
}

const patches = (patch: string): Call => {
  const id = callId()
  return [
    { type: 'custom_tool_call', call_id: id, name: 'apply_patch', input: patch },
    { type: 'custom_tool_call_output', call_id: id, output: 'Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.' },
  ]
}

const views = (path: string, base64: string): Call => {
  const id = callId()
  return [
    { type: 'function_call', call_id: id, name: 'view_image', arguments: JSON.stringify({ path }) },
    {
      type: 'function_call_output',
      call_id: id,
      output: [{ type: 'input_image', image_url: `data:image/png;base64,${base64}` }],
    },
  ]
}

/** A tool call, and what came back. */
type Call = [Item, Item]

/** Each answer's items; a call's output is sent back with the next request, as codex does. */
type Said = Item | Call

function turn(
  context: Item[],
  { sessionId, atS }: { sessionId: string; atS: number },
  prompt: string,
  answers: Said[][],
): Step[] {
  const turnId = `${sessionId}-${atS}`
  context.push(says('user', prompt))
  return answers.map((answer, at): Step => {
    const input = [...context]
    const output = answer.map((said) => (Array.isArray(said) ? said[0] : said))
    context.push(...output, ...answer.flatMap((said) => (Array.isArray(said) ? [said[1]] : [])))
    const tokens = { input: 11_000 + 900 * input.length, cached: at === 0 ? 0 : 10_000, output: 240, reasoning: 64 }
    return { sessionId, turnId, atS: atS + at * 6, input, output, tokens }
  })
}

const patch = `*** Begin Patch
*** Update File: src/session.js
@@
 const lifetimeMs = 30 * 60 * 1000
-export function startSession(user) {
-  return { user, expiresAt: Date.now() + lifetimeMs }
+export function startSession(user, now = Date.now()) {
+  return { user, expiresAt: now + lifetimeMs }
 }
*** End Patch`

const cwd = '/home/ada/signin'
const main = [environment(cwd)]
const long = [environment(cwd)]
const failed = [environment('/home/ada/a-project-with-quite-a-long-name-for-a-narrow-window')]

const limitReached: Item = {
  type: 'error',
  status: 429,
  error: {
    type: 'usage_limit_reached',
    message: 'The usage limit has been reached',
    plan_type: 'plus',
    // An hour after it is looked at.
    resets_at: Math.floor(lookedAt / 1000) + 3600,
  },
}

export const steps: Step[] = [
  ...turn(failed, { sessionId: sample.failed.sessionId, atS: 0 }, sample.failed.title, [[]]).map((step) => ({
    ...step,
    error: limitReached,
  })),
  ...turn(long, { sessionId: sample.long.sessionId, atS: 3600 }, sample.long.title, [
    [
      runs('cat src/session.js', 'const lifetimeMs = 30 * 60 * 1000\n\nexport function startSession(user) {}\n'),
      views('docs/flow.png', png(480, 120)),
    ],
    [
      says(
        'assistant',
        [
          'A session ends **half an hour** after it began.',
          '',
          '| step | where | what |',
          '| --- | --- | --- |',
          '| begin | `startSession` | `expiresAt` is now and 30 minutes |',
          '| check | `isExpired` | is it later than `expiresAt`? |',
          '',
          '```js',
          'const aLineThatIsLongerThanANarrowWindow = isExpired(startSession("ada", Date.now()), Date.now() + lifetimeMs)',
          '```',
          '',
          '- [Sessions](https://example.com/sessions) are never renewed.',
        ].join('\n'),
      ),
    ],
  ]),
  ...turn(main, { sessionId: sample.main.sessionId, atS: 7200 }, sample.main.title, [
    [
      thinks('**Looking for the clock**\n\nA test that fails now and then usually reads the time twice.'),
      runs('git log --oneline -3 && ls src test', 'Sessions that expire\nsrc:\nsession.js\n\ntest:\nsession.test.js\n'),
    ],
    [patches(patch)],
    [runs('node --test', '✖ a session lasts half an hour (1.8 ms)\n', 1)],
    [runs('node --test', '✔ a session lasts half an hour (1.2 ms)\n✔ an expired session (0.1 ms)\n')],
    [
      says(
        'assistant',
        'The test compared two clocks. I pass the time in, so that both see the same. **Both tests pass.**',
      ),
    ],
  ]),
  ...turn(main, { sessionId: sample.main.sessionId, atS: 7500 }, 'now add a test for the exact moment of expiry', [
    [says('assistant', 'At `expiresAt` itself the session still holds; one millisecond later it does not.')],
  ]),
]
