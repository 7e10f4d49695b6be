import { quoteExactValue, quoteFolder } from '../../contract/domain/searchLanguage.ts'
import type { Member } from './usageView.ts'

/** Longer than this an address of the list is not read. */
const longestQuery = 1000

/**
 * What finds the sessions of a choice and of no other model or folder, together with the days in `time`. Null where the search
 * language has no words for it: for what has no name, and for very many.
 */
export function queryForChoice(
  time: string,
  { model, project }: { model: Member[]; project: Member[] },
): string | null {
  if ([...model, ...project].includes(null)) return null
  const values = (members: Member[], quote: (text: string) => string) =>
    members.map((member) => quote(member ?? '')).join(',')
  const query = [
    time,
    model.length > 0 && `model:${values(model, quoteExactValue)}`,
    project.length > 0 && `cwd:${values(project, quoteFolder)}`,
  ]
    .filter(Boolean)
    .join(' ')
  return query.length > longestQuery ? null : query
}
