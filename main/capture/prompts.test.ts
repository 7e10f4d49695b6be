import { describe, expect, test } from 'vitest'
import { readPrompts } from './prompts.ts'
import type { ResponseItem } from './reduced.ts'
import { assistantSays, functionCall, marked, reduce, requestOf, socketParts, userSays } from './sampleTurn.ts'

const context = userSays('<environment_context><cwd>/a</cwd></environment_context>')
const output: ResponseItem = { type: 'function_call_output', call_id: 'call_1', output: 'x' }
const task = (type: string, payload = '', more = marked('t1')): ResponseItem => ({
  type: 'agent_message',
  content: [{ type: 'input_text', text: `Message Type: ${type}\nTask name: /root/count\nPayload:\n${payload}` }],
  ...more,
})

const promptsOf = (input: unknown[], more = {}) =>
  readPrompts(reduce(socketParts({ request: requestOf({ input, ...more }), events: [] })))
const textsOf = (input: unknown[], more = {}) => promptsOf(input, more).map(({ text }) => text)

describe('codex marks what is the user’s', () => {
  test.each<[string, unknown[], string[]]>([
    [
      'the prompt among the context',
      [
        userSays('context', marked('t1', 'environments.environment_context')),
        userSays('hello', marked('t1', 'user.text')),
      ],
      ['hello'],
    ],
    [
      'steering behind a tool output',
      [
        userSays('hello', marked('t1', 'user.text')),
        functionCall,
        output,
        userSays('faster', marked('t1', 'user.text')),
      ],
      ['hello', 'faster'],
    ],
    [
      'not what was said in earlier turns',
      [userSays('hello', marked('t0', 'user.text')), assistantSays('Hi'), userSays('bye', marked('t1', 'user.text'))],
      ['bye'],
    ],
    [
      'words that look like context',
      [userSays('<environment_context> is what?', marked('t1', 'user.text'))],
      ['<environment_context> is what?'],
    ],
    [
      'a part of the user among others',
      [userSays('hello', marked('t1', 'skill.text', 'user.image', 7 as never))],
      ['hello'],
    ],
    ['a mark without a turn', [userSays('hello', marked(null, 'user.text'))], ['hello']],
    ['not what others say', [{ ...userSays('hello', marked('t1', 'user.text')), role: 'developer' }], []],
    ['not what is empty', [userSays('', marked('t1', 'user.text'))], []],
  ])('%s', (_name, input, texts) => {
    expect(textsOf(input)).toEqual(texts)
  })
})

describe('an old codex marks nothing', () => {
  test.each<[string, unknown[], string[]]>([
    [
      'the prompt behind the context',
      [context, userSays('# AGENTS.md instructions for /a'), userSays('hello')],
      ['hello'],
    ],
    [
      'what follows the last answer',
      [context, userSays('hello'), assistantSays('Hi'), userSays('bye'), userSays('really')],
      ['bye', 'really'],
    ],
    [
      'what follows an interrupted turn',
      [userSays('hello'), userSays('<turn_aborted> by the user'), userSays('again')],
      ['again'],
    ],
    ['nothing behind a tool output', [userSays('hello'), functionCall, output], []],
    ['steering behind a tool output', [userSays('hello'), functionCall, output, userSays('faster')], ['faster']],
    ['the list of tools is no answer', [userSays('hello'), { type: 'additional_tools' }], ['hello']],
    ...['user_instructions', 'INSTRUCTIONS', 'skill', 'user_shell_command', 'subagent_notification', 'hook_prompt'].map(
      (name): [string, unknown[], string[]] => [`not <${name}>`, [userSays(`\n<${name} a="b">x`)], []],
    ),
  ])('%s', (_name, input, texts) => {
    expect(textsOf(input)).toEqual(texts)
  })

  test('in an increment all is new', () => {
    expect(textsOf([userSays('wait'), output, userSays('faster')], { previous_response_id: 'r' })).toEqual([
      'wait',
      'faster',
    ])
  })
})

test('a prompt may be pictures, and has its place in the input', () => {
  const content = [
    { type: 'input_text', text: 'Look:' },
    { type: 'input_image', image_url: 'data:a' },
    { type: 'input_image', image_url: { url: 'data:b' } },
    { type: 'input_image', image_url: null },
    { type: 'input_text', text: 'Nice?' },
  ]
  const pictures = { ...userSays(''), content: content.slice(1, 2) }
  expect(promptsOf([context, { ...userSays(''), content }, pictures])).toEqual([
    { index: 1, text: 'Look:\n\nNice?', images: ['data:a', 'data:b'] },
    { index: 2, text: '', images: ['data:a'] },
  ])
})

test('the tags that codex puts around a picture are not the user’s words, and name its file', () => {
  const image = { type: 'input_image', image_url: 'data:a' }
  const text = (text: string) => ({ type: 'input_text', text })
  const content = [
    text('<image name=[Image #1] path="shots/<my> "best" R&D.png">'),
    image,
    text('</image>'),
    image,
    text('</image>'),
    text('What do <image> and </image> mean?'),
    text('<image>'),
  ]
  expect(promptsOf([{ ...userSays(''), content }])).toEqual([
    {
      index: 0,
      text: 'What do <image> and </image> mean?\n\n<image>',
      images: ['data:a', 'data:a'],
      imageNames: ['shots/<my> "best" R&D.png', null],
    },
  ])
})

test.each<[string, unknown[], string[]]>([
  ['a task', [task('NEW_TASK', 'Count the files.\nAll.\n')], ['Count the files.\nAll.']],
  ['a task for the model alone', [task('NEW_TASK')], ['/root/count']],
  ['a task without a name', [{ ...task('MESSAGE'), content: 'Message Type: MESSAGE' }], ['A task for the model alone']],
  ['another task', [task('FOLLOWUP_TASK', 'More.')], ['More.']],
  ['a task of an earlier turn', [task('NEW_TASK', 'Old.', marked('t0'))], []],
  ['other news', [task('FINAL_ANSWER', 'Done.')], []],
])('a sub-agent is asked by another agent: %s', (_name, input, texts) => {
  expect(textsOf(input)).toEqual(texts)
})
