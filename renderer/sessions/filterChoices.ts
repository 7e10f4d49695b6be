import { completeQuery, type KnownValues } from '../search/completeQuery.ts'

export interface FilterChoice {
  text: string
  hint: string
  /** What the field holds then; null when it is taken as it was typed. */
  query: string | null
  isWhole: boolean
}

/** What can be meant by what was typed so far: words first, for they are what is typed most, unless a key stands there. */
export function listChoices(typed: string, known: KnownValues): FilterChoice[] {
  const completions = completeQuery(typed, known)
  const [last = ''] = /\S*$/.exec(typed) ?? []
  const asTyped: FilterChoice = { text: typed.trim(), hint: 'in anything that was said', query: null, isWhole: true }
  const isNamed = last.includes(':') && completions.length > 0
  return [...(typed.trim() === '' || isNamed ? [] : [asTyped]), ...completions]
}
