import type { Picture, ToolPicture } from '../../contract/domain/picture.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { asArray, asObject, asText, type JsonObject, parseJson } from './json.ts'
import { withoutHead } from './outputHead.ts'
import { describePicture, type FoundPicture } from './pictureFormat.ts'
import type { ResponseItem } from './reduced.ts'

/** What a tool gave back, in its order: most give one text. */
export type Given = { kind: 'text'; text: string } | { kind: 'picture'; picture: FoundPicture }

export interface ToolResult {
  given: Given[]
  /** An MCP server said so by itself; codex passes that on only inside of code-mode programs. */
  isError: boolean
}

/** A turn is folded each time that something of it changes, and its pictures do not. */
const known = new WeakMap<ResponseItem, { [kind in 'plain' | 'mcp']?: ToolResult }>()

/**
 * The parts of a call's output, or of a call that OpenAI ran what it made. Of an MCP result (`isMcp`) what is packed into JSON is
 * unpacked, as the protocol says what its parts are.
 */
export function readResult(item: ResponseItem, isMcp: boolean): ToolResult {
  const kept = known.get(item) ?? {}
  known.set(item, kept)
  const kind = isMcp ? 'mcp' : 'plain'
  kept[kind] ??= read(item, isMcp)
  return kept[kind]
}

export function picturesIn(item: ResponseItem, isMcp: boolean): FoundPicture[] {
  return readResult(item, isMcp).given.flatMap((part) => (part.kind === 'picture' ? [part.picture] : []))
}

/** Whether an MCP server answers, by the names under which codex has its tools. */
export function isMcpCall({ name, uses, commands }: Pick<ToolCall, 'name' | 'uses' | 'commands'>): boolean {
  const isMcp = (name: string) => /^mcp__./.test(name)
  return isMcp(name) || (commands.length === 0 && (uses ?? []).some((use) => isMcp(use.name)))
}

/** The pictures as an item of a turn tells of them. */
export function describePictures(
  item: ResponseItem,
  isMcp: boolean,
  place: Omit<ToolPicture['source'], 'nth'>,
): ToolPicture[] {
  return picturesIn(item, isMcp).map((found, nth) => {
    const picture = described.get(found) ?? describePicture(found)
    described.set(found, picture)
    return { ...picture, source: { ...place, nth } }
  })
}

const described = new WeakMap<FoundPicture, Picture>()

function read(item: ResponseItem, isMcp: boolean): ToolResult {
  if (item.type === 'image_generation_call') return { given: readGenerated(item), isError: false }
  const output = item.output ?? item.tools ?? item.content
  const parts = typeof output === 'string' ? [{ type: 'input_text', text: output }] : asArray(output)
  const result: ToolResult = { given: [], isError: false }
  for (const part of parts) take(asObject(part) ?? {}, isMcp, result)
  nameGenerated(result.given)
  return result
}

function take(part: JsonObject, isMcp: boolean, result: ToolResult): void {
  const picture = readPart(part)
  if (picture) result.given.push({ kind: 'picture', picture })
  const text = asText(part.text) ?? asText(part.refusal)
  if (text === null) return
  if (isMcp) unpack(withoutHead(text), result)
  else result.given.push({ kind: 'text', text })
}

function readPart(part: JsonObject): FoundPicture | null {
  if (part.type !== 'input_image' && part.type !== 'image_url' && part.type !== 'output_image') return null
  const url = asText(part.image_url) ?? asText(asObject(part.image_url)?.url)
  return url === null ? null : { url, name: null }
}

function readGenerated(item: ResponseItem): Given[] {
  const base64 = asText(item.result)
  if (base64 === null) return []
  const url = base64.startsWith('data:') ? base64 : `data:application/octet-stream;base64,${base64}`
  return [{ kind: 'picture', picture: { url, name: null } }]
}

/** After each picture that it made, codex tells the model where it lies. */
function nameGenerated(given: Given[]): void {
  for (const [at, part] of given.entries()) {
    const before = given[at - 1]
    if (part.kind !== 'text' || before?.kind !== 'picture') continue
    const [, path] = /^Generated images are saved to [^\n]+? as ([^\n]+) by default\./.exec(part.text) ?? []
    if (path !== undefined) before.picture.name = path
  }
}

const partTypes = new Set(['text', 'image', 'audio', 'resource', 'resource_link'])

/** A result as the protocol has it, its parts alone, or one of them; any other text is what it is. */
function unpack(text: string, result: ToolResult): void {
  const value = /^\s*[[{]/.test(text) ? parseJson(text) : undefined
  const content = asObject(value)?.content ?? value
  const members = (Array.isArray(content) ? content : [content]).map(asObject)
  const isResult = members.length > 0 && members.every((member) => partTypes.has(String(member?.type)))
  if (!isResult) {
    result.given.push({ kind: 'text', text })
    return
  }
  if (asObject(value)?.isError === true) result.isError = true
  for (const member of members) if (member) result.given.push(unpackMember(member))
}

function unpackMember(member: JsonObject): Given {
  const resource = asObject(member.resource)
  const data = asText(member.data) ?? asText(resource?.blob)
  const type = asText(member.mimeType) ?? asText(resource?.mimeType)
  if (data !== null && (member.type === 'image' || type?.startsWith('image/'))) {
    const url = data.startsWith('data:') ? data : `data:${type ?? 'application/octet-stream'};base64,${data}`
    return { kind: 'picture', picture: { url, name: asText(resource?.uri) } }
  }
  if (member.type === 'text') return { kind: 'text', text: asText(member.text) ?? '' }
  if (data === null) return { kind: 'text', text: JSON.stringify(member) }
  const { data: _data, resource: _resource, ...rest } = member
  const { blob: _blob, ...told } = resource ?? {}
  return { kind: 'text', text: JSON.stringify({ ...rest, ...(resource && { resource: told }) }) }
}
