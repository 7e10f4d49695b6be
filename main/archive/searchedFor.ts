import { type ConditionTerm, readSearch, type WordTerm } from '../../contract/domain/searchLanguage.ts'
import { ReplyError } from '../../contract/reply.ts'
import { type TextQuery, toTextQuery } from './searchQuery.ts'

export interface SearchedFor {
  words: WordTerm[]
  text: TextQuery
  conditions: ConditionTerm[]
}

/** A query in its parts; `wordsBeginning` as of `toTextQuery`. Throws a sentence for people when some of it means nothing. */
export function understand(
  query: string,
  now: number,
  wordsBeginning?: (beginning: string) => string[] | null,
): SearchedFor {
  const { terms, problems } = readSearch(query, now)
  const [problem] = problems
  if (problem) throw new ReplyError('badRequest', problem.message)
  const words = terms.filter((term) => term.type === 'words')
  return {
    words,
    text: toTextQuery(words, wordsBeginning),
    conditions: terms.filter((term) => term.type === 'condition'),
  }
}
