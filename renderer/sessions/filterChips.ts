import { type Condition, readSearch, type SearchTerm, withoutPart } from '../../contract/domain/searchLanguage.ts'
import { formatShortDate, projectName } from '../ui/formatting.ts'

/** A part of the query that can be taken away, with where it stands. */
export interface FilterChip {
  label: string
  start: number
  end: number
  /** It means nothing, so that no session can fit. */
  isBroken: boolean
}

/** The query as chips. Plain words that follow each other are one; what means nothing is a chip too, as it was typed. */
export function chipsOf(query: string, now: number): FilterChip[] {
  const { terms, problems } = readSearch(query, now)
  const parts = [
    ...terms.map((term) => ({ term, start: term.start, end: term.end })),
    ...problems.map(({ start, end }) => ({ term: null, start, end })),
  ].sort((a, b) => a.start - b.start)
  const chips: FilterChip[] = []
  let openWords = false
  for (const { term, start, end } of parts) {
    const isWord = term?.type === 'words' && !term.isPhrase && !term.isExcluded
    const last = chips.at(-1)
    if (isWord && openWords && last) {
      last.end = end
      last.label = `“${query.slice(last.start, end)}”`
    } else {
      chips.push({
        label: term ? labelOf(term, query, now) : query.slice(start, end),
        start,
        end,
        isBroken: term === null,
      })
    }
    openWords = isWord
  }
  return chips
}

export function withoutChip(query: string, chip: FilterChip): string {
  return withoutPart(query, chip)
}

/** What is left of a query when all that means nothing is taken out of it. */
export function withoutBroken(query: string, now: number): string {
  const broken = chipsOf(query, now).findLast(({ isBroken }) => isBroken)
  return broken ? withoutBroken(withoutChip(query, broken), now) : query
}

function labelOf(term: SearchTerm, query: string, now: number): string {
  const star = query.charAt(term.end - 1) === '*' ? '*' : ''
  const label = term.type === 'words' ? `“${term.text}${star}”` : describeCondition(term.condition, now)
  return term.isExcluded ? `not ${label}` : label
}

function describeCondition(condition: Condition, now: number): string {
  switch (condition.key) {
    case 'cwd':
      return condition.values.map(({ text }) => projectName(text)).join(' or ')
    case 'model':
    case 'tool':
      return condition.values.map(({ text, isExact }) => (isExact ? `exactly ${text}` : text)).join(' or ')
    case 'tag':
      return condition.values.map((tag) => `#${tag}`).join(' or ')
    case 'status':
      return condition.values.join(' or ')
    case 'account':
      return condition.values.map((mode) => (mode === 'chatgpt' ? 'ChatGPT' : 'API key')).join(' or ')
    case 'has':
      return `with ${condition.values.join(' or ')}`
    case 'is':
      return 'starred'
    case 'after':
      return `since ${formatShortDate(condition.at, now)}`
    case 'before':
      return `before ${formatShortDate(condition.at, now)}`
  }
}
