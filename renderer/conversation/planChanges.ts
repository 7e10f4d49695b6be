import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import { hasFailed } from './hasFailed.ts'
import type { PlanStep, Use } from './readUse.ts'
import { usesOf } from './usesOf.ts'

/** What a plan changed of the one before it in its thread. */
export interface PlanChanges {
  /** For each step of the plan in order; null for one that is as it was. */
  steps: (StepChange | null)[]
  removed: PlanStep[]
  /** Nothing of the plan before it is left: then nothing is marked, as all of it is new. */
  isAnother: boolean
}

export interface StepChange {
  isNew: boolean
  /** How it read before, when it was reworded. */
  was: string | null
  /** What became of it, when its status changed. */
  became: PlanStep['status'] | null
}

/** Two steps are one that was reworded when they share at least so much of their words. */
const leastShared = 0.4
/** With more pairs than this nobody reads the plan, and comparing them would take long. */
const mostPairs = 10_000

/**
 * For each plan of a thread, by the id of its call, and there by the place among all that the call used. The first plan has
 * nothing to differ from, and one that codex did not accept changed nothing for those after it.
 */
export function relatePlans(turns: Turn[]): Map<string, (PlanChanges | null)[]> {
  const relations = new Map<string, (PlanChanges | null)[]>()
  let before: PlanStep[] | null = null
  for (const item of turns.flatMap(({ items }) => items)) {
    if (item.type !== 'toolCall' || !mayPlan(item)) continue
    const uses = usesOf(item)
    const changes = uses.map((use: Use): PlanChanges | null => {
      if (use.kind !== 'plan') return null
      const compared = before && comparePlans(before, use.steps)
      if (!hasFailed(item)) before = use.steps
      return compared
    })
    if (changes.some((change) => change !== null)) relations.set(item.id, changes)
  }
  return relations
}

function mayPlan({ name, uses }: ToolCall): boolean {
  return name.endsWith('update_plan') || (uses?.some((use) => use.name.endsWith('update_plan')) ?? false)
}

/** Steps are the same by their words, wherever they stand; the rest are paired by the words that they share. */
export function comparePlans(before: PlanStep[], after: PlanStep[]): PlanChanges {
  const left = new Set(before.keys())
  const pairs = new Map<number, number>()
  const places = new Map<string, number[]>()
  for (const [at, { text }] of before.entries()) places.set(fold(text), [...(places.get(fold(text)) ?? []), at])
  for (const [at, { text }] of after.entries()) {
    const same = places.get(fold(text))?.shift()
    if (same === undefined) continue
    left.delete(same)
    pairs.set(at, same)
  }
  const unpaired = [...after.keys()].filter((at) => !pairs.has(at))
  const reworded = pairReworded(before, after, [...left], unpaired)
  for (const [at, was] of reworded) {
    left.delete(was)
    pairs.set(at, was)
  }
  if (pairs.size === 0) return { steps: after.map(() => null), removed: [], isAnother: true }
  return {
    steps: after.map((step, at) => {
      const was = before[pairs.get(at) ?? -1]
      if (!was) return { isNew: true, was: null, became: step.status === 'open' ? null : step.status }
      const became = was.status === step.status ? null : step.status
      const words = fold(was.text) === fold(step.text) ? null : was.text
      return words === null && became === null ? null : { isNew: false, was: words, became }
    }),
    removed: [...left].flatMap((at) => before[at] ?? []),
    isAnother: false,
  }
}

/** The most alike first, so that a step is not taken from the one that it became. */
function pairReworded(before: PlanStep[], after: PlanStep[], left: number[], unpaired: number[]): Map<number, number> {
  const pairs = new Map<number, number>()
  if (left.length * unpaired.length > mostPairs) return pairs
  const words = (steps: PlanStep[], places: number[]) =>
    new Map(places.map((at) => [at, wordsOf(steps[at]?.text ?? '')]))
  const [ours, theirs] = [words(after, unpaired), words(before, left)]
  const likely = unpaired
    .flatMap((at) => left.map((was) => ({ at, was, shared: shareOf(ours.get(at), theirs.get(was)) })))
    .filter(({ shared }) => shared >= leastShared)
    .sort((a, b) => b.shared - a.shared)
  const taken = new Set<number>()
  for (const { at, was } of likely) {
    if (pairs.has(at) || taken.has(was)) continue
    pairs.set(at, was)
    taken.add(was)
  }
  return pairs
}

function fold(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}

function wordsOf(text: string): Set<string> {
  return new Set(
    fold(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 200) ?? [],
  )
}

/** How many of the words of the longer one are in the other, 0 to 1. */
function shareOf(a: Set<string> = new Set(), b: Set<string> = new Set()): number {
  const shared = [...a].filter((word) => b.has(word)).length
  return shared / Math.max(1, Math.max(a.size, b.size))
}

/** `1 newly done, 2 new, 1 reworded, 1 removed`; null when all is as it was. */
export function describePlanChanges({ steps, removed, isAnother }: PlanChanges): string | null {
  if (isAnother) return 'a new plan'
  const count = (isIt: (change: StepChange) => boolean) => steps.filter((change) => change && isIt(change)).length
  const counts: [number, string][] = [
    [count(({ became }) => became === 'done'), 'newly done'],
    [count(({ isNew }) => isNew), 'new'],
    [count(({ was }) => was !== null), 'reworded'],
    [count(({ isNew, became }) => !isNew && became === 'open'), 'open again'],
    [removed.length, 'removed'],
  ]
  const said = counts.filter(([amount]) => amount > 0).map(([amount, words]) => `${amount} ${words}`)
  return said.length === 0 ? null : said.join(', ')
}

/** What is written beside a step. */
export function nameStepChange({ isNew, was, became }: StepChange): string[] {
  return [
    ...(isNew ? ['new'] : []),
    ...(became === 'done' ? ['newly done'] : became === 'doing' ? ['begun'] : became === 'open' ? ['open again'] : []),
    ...(was === null ? [] : ['reworded']),
  ]
}
