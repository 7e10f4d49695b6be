import type { Step } from '../everyPage/sampleConversations.ts'
import { type Attack, attacks, burdens } from './corpus.ts'

/** Conversations that say an attack wherever codex, the model and its tools can say something. */

type Item = Record<string, unknown>

const placeOf = (attack: Attack) => [...attacks, ...burdens].indexOf(attack)
export const sessionOf = (attack: Attack) => `hostile-${placeOf(attack)}`
export const firstTurnOf = (attack: Attack) => `turn-${placeOf(attack)}-0`

/** Found by a search, beside the attack. */
export const needle = 'needle'

const secondsApart = 60
const tokens = { input: 9_000, cached: 4_000, output: 90, reasoning: 30 }

/** What is to be recorded: a session for each attack, and one of all. */
export function steps(): Step[] {
  return [
    ...attacks.flatMap((attack, at) => conversation(attack, at)),
    ...burdens.flatMap((attack, at) => conversation(attack, attacks.length + at, { isHeavy: true })),
    ...everyAttackAtOnce(),
  ]
}

const says = (role: 'user' | 'assistant', text: string): Item => ({
  type: 'message',
  role,
  content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
})

const thinks = (text: string): Item => ({
  type: 'reasoning',
  id: `rs-${text.length}`,
  summary: [{ type: 'summary_text', text }],
  encrypted_content: 'gAAAA',
})

const oneLine = (text: string) => text.replaceAll('\n', ' ')

/** Calls of all kinds, by their ids. */
function callsOf(text: string, name: string): Record<string, Item> {
  const call = (tool: string, input: unknown): Item => ({
    type: 'function_call',
    name: tool,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  })
  const custom = (tool: string, input: string): Item => ({ type: 'custom_tool_call', name: tool, input })
  const patch = [
    '*** Begin Patch',
    `*** Update File: ${oneLine(name)}`,
    `*** Move to: ${oneLine(name)}.ts`,
    `@@ ${oneLine(name)}`,
    ` ${oneLine(text)}`,
    `-old ${oneLine(text)}`,
    `+new ${oneLine(text)}`,
    `*** Add File: new/${oneLine(name)}`,
    `+${oneLine(text)}`,
    '*** End Patch',
  ].join('\n')
  return {
    command: call('exec_command', { cmd: text }),
    program: custom('exec', `const r = await tools.exec_command({ cmd: ${JSON.stringify(text)} });\ntext(r.output);`),
    patch: custom('apply_patch', patch),
    plan: call('update_plan', { explanation: text, plan: [{ step: text, status: 'in_progress' }] }),
    mcp: call(`mcp__${name}__${name}`, { [name]: text }),
    named: call(name, text),
    image: call('view_image', { path: text }),
    typed: call('write_stdin', { session_id: name, chars: text }),
  }
}

const answerTo = (id: string, type: unknown, output: string): Item => ({
  type: type === 'function_call' ? 'function_call_output' : 'custom_tool_call_output',
  call_id: id,
  output: `Wall time: 0.2 seconds\nProcess exited with code 1\nOutput:\n${output}`,
})

function conversation(attack: Attack, at: number, { isHeavy = false } = {}): Step[] {
  const { text } = attack
  // What is a name has an end.
  const name = isHeavy ? text.slice(0, 2_000) : text
  const sessionId = sessionOf(attack)
  const about = {
    sessionId,
    model: name,
    tokens,
    metadata: { workspaces: { [`/srv/${name}`]: { latest_git_commit_hash: name, branch: name } } },
    headers: [['user-agent', name]] as [string, string][],
  }
  const calls = Object.entries(callsOf(text, name)).map(([id, item]) => ({ ...item, call_id: `${id}-${at}` }) as Item)
  const outputs = calls.map((item) => answerTo(String(item.call_id), item.type, `${text}\n${needle} ${name}`))
  const begin = at * 10 * secondsApart
  const prompt = says('user', isHeavy ? `${attack.name}: ${text}` : `${text} (${needle})`)
  const pictures = { role: 'user', type: 'message', content: [text, `data:image/svg+xml,${name}`].map(pictureOf) }
  const web = (action: Item): Item => ({ type: 'web_search_call', id: `web-${JSON.stringify(action).length}`, action })
  const said = [
    thinks(text),
    thinks(`**${name}**\n\n${text}`),
    ...calls,
    web({ type: 'search', query: text, queries: [text, name] }),
    web({ type: 'open_page', url: text }),
    web({ type: 'find_in_page', url: text, pattern: text }),
    { type: `${name}_thing`, [name]: text },
  ]
  const turn = (number: number, input: Item[], output: Item[], more: Partial<Step> = {}): Step => ({
    ...about,
    turnId: `turn-${at}-${number}`,
    atS: begin + number * secondsApart,
    input,
    output,
    ...more,
  })
  const task = `Message Type: NEW_TASK\nTask name: ${oneLine(name)}\nPayload:\n${text}`
  return [
    turn(0, [prompt, pictures], said),
    { ...turn(0, [prompt, pictures, ...said, ...outputs], [says('assistant', text)]), atS: begin + 20 },
    turn(
      1,
      [{ type: 'agent_message', content: [{ text: task }], ...markedBy(`turn-${at}-1`) }],
      [says('assistant', text)],
      {
        threadId: `${sessionId}-agent`,
        metadata: { ...about.metadata, parent_thread_id: sessionId, subagent_kind: name, thread_source: 'subagent' },
      },
    ),
    turn(
      2,
      [prompt, says('assistant', text), { type: 'compaction', encrypted_content: text }, says('user', text)],
      [],
      {
        error: { type: 'error', status: 400, error: { type: name, code: name, message: text } },
      },
    ),
  ]
}

const pictureOf = (url: string): Item => ({ type: 'input_image', image_url: url })

const markedBy = (turnId: string): Item => ({ internal_chat_message_metadata_passthrough: { turn_id: turnId } })

export const everythingSession = 'hostile-everything'

/** What the inspector is to show: each attack as a key, a value, a tool, and an item, changed from one request to the next. */
function everyAttackAtOnce(): Step[] {
  const all = Object.fromEntries(attacks.map(({ name, text }) => [text, { [text]: text, name }]))
  const texts = attacks.map(({ text }) => says('user', text))
  const toolOf = ({ text }: Attack, description: string): Item => {
    return {
      type: 'function',
      name: text,
      description,
      parameters: { type: 'object', properties: { [text]: { type: text } } },
    }
  }
  const step = (number: number, input: Item[], description: string): Step => ({
    sessionId: everythingSession,
    turnId: `everything-${number}`,
    atS: 10 * secondsApart * (attacks.length + burdens.length) + number * secondsApart,
    input,
    output: [says('assistant', `Answer ${number}.`)],
    tokens,
    request: {
      tools: attacks.map((attack) => toolOf(attack, `${description} ${attack.text}`)),
      [attacks[0]?.text ?? '']: all,
    },
    headers: attacks.map(({ text }) => ['x-codex-turn-metadata', oneLine(text)]),
  })
  const changed = attacks.map(({ text }) => says('user', `${text} and more`))
  return [
    step(0, [says('user', 'everything at once'), ...texts], 'first'),
    step(1, [says('user', 'everything at once'), ...changed, ...texts.slice(0, 9)], 'second'),
  ]
}
