import type { SnippetPart } from './snippet.ts'

export interface FuzzyMatch {
  /** Higher is better. */
  score: number
  parts: SnippetPart[]
}

/**
 * Finds the letters of what was typed in a name, in their order: `rit` finds “Resume in terminal”. Letters that begin a word or
 * follow each other count more. Null when one is missing, or only chance has them there.
 */
export function fuzzyMatch(typed: string, name: string): FuzzyMatch | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '')
  const text = name.toLowerCase()
  if (wanted === '' || text.length !== name.length) return null
  let best: number[] | null = null
  let bestScore = 0
  // From each place where it can begin: the first one is often not the best.
  for (let from = text.indexOf(wanted.charAt(0)); from !== -1; from = text.indexOf(wanted.charAt(0), from + 1)) {
    const places = findFrom(wanted, text, from)
    if (!places) break
    const score = scoreOf(places, text)
    if (best && score <= bestScore) continue
    best = places
    bestScore = score
  }
  // Letters scattered over a name are chance.
  return best && bestScore > 0 ? { score: bestScore, parts: partsOf(name, best) } : null
}

/** Each letter at the begin of a word where the rest still fits, else as near as can be. */
function findFrom(wanted: string, text: string, from: number): number[] | null {
  const places = [from]
  for (const letter of wanted.slice(1)) {
    const last = places.at(-1) as number
    const next = text.indexOf(letter, last + 1)
    if (next === -1) return null
    const begin = text.indexOf(` ${letter}`, last)
    const rest = wanted.slice(places.length + 1)
    places.push(next !== last + 1 && begin !== -1 && hasLetters(text, rest, begin + 2) ? begin + 1 : next)
  }
  return places
}

function hasLetters(text: string, letters: string, from: number): boolean {
  let at = from
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

function scoreOf(places: number[], text: string): number {
  return places.reduce(
    (score, place, index) => {
      const isBegin = place === 0 || text[place - 1] === ' '
      const follows = index > 0 && places[index - 1] === place - 1
      return score + 1 + (isBegin ? 4 : 0) + (follows ? 3 : 0) - (isBegin || follows ? 0 : 2)
    },
    -places.length * 0.5 - text.length / 100,
  )
}

function partsOf(name: string, places: number[]): SnippetPart[] {
  const hits = new Set(places)
  const parts: SnippetPart[] = []
  for (let at = 0; at < name.length; at++) {
    const last = parts.at(-1)
    if (last && last.isHit === hits.has(at)) last.text += name[at]
    else parts.push({ text: name.charAt(at), isHit: hits.has(at) })
  }
  return parts
}
