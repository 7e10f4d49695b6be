import { readSearch, type SearchTerm } from '../../contract/domain/searchLanguage.ts'

/** Whether all that fits `before` fits `query` too: nothing is asked for that was not asked for already. */
export function isLooserQuery(query: string, before: string, now: number): boolean {
  const [asked, known] = [readSearch(query, now), readSearch(before, now)]
  if (asked.problems.length + known.problems.length > 0) return false
  return asked.terms.every((term) => known.terms.some((other) => follows(term, other)))
}

function follows(term: SearchTerm, from: SearchTerm): boolean {
  if (term.isExcluded !== from.isExcluded) return false
  if (term.type === 'words') {
    if (from.type !== 'words' || term.text !== from.text || term.isPhrase !== from.isPhrase) return false
    // The beginning of a word stands in more texts than the word.
    return term.isOpen || !from.isOpen
  }
  return from.type !== 'words' && JSON.stringify(term.condition) === JSON.stringify(from.condition)
}
