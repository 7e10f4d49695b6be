import type { Result } from '../../contract/api.ts'
import type { SearchKind } from '../../contract/domain/search.ts'

export type Found = Pick<Result<'search/query'>, 'hits' | 'total' | 'kinds' | 'sessions'>

export const mostOfKind = 500

/** What was found, with more hits of one kind in place of those that were shown of it; so many were asked for. */
export function withMore(
  found: Found,
  kind: SearchKind,
  { hits, total }: Pick<Found, 'hits' | 'total'>,
  limit: number,
): Found {
  const isAll = hits.length < limit || limit === mostOfKind
  return {
    ...found,
    hits: [...found.hits.filter((hit) => hit.kind !== kind), ...hits],
    // A hit that was deleted since is counted still; nobody can be shown it.
    kinds: found.kinds.map((each) => (each.kind === kind ? { kind, total: isAll ? hits.length : total } : each)),
  }
}
