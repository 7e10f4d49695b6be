import type { SessionFilter } from '../../contract/domain/sessionQuery.ts'
import { formatShortDate, projectName } from '../ui/formatting.ts'

export interface FilterChip {
  key: keyof SessionFilter
  label: string
}

/** Something that can be narrowed to, as it is typed, with what it adds to the filter. */
export interface FilterChoice {
  text: string
  /** What it means, where the text does not say it. */
  hint: string
  patch: SessionFilter
}

/** What is in the list, so that only what exists is offered. */
export interface KnownFacets {
  projects: readonly { cwd: string | null; sessionCount: number }[]
  models: readonly string[]
  tags: readonly string[]
}

const statuses = { live: 'running', completed: 'completed', failed: 'failed', aborted: 'stopped', cut: 'cut' } as const
const dayMs = 86_400_000

/** The filter as chips, each of which can be taken away. */
export function chipsOf(filter: SessionFilter, now: number): FilterChip[] {
  const chips: { [K in keyof SessionFilter]-?: (value: NonNullable<SessionFilter[K]>) => string } = {
    project: (cwd) => projectName(cwd),
    model: (model) => model,
    accountMode: (mode) => (mode === 'chatgpt' ? 'ChatGPT' : 'API key'),
    status: (status) => statuses[status],
    from: (at) => `since ${formatShortDate(at, now)}`,
    to: (at) => `until ${formatShortDate(at, now)}`,
    hasEdits: (has) => (has ? 'with edits' : 'without edits'),
    hasErrors: (has) => (has ? 'with errors' : 'without errors'),
    isStarred: (is) => (is ? 'starred' : 'not starred'),
    tag: (tag) => `#${tag}`,
    text: (text) => `“${text}”`,
  }
  return (Object.keys(chips) as (keyof SessionFilter)[]).flatMap((key) => {
    const value = filter[key]
    // Each key has the function for its own value.
    return value === undefined ? [] : [{ key, label: (chips[key] as (value: unknown) => string)(value) }]
  })
}

export function withoutChip(filter: SessionFilter, key: keyof SessionFilter): SessionFilter {
  const { [key]: _gone, ...rest } = filter
  return rest
}

const mostChoices = 12

/** What can be meant by what was typed so far: words first, for they are what is typed most. */
export function offerChoices(typed: string, known: KnownFacets, now: number): FilterChoice[] {
  const wanted = typed.trim().toLowerCase()
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const statusChoice = (status: keyof typeof statuses): FilterChoice => ({
    text: `status:${statuses[status]}`,
    hint: '',
    patch: { status },
  })
  const choices: FilterChoice[] = [
    { text: 'is:starred', hint: '', patch: { isStarred: true } },
    { text: 'has:edits', hint: 'files were changed', patch: { hasEdits: true } },
    { text: 'has:errors', hint: 'something failed', patch: { hasErrors: true } },
    statusChoice('live'),
    statusChoice('failed'),
    { text: 'since:today', hint: '', patch: { from: midnight } },
    { text: 'since:week', hint: 'the last 7 days', patch: { from: midnight - 6 * dayMs } },
    ...known.tags.map((tag) => ({ text: `tag:${tag}`, hint: '', patch: { tag } })),
    ...known.projects.flatMap(({ cwd }) =>
      cwd === null ? [] : [{ text: `project:${projectName(cwd)}`, hint: cwd, patch: { project: cwd } }],
    ),
    ...known.models.map((model) => ({ text: `model:${model}`, hint: '', patch: { model } })),
    { text: 'account:chatgpt', hint: 'paid by the plan', patch: { accountMode: 'chatgpt' } },
    { text: 'account:key', hint: 'paid by an API key', patch: { accountMode: 'apiKey' } },
    { text: 'since:yesterday', hint: '', patch: { from: new Date(now - dayMs).setHours(0, 0, 0, 0) } },
    { text: 'since:month', hint: 'the last 30 days', patch: { from: midnight - 29 * dayMs } },
    statusChoice('completed'),
    statusChoice('aborted'),
    statusChoice('cut'),
  ]
  if (wanted === '') return choices.slice(0, mostChoices)
  const words: FilterChoice = { text: typed.trim(), hint: 'in anything that was said', patch: { text: typed.trim() } }
  const fitting = choices.filter(({ text }) => text.toLowerCase().includes(wanted))
  // Whoever types a name with its colon means it.
  const isNamed = wanted.includes(':') && fitting.length > 0
  return [...(isNamed ? [] : [words]), ...fitting].slice(0, mostChoices)
}
