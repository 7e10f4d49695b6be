import type { ToolPicture } from '../../contract/domain/picture.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { asObject, asText, parseObject } from './json.ts'
import { withoutHead } from './outputHead.ts'
import type { ResponseItem } from './reduced.ts'
import { readOutput } from './toolCall.ts'
import { describePictures, isMcpCall, readResult } from './toolResult.ts'

type Place = Omit<ToolPicture['source'], 'nth'>
type Parts = NonNullable<ToolCall['parts']>

/** Adds to a call what codex sent back for it; a call may be answered more than once. */
export function attachOutput(call: ToolCall, item: ResponseItem, place: Place): void {
  const { output, status, exitCode, leftRunning } = readOutput(item)
  call.status = status
  call.exitCode = exitCode
  if (leftRunning) call.leftRunning = leftRunning
  else delete call.leftRunning
  if (isMcpCall(call)) attachParts(call, item, place)
  else {
    const text = withoutHead(output)
    call.output = call.output === null ? text : `${call.output}\n${text}`
    attachPictures(call, item, place)
  }
}

/** What a call that OpenAI runs brought by itself. */
export function attachOwnResult(call: ToolCall, item: ResponseItem, place: Place): void {
  if (item.type === 'image_generation_call') attachPictures(call, item, place)
  if (item.type !== 'mcp_call') return
  const problem = asText(item.error) ?? asText(asObject(item.error)?.message)
  if (problem !== null) {
    call.status = 'failed'
    call.output = problem
  } else if (asText(item.output) !== null) attachParts(call, item, place)
}

/** The pictures alone. Those that `view_image` read have the names of the files, where each of them gave one. */
export function attachPictures(call: ToolCall, item: ResponseItem, place: Place): void {
  const pictures = describePictures(item, isMcpCall(call), place)
  if (pictures.length === 0) return
  const paths = viewedPaths(call)
  const known = call.pictures ?? []
  const isEachNamed = known.length + pictures.length === paths.length
  call.pictures = [...known, ...pictures].map((picture, at) =>
    isEachNamed && picture.name === null ? { ...picture, name: paths[at] ?? null } : picture,
  )
}

function attachParts(call: ToolCall, item: ResponseItem, place: Place): void {
  const { given, isError } = readResult(item, true)
  if (isError) call.status = 'failed'
  const parts: Parts = call.parts ?? []
  let output = call.output ?? ''
  let picture = call.pictures?.length ?? 0
  for (const part of given) {
    if (part.kind === 'picture') {
      parts.push({ picture })
      picture += 1
    } else if (part.text !== '') {
      const start = output === '' ? 0 : output.length + 1
      output = output === '' ? part.text : `${output}\n${part.text}`
      parts.push({ start, end: output.length })
    }
  }
  call.output = output
  call.parts = parts
  attachPictures(call, item, place)
}

export function isViewing({ name }: Pick<ToolCall, 'name'>): boolean {
  return /(^|[._])view_image$/.test(name)
}

function viewedPaths(call: ToolCall): string[] {
  const asked = isViewing(call) ? [call] : (call.uses ?? []).filter(isViewing)
  return asked.flatMap(({ input }) => asText(parseObject(input)?.path) ?? [])
}
