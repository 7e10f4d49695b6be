import type { UsageRow } from '../../contract/domain/usageReport.ts'

export const usageRanges = ['7', '30', '90', 'all'] as const
export type UsageRange = (typeof usageRanges)[number]

export const splitKeys = ['model', 'project'] as const
export type SplitBy = (typeof splitKeys)[number]

/** What a row names: null where codex told of no model, or of no folder. */
export type Member = string | null

/** What the page of the usage tells of. All of it stands in the address. */
export interface UsageView {
  range: UsageRange
  /** What the colours of the cost stand for. */
  by: SplitBy
  /** These alone; all if there are none. */
  model: Member[]
  project: Member[]
  /** The first day of the day, week or month that is looked at more closely. */
  at: string | null
  isTable: boolean
}

export const wholeView: UsageView = { range: '30', by: 'model', model: [], project: [], at: null, isTable: false }

/** What cannot be read is as if it were not there. */
export function readUsageView(search: URLSearchParams): UsageView {
  const range = usageRanges.find((one) => one === search.get('range'))
  const by = splitKeys.find((one) => one === search.get('by'))
  const at = search.get('at') ?? ''
  return {
    range: range ?? wholeView.range,
    by: by ?? wholeView.by,
    model: readMembers(search, 'model'),
    project: readMembers(search, 'project'),
    at: /^\d{4}-\d\d-\d\d$/.test(at) ? at : null,
    isTable: search.get('as') === 'numbers',
  }
}

/** What is as usual is left out. */
export function formatUsageView({ range, by, model, project, at, isTable }: UsageView): string {
  const search = new URLSearchParams()
  if (range !== wholeView.range) search.set('range', range)
  if (by !== wholeView.by) search.set('by', by)
  for (const member of model) search.append('model', member ?? '')
  for (const member of project) search.append('project', member ?? '')
  if (at !== null) search.set('at', at)
  if (isTable) search.set('as', 'numbers')
  return search.toString()
}

function readMembers(search: URLSearchParams, key: SplitBy): Member[] {
  return [...new Set(search.getAll(key))].map((text) => text || null)
}

/** The rows of what is chosen; of one kind alone where only its choice is to count. */
export function chooseRows(
  rows: UsageRow[],
  view: Pick<UsageView, SplitBy>,
  keys: readonly SplitBy[] = splitKeys,
): UsageRow[] {
  const wanted = keys.flatMap((key) => (view[key].length === 0 ? [] : [{ key, members: new Set(view[key]) }]))
  return wanted.length === 0 ? rows : rows.filter((row) => wanted.every(({ key, members }) => members.has(row[key])))
}

/** After a press on what stands for `members`: they are alone, or all are there again. */
export function pressAlone(chosen: Member[], members: Member[]): Member[] {
  return isSame(chosen, members) ? [] : members
}

/** After a press that takes `members` out of what is shown, or puts them back; the last one cannot be taken out. */
export function pressToggle(chosen: Member[], members: Member[], all: Member[]): Member[] {
  const shown = new Set(chosen.length === 0 ? all : chosen)
  const isShown = members.every((member) => shown.has(member))
  for (const member of members) {
    if (isShown) shown.delete(member)
    else shown.add(member)
  }
  const left = all.filter((member) => shown.has(member))
  return left.length === all.length ? [] : left.length === 0 ? chosen : left
}

export function isShown(chosen: Member[], members: Member[]): boolean {
  return chosen.length === 0 || members.some((member) => chosen.includes(member))
}

function isSame(a: Member[], b: Member[]): boolean {
  return a.length === b.length && b.every((member) => a.includes(member))
}
