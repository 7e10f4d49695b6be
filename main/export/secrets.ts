import type { SecretKind } from '../../contract/domain/export.ts'
import { findHomePaths } from './homePaths.ts'

/**
 * What an export masks, and where it stands in a text. Every search here takes time in proportion to the text, whatever the
 * text is: a pattern begins with a literal, what it may run over is a class that its end is no part of, and every other
 * repetition is bounded.
 */

export interface Secret {
  kind: SecretKind
  start: number
  end: number
  /** What stands there instead; never enough of the secret to use it. */
  shown: string
}

export const ellipsis = '…'
/** Of what is shorter, four characters would be too large a part. */
const shortestToShowEnd = 20
const longestValue = 4096

/**
 * What may stand in front of a secret: no letter or digit, unless it belongs to an escape of JSON, of a URL or of a terminal,
 * as captured text often is text inside of text.
 */
const start = String.raw`(?<=^|[^A-Za-z0-9]|\\[nrtbf]|%[0-9A-Fa-f]{2}|\[[0-9;]{0,12}m)`
/** The same for what may itself run over `-` and `_`, or every dash of a long run would begin a search of the whole run. */
const startOfRun = String.raw`(?<=^|[^A-Za-z0-9_-]|\\[nrtbf]|%[0-9A-Fa-f]{2}|\[[0-9;]{0,12}m)`

/** What is looked for besides all that looks like a secret. */
export interface Known {
  emails: readonly string[]
  homes: readonly RegExp[]
}

/** In the order of their places, none over another. */
export function findSecrets(text: string, { emails, homes }: Known): Secret[] {
  const found = [
    ...findKeys(text),
    ...findPrivateKeys(text),
    ...findAuthorizations(text),
    ...findUrlCredentials(text),
    ...findAssignments(text),
    ...findEmails(text, emails),
    ...findHomePaths(text, homes).map((place): Secret => ({ kind: 'homePath', ...place, shown: '~' })),
  ]
  return withoutOverlaps(found)
}

/** Of two that overlap the first is kept, and covers both: nothing of either is left. */
function withoutOverlaps(found: Secret[]): Secret[] {
  const ordered = found.map((secret, order) => ({ secret, order }))
  ordered.sort((a, b) => a.secret.start - b.secret.start || a.order - b.order)
  const kept: Secret[] = []
  for (const { secret } of ordered) {
    const last = kept.at(-1)
    if (last && secret.start < last.end) last.end = Math.max(last.end, secret.end)
    else kept.push({ ...secret })
  }
  return kept
}

/** `sk-…abcd`: what kind of key it is and how it ends, as people tell theirs apart. */
function shorten(value: string, prefix = ''): string {
  return `${prefix}${ellipsis}${value.length >= shortestToShowEnd ? value.slice(-4) : ''}`
}

const keyPatterns: { kind: SecretKind; pattern: RegExp; isReal?(value: string): boolean }[] = [
  // A key has digits; `task-…` and `risk-…` are words.
  { kind: 'apiKey', pattern: new RegExp(`${start}(sk-)[A-Za-z0-9_-]{16,}`, 'g'), isReal: hasDigit },
  { kind: 'apiKey', pattern: new RegExp(`${start}([srp]k_(?:live|test)_)[A-Za-z0-9]{16,}`, 'g') },
  { kind: 'apiKey', pattern: new RegExp(`${startOfRun}(AIza)[A-Za-z0-9_-]{30,}`, 'g') },
  { kind: 'apiKey', pattern: new RegExp(`${start}(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${start}(gh[pousr]_)[A-Za-z0-9]{20,}`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${start}(github_pat_)[A-Za-z0-9_]{20,}`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${startOfRun}(glpat-)[A-Za-z0-9_-]{16,}`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${startOfRun}(xox[abceoprs]-|xapp-)[A-Za-z0-9-]{10,}`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${start}(npm_|hf_)[A-Za-z0-9]{20,}`, 'g') },
  { kind: 'accessToken', pattern: new RegExp(`${startOfRun}(ya29\\.)[A-Za-z0-9_-]{20,}`, 'g') },
  {
    kind: 'jwt',
    pattern: new RegExp(
      `${startOfRun}(eyJ)[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]{6,}){2}(?:\\.[A-Za-z0-9_-]+){0,2}`,
      'g',
    ),
  },
]

function findKeys(text: string): Secret[] {
  return keyPatterns.flatMap(({ kind, pattern, isReal }) =>
    [...text.matchAll(pattern)].flatMap((match): Secret[] => {
      const [value, prefix] = match
      if (isReal && !isReal(value)) return []
      return [{ kind, start: match.index, end: match.index + value.length, shown: shorten(value, prefix) }]
    }),
  )
}

function hasDigit(value: string): boolean {
  return /[0-9]/.test(value)
}

const beginOfKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const endOfKey = '-----END '
const bodyOfKey = /(?:[A-Za-z0-9+/=:,. \t\r\n-]|\\[nrt])*/y
const longestKey = 64 * 1024

/** The lines between its two marks; what came without an end is masked as far as it looks like a key. */
function findPrivateKeys(text: string): Secret[] {
  const secrets: Secret[] = []
  let nextEnd = 0
  let doneTo = 0
  for (const match of text.matchAll(beginOfKey)) {
    const bodyStart = match.index + match[0].length
    if (bodyStart < doneTo) continue
    if (nextEnd !== -1 && nextEnd < bodyStart) nextEnd = text.indexOf(endOfKey, bodyStart)
    const isEnded = nextEnd !== -1 && nextEnd - bodyStart <= longestKey
    bodyOfKey.lastIndex = bodyStart
    const end = isEnded ? nextEnd : bodyStart + (bodyOfKey.exec(text)?.[0].length ?? 0)
    doneTo = end
    if (
      text
        .slice(bodyStart, Math.min(end, bodyStart + 8))
        .replace(ellipsis, '')
        .trim() === ''
    )
      continue
    secrets.push({ kind: 'privateKey', start: bodyStart, end, shown: ellipsis })
  }
  return secrets
}

const authorization =
  /authorization\\{0,15}["']?\s{0,3}[:=,]\s{0,3}\\{0,15}["']?(?:(?:bearer|basic|token|digest)\s{1,3})?([A-Za-z0-9._~+/=-]{8,})/gi
const bearer = /bearer\s{1,3}([A-Za-z0-9._~+/=-]{12,})/gi
const cookie = /cookie\\{0,15}["']?\s{0,3}:\s{0,3}\\{0,15}["']?([^\s"'\\;=]{1,128}=[^\r\n"'\\]{4,4096})/gi

function findAuthorizations(text: string): Secret[] {
  const values = [
    ...[...text.matchAll(authorization)].filter((match) => hasDigit(match[1] as string)),
    ...[...text.matchAll(bearer)].filter((match) => hasDigit(match[1] as string)),
    ...[...text.matchAll(cookie)].filter((match) => !(match[1] as string).includes(ellipsis)),
  ]
  return values.map((match) => {
    const value = match[1] as string
    const end = match.index + match[0].length
    return { kind: 'authorization', start: end - value.length, end, shown: shorten(value) }
  })
}

const userInUrl = /:\/\/([^\s/?#"'<>\\]{1,512})@/g

function findUrlCredentials(text: string): Secret[] {
  return [...text.matchAll(userInUrl)].flatMap((match): Secret[] => {
    const user = match[1] as string
    const isSecret = user.includes(':') || (user.length >= 16 && hasDigit(user))
    if (!isSecret || user === `${ellipsis}:${ellipsis}`) return []
    const userStart = match.index + 3
    return [{ kind: 'urlCredentials', start: userStart, end: userStart + user.length, shown: ellipsis }]
  })
}

const secretNames =
  'pass(?:word|wd|phrase|code)|pwd|secret(?:[_-]?access)?(?:[_-]?key)?|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|signing[_-]?key|encryption[_-]?key|credential'
const assignment = new RegExp(`(${secretNames})(?:\\\\{0,15}["'\`])?\\s{0,8}(=>|:=|=|:)\\s{0,8}`, 'gi')
const flag = new RegExp(`--(?:[a-z]{1,16}-){0,3}(${secretNames})\\s{1,4}`, 'gi')
const userFlag = /(?:\s-u|--user)\s{1,3}["']?[^\s:"'\\/]{1,64}:([^\s"'\\]{1,256})/g
const secretName = new RegExp(`(?:${secretNames})$`, 'i')

/** Whether a JSON value under this name is a secret, if it is a text. */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** What is assigned to a name that says that it is a secret, in any notation from a shell's to JSON inside of JSON. */
function findAssignments(text: string): Secret[] {
  const secrets: Secret[] = []
  for (const pattern of [assignment, flag]) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const value = readValue(text, match.index + match[0].length)
      if (!isSecretValue(value, match[1] as string)) continue
      secrets.push({ kind: 'password', start: value.start, end: value.end, shown: ellipsis })
      pattern.lastIndex = Math.max(value.end, pattern.lastIndex)
    }
  }
  for (const match of text.matchAll(userFlag)) {
    const value = match[1] as string
    const end = match.index + match[0].length
    if (/^\d*$/.test(value) || isPlaceholder(value)) continue
    secrets.push({ kind: 'password', start: end - value.length, end, shown: ellipsis })
  }
  return secrets
}

interface AssignedValue {
  start: number
  end: number
  text: string
  isQuoted: boolean
  /** What comes right after it, as `(` after the name of a function. */
  next: string
}

/**
 * Of a quoted value all up to its closing quote on the same line, of any other what a shell would take as one word. A quote
 * inside of a text inside of a text has backslashes in front of it; one with more of them does not close it.
 */
function readValue(text: string, at: number): AssignedValue {
  const opening = /^\\{0,15}["'`]/.exec(text.slice(at, at + 16))?.[0] ?? null
  const valueStart = at + (opening?.length ?? 0)
  const limit = Math.min(text.length, valueStart + longestValue)
  const end = opening === null ? endOfWord(text, valueStart, limit) : endOfQuoted(text, valueStart, limit, opening)
  return {
    start: valueStart,
    end,
    text: text.slice(valueStart, end),
    isQuoted: opening !== null,
    next: text.charAt(end),
  }
}

function endOfQuoted(text: string, from: number, limit: number, opening: string): number {
  const quote = opening.charAt(opening.length - 1)
  const depth = opening.length - 1
  let backslashes = 0
  for (let at = from; at < limit; at++) {
    const character = text.charAt(at)
    if (character === '\n' || character === '\r') return at
    if (character === '\\') {
      backslashes += 1
      continue
    }
    const closes = depth === 0 ? backslashes % 2 === 0 : backslashes <= depth
    if (character === quote && closes) return at - Math.min(backslashes, depth)
    backslashes = 0
  }
  return limit
}

const endsWord = /[\s"'`,;)}\]<>&|(]/
const escapedEnd = /^\\{1,15}[nrt"'`]/

function endOfWord(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const character = text.charAt(at)
    if (endsWord.test(character) || (character === '\\' && escapedEnd.test(text.slice(at, at + 17)))) return at
  }
  return limit
}

const placeholder =
  /^(?:[A-Za-z_-]{0,11}…|\*+$|x{3,}$|[$%<{]|null$|none$|nil$|undefined$|true$|false$|str(?:ing)?$|text$|any$|unknown$|number$|bool(?:ean)?$|bytes$|required$|optional$|redacted$|masked$|process\.|os\.|env\.|self\.|this\.|import\.)/i

function isPlaceholder(value: string): boolean {
  return value === '' || placeholder.test(value)
}

function isSecretValue({ text, isQuoted, next }: AssignedValue, name: string): boolean {
  if (isPlaceholder(text)) return false
  if (/^pwd$/i.test(name) && /^(?:[/~\\.]|[A-Za-z]:)/.test(text)) return false
  const isPassword = /^(?:pass|pwd)/i.test(name)
  if (isQuoted) return isPassword || (text.length >= 4 && !/\s/.test(text))
  // A call, a member or an index is code that gets the secret from elsewhere.
  if (next === '(' || /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(text)) return false
  if (isPassword) return true
  const isNumber = /^[\d._-]+%?$/.test(text)
  const isEnvironment = name === name.toUpperCase()
  return !isNumber && text.length >= (isEnvironment ? 4 : 6) && (isEnvironment || hasDigit(text))
}

const calledEmail =
  /e-?mail\\{0,15}["'`]?(?:\s{0,4}[:=]\s{0,4}|\s{1,4})\\{0,15}["'`]?([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253})/gi

function findEmails(text: string, emails: readonly string[]): Secret[] {
  const secrets = [...text.matchAll(calledEmail)].map((match): Secret => {
    const end = match.index + match[0].length
    return { kind: 'email', start: end - (match[1] as string).length, end, shown: `${ellipsis}@${ellipsis}` }
  })
  for (const email of emails) {
    if (!email.includes('@')) continue
    const pattern = new RegExp(email.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi')
    for (const { index } of text.matchAll(pattern)) {
      secrets.push({ kind: 'email', start: index, end: index + email.length, shown: `${ellipsis}@${ellipsis}` })
    }
  }
  return secrets
}
