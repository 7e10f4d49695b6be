import type { Masked, SecretKind } from '../../contract/domain/export.ts'
import { patternOfHome } from './homePaths.ts'
import { ellipsis, findSecrets, isSecretName } from './secrets.ts'

/** Takes secrets and home paths out of what passes through it, and counts them. */
export interface Masker {
  text(text: string, where: string): string
  /** A JSON value: every text in it, the names in its objects too. */
  value(value: unknown, where: string): unknown
  /** Texts that a reader sees as one, such as the pieces of a streamed answer: what spans several of them is found too. */
  pieces(pieces: string[], where: string): string[]
  masked(): Masked[]
}

export interface MaskOptions {
  /** Addresses to mask wherever they stand; what a text itself calls an e-mail address is masked anyway. */
  emails?: readonly string[]
  /** Home folders, wherever they are; what looks like one is masked anyway. */
  homes?: readonly string[]
}

/** One text without its secrets, and home paths as `~`. What is masked already stays as it is. */
export function mask(text: string, options: MaskOptions = {}): { text: string; masked: Masked[] } {
  const masker = createMasker(options)
  return { text: masker.text(text, ''), masked: masker.masked() }
}

/** One for each export: what it counts is of all that passed through it. */
export function createMasker({ emails = [], homes = [] }: MaskOptions = {}): Masker {
  const known = { emails, homes: homes.map(patternOfHome) }
  const counts = new Map<string, Masked>()

  function count(kind: SecretKind, where: string, shown: string): void {
    const key = `${kind} ${where} ${shown}`
    const known = counts.get(key)
    if (known) known.count += 1
    else counts.set(key, { kind, where, shown, count: 1 })
  }

  function maskText(text: string, where: string): string {
    let masked = ''
    let at = 0
    for (const { kind, start, end, shown } of findSecrets(text, known)) {
      masked += text.slice(at, start) + shown
      at = end
      count(kind, where, shown)
    }
    return at === 0 ? text : masked + text.slice(at)
  }

  function maskValue(value: unknown, where: string): unknown {
    if (typeof value === 'string') return maskText(value, where)
    if (Array.isArray(value)) return value.map((each) => maskValue(each, where))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        const isSecret = typeof each === 'string' && each !== '' && each !== ellipsis && isSecretName(name)
        if (isSecret) count('password', where, ellipsis)
        return [maskText(name, where), isSecret ? ellipsis : maskValue(each, where)]
      }),
    )
  }

  return {
    text: maskText,
    value: maskValue,
    pieces(pieces, where) {
      const secrets = findSecrets(pieces.join(''), known)
      if (secrets.length === 0) return pieces
      for (const { kind, shown } of secrets) count(kind, where, shown)
      let at = 0
      let next = 0
      return pieces.map((piece) => {
        const end = at + piece.length
        let masked = ''
        while (at < end) {
          const secret = secrets[next]
          if (!secret || secret.start >= end) {
            masked += piece.slice(piece.length - (end - at))
            at = end
          } else if (secret.start > at) {
            masked += piece.slice(piece.length - (end - at), piece.length - (end - secret.start))
            at = secret.start
          } else {
            // Its replacement stands in the piece where it begins.
            if (secret.start === at) masked += secret.shown
            at = Math.min(end, secret.end)
            if (at === secret.end) next += 1
            else secret.start = -1
          }
        }
        return masked
      })
    },
    masked: () => [...counts.values()],
  }
}

/** Lets everything through, for those who asked for it. */
export const noMasker: Masker = {
  text: (text) => text,
  value: (value) => value,
  pieces: (pieces) => pieces,
  masked: () => [],
}
