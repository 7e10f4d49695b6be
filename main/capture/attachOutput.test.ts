import { expect, test } from 'vitest'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { attachOutput, attachOwnResult } from './attachOutput.ts'
import type { ResponseItem } from './reduced.ts'
import { png } from './samplePictures.ts'
import { readDeed } from './toolCall.ts'
import { picturesIn } from './toolResult.ts'

const place = { exchangeId: 'x', side: 'input' as const, index: 3 }
const small = png(64, 40)
const url = `data:image/png;base64,${small}`
const image = { type: 'input_image', image_url: url }
const text = (text: string) => ({ type: 'input_text', text })

function callOf(item: ResponseItem): ToolCall {
  const base = { id: 'i', exchangeId: 'x', at: 1, type: 'toolCall' as const, callId: 'c' }
  return { ...base, ...readDeed(item), output: null, status: 'running', durationMs: null, exitCode: null }
}
const called = (name: string, args: object, namespace?: string) =>
  callOf({ type: 'function_call', name, ...(namespace && { namespace }), arguments: JSON.stringify(args) })
const program = (input: string) => callOf({ type: 'custom_tool_call', name: 'exec', input })

function answered(call: ToolCall, output: unknown): ToolCall {
  attachOutput(call, { type: 'function_call_output', call_id: 'c', output }, place)
  return call
}

/** The parts of a result as the page reads them. */
function partsOf({ output, parts = [], pictures = [] }: ToolCall): unknown[] {
  return parts.map((part) =>
    'picture' in part ? (pictures[part.picture]?.mediaType ?? 'picture') : output?.slice(part.start, part.end),
  )
}

test('what view_image gave is a picture with the name of its file', () => {
  expect(answered(called('view_image', { path: 'shots/a.png' }), [image])).toMatchObject({
    output: '',
    status: 'completed',
    pictures: [
      {
        name: 'shots/a.png',
        mediaType: 'image/png',
        width: 64,
        height: 40,
        problem: null,
        source: { ...place, nth: 0 },
      },
    ],
  })
})

test('a program may show several; each has its name only when none is missing', () => {
  const two = `image(await tools.view_image({path: 'a.png'})); image(await tools.view_image({path: 'b.png'}))`
  const head = text('Script completed\nWall time 0.2 seconds\nOutput:\n')
  const names = (call: ToolCall) => call.pictures?.map(({ name }) => name)
  expect(names(answered(program(two), [head, image, text('seen'), image]))).toEqual(['a.png', 'b.png'])
  const one = answered(program(two), [head, image])
  expect(names(one)).toEqual([null])
  expect(one).toMatchObject({ output: '', status: 'completed' })
})

test('what the model drew has the name that codex saved it under', () => {
  const hint =
    'Generated images are saved to /c/generated_images/s as /c/generated_images/s/exec-1.png by default.\nIf you need …'
  const drawn = answered(called('imagegen', { prompt: 'an owl' }, 'image_gen'), [image, text(hint)])
  expect(drawn.pictures).toMatchObject([{ name: '/c/generated_images/s/exec-1.png', width: 64 }])
})

test('what OpenAI itself drew comes with the call', () => {
  const item = { type: 'image_generation_call', id: 'ig', status: 'completed', result: small, output_format: 'png' }
  const call = callOf(item)
  attachOwnResult(call, item, { ...place, side: 'output' })
  expect(call.pictures).toMatchObject([
    { mediaType: 'image/png', width: 64, source: { side: 'output', index: 3, nth: 0 } },
  ])
  expect(call.input).not.toContain(small)
  const unfinished = callOf({ type: 'image_generation_call', id: 'ig' })
  attachOwnResult(unfinished, { type: 'image_generation_call', id: 'ig' }, place)
  expect(unfinished.pictures).toBe(undefined)
})

test('an MCP result is its parts, whichever way codex hands it on', () => {
  const content = [
    { type: 'text', text: 'Hello' },
    { type: 'image', data: small, mimeType: 'image/png' },
    { type: 'resource_link', uri: 'https://example.com/a', name: 'A page' },
    { type: 'resource', resource: { uri: 'file:///x', text: 'inside' } },
    { type: 'resource', resource: { uri: 'file:///y.png', mimeType: 'image/png', blob: small } },
    { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
  ]
  const [, , link, resource] = content.map((part) => JSON.stringify(part))
  const audio = '{"type":"audio","mimeType":"audio/wav"}'
  const parts = ['Hello', 'image/png', link, resource, 'image/png', audio]
  const byProgram = program('text(await tools.mcp__docs__all({}))')
  answered(byProgram, [text('Script completed\nWall time 0.0 seconds\nOutput:\n'), text(JSON.stringify({ content }))])
  expect(partsOf(byProgram)).toEqual(parts)
  expect(byProgram).toMatchObject({ status: 'completed', output: expect.not.stringContaining(small) })
  expect(byProgram.pictures?.map(({ name }) => name)).toEqual([null, 'file:///y.png'])
  expect(partsOf(answered(called('mcp__docs__all', {}), JSON.stringify(content)))).toEqual(parts)
  const native = answered(called('all', {}, 'mcp__docs'), [
    text('Wall time: 0.0021 seconds\nOutput:'),
    text('Hello'),
    image,
    text(JSON.stringify(content[2])),
  ])
  expect(partsOf(native)).toEqual(['Hello', 'image/png', link])
  expect(native.output).toBe(`Hello\n${link}`)
  expect(partsOf(answered(called('json', {}, 'mcp__docs'), 'Wall time: 0.0016 seconds\nOutput:\n{"x":1}'))).toEqual([
    '{"x":1}',
  ])
})

test('a server that says it failed has failed', () => {
  const failed = answered(program('text(await tools.mcp__docs__bad({}))'), [
    text('Script completed\nWall time 0.0 seconds\nOutput:\n'),
    text('{"content":[{"type":"text","text":"it did not work"}],"isError":true}'),
  ])
  expect(failed).toMatchObject({ status: 'failed', output: 'it did not work' })
  const item = {
    type: 'mcp_call',
    server_label: 'docs',
    name: 'look',
    error: { message: 'no such page' },
    output: null,
  }
  const hosted = callOf(item)
  attachOwnResult(hosted, item, { ...place, side: 'output' })
  expect(hosted).toMatchObject({ name: 'mcp__docs__look', status: 'failed', output: 'no such page' })
})

test('what only looks like a result, or is none of an MCP server, stays what it is', () => {
  const looks = [
    '{"content":"text"}',
    '{"content":[]}',
    '[]',
    '[1]',
    '{"type":"other"}',
    '{"content":[{"type":"x"}]}',
    '{"a',
  ]
  for (const one of looks) expect(partsOf(answered(called('mcp__a__b', {}), one))).toEqual([one])
  const result = JSON.stringify({ content: [{ type: 'image', data: small, mimeType: 'image/png' }] })
  const other = answered(called('look', {}), result)
  expect([other.output, other.pictures, other.parts]).toEqual([result, undefined, undefined])
})

test('of a program that also ran commands what it printed stays as it is', () => {
  const printed = [text('{"content":[{"type":"text","text":"Hello"}]}')]
  const both = `tools.mcp__docs__all({}); tools.view_image({path: 'a.png'})`
  expect(answered(program(both), printed).output).toBe('Hello')
  const ran = answered(program(`tools.mcp__docs__all({}); tools.exec_command({cmd: 'ls'})`), printed)
  expect([ran.output, ran.parts]).toEqual([printed[0]?.text, undefined])
})

test('a call that is answered again has all that it was given', () => {
  const call = answered(called('mcp__a__b', {}), [text('one'), image])
  attachOutput(call, { type: 'function_call_output', output: [text('two'), image] }, { ...place, index: 9 })
  expect(partsOf(call)).toEqual(['one', 'image/png', 'two', 'image/png'])
  expect(call.pictures?.map(({ source }) => source.index)).toEqual([3, 9])
})

test('what is never shown is told of, and pictures that codex left out are none', () => {
  const svg = { type: 'input_image', image_url: 'data:image/svg+xml;base64,PHN2Zy8+' }
  const odd = { type: 'input_image', image_url: { url: 'https://example.com/a.png' } }
  const call = answered(called('look', {}), [
    svg,
    odd,
    { type: 'input_image', image_url: 7 },
    { type: 'input_image' },
    5,
    null,
  ])
  expect(call.pictures?.map(({ problem }) => problem)).toEqual(['format', 'elsewhere'])
  const refused = answered(called('view_image', { path: 'a.txt' }), 'unable to process image: invalid data')
  expect([refused.status, refused.pictures]).toEqual(['failed', undefined])
})

test('the bytes are found again where the turn says they are', () => {
  const item = { type: 'function_call_output', output: [text('a'), image] }
  expect(picturesIn(item, false)).toEqual([{ url, name: null }])
})
