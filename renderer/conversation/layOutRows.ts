import type { Item, Turn } from '../../contract/domain/turn.ts'
import { isUnread } from '../client/unreadTurns.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { groupRuns, type Run } from './groupRuns.ts'
import type { Lane, TurnLayout } from './layOutConversation.ts'
import { type Attempt, findAttempt } from './retries.ts'
import { nameKind } from './summarizeLane.ts'

/** What an item has to know of its surroundings to be drawn. */
export interface ItemFlags {
  isLive: boolean
  isLast: boolean
  /** An error at which the plan ended and the key went on. */
  isLimitSeam: boolean
  isOnlyPatch: boolean
  speaker: string
  asker: string
}

type Content =
  | { kind: 'prompt'; text: string; asker: string }
  | { kind: 'item'; item: Item; flags: ItemFlags }
  | { kind: 'retries'; attempts: Attempt[] }
  | { kind: 'run'; run: Run; isOpen: boolean }
  | { kind: 'lane'; lane: Lane; isOpen: boolean }
  | { kind: 'model'; from: string; to: string }
  | { kind: 'failure' }
  | { kind: 'unread' }
  | { kind: 'waiting' }
  /** `agentTokens`: what the sub-agents used that worked for the turn. */
  | { kind: 'end'; agentTokens: number }

/** One line of the conversation: what is drawn, measured and stepped over as one. */
export type ConversationRow = Content & {
  /** Of an item its id, of retries that of the first error. */
  key: string
  turn: Turn
  /** The turn of the root thread that it is in; the same as `turn` but in lanes. */
  root: Turn
  /** Of the root's turn. */
  number: number
  isTurnStart: boolean
  /** For each lane around it from the outside in, whether it is live. */
  lanes: boolean[]
  isInRun: boolean
  /** What has to be open for it to be seen, from the outside in: keys of lanes and runs. */
  inside: string[]
  /** The space before it, in steps of the grid. */
  gap: 0 | 1 | 3 | 4 | 5
}

/** The one fold that a lane and a run have. */
export const insideFold = 'inside'

type IsOpen = (scope: string, name: string, opensByItself: boolean) => boolean

/** All rows of a conversation from top to bottom. What is folded into a lane or a run is not among them. */
export function layOutRows(layouts: TurnLayout[], isOpen: IsOpen): ConversationRow[] {
  const rows: ConversationRow[] = []
  let model: string | null = null
  for (const layout of layouts) {
    const { turn, number } = layout
    const first = rows.length
    const place = { root: turn, number, lanes: [], inside: [] }
    if (model !== null && turn.model !== null && turn.model !== model) {
      add(rows, { ...place, turn, key: `${turn.id} model` }, { kind: 'model', from: model, to: turn.model })
    }
    model = turn.model ?? model
    addTurn(rows, layout, place, { speaker: 'Codex', asker: 'You' }, isOpen)
    add(
      rows,
      { ...place, turn, key: `${turn.id} end` },
      turn.status === 'live' ? { kind: 'waiting' } : { kind: 'end', agentTokens: countAgentTokens(layout) },
    )
    const start = rows[first]
    if (start) start.isTurnStart = true
  }
  return rows
}

function countAgentTokens({ rows }: TurnLayout): number {
  const lanes = rows.flatMap((row) => (row.kind === 'lane' ? row.lane.turns : []))
  return lanes.reduce((sum, layout) => sum + layout.turn.usage.totalTokens + countAgentTokens(layout), 0)
}

/** What stands now where a row stood that is there no more: of a turn that was read since its beginning, else the fold around it. */
export function findSuccessor(rows: ConversationRow[], gone: ConversationRow): ConversationRow | undefined {
  if (isUnread(gone.turn)) return rows.find(({ turn }) => turn.id === gone.turn.id)
  return rows.find((row) => {
    if (row.kind === 'run') return row.run.rows.some((inner) => inner.kind === 'item' && inner.item.id === gone.key)
    return row.kind === 'lane' && row.lane.turns.some(({ turn }) => turn.items.some(({ id }) => id === gone.key))
  })
}

/** With everything unfolded: where each item is, and what would have to be open. */
export function layOutAllRows(layouts: TurnLayout[]): ConversationRow[] {
  return layOutRows(layouts, () => true)
}

type Place = Pick<ConversationRow, 'root' | 'number' | 'lanes' | 'inside'>

function addTurn(
  rows: ConversationRow[],
  { turn, rows: own }: TurnLayout,
  place: Place,
  names: { speaker: string; asker: string },
  isOpen: IsOpen,
) {
  const isLive = turn.status === 'live'
  const hasKeyTakenOver = turn.exchanges.some(({ credential }) => credential === 'keyAtLimit')
  const last = own.at(-1)
  const shared = {
    isLive,
    isOnlyPatch: turn.items.filter((item) => item.type === 'toolCall' && item.patch !== null).length === 1,
    ...names,
  }
  const hasPrompt = turn.items.some((item) => item.type === 'userMessage')
  if (!hasPrompt && turn.prompt !== '') {
    add(rows, { ...place, turn, key: `${turn.id} prompt` }, { kind: 'prompt', text: turn.prompt, asker: names.asker })
  }
  const addItem = (item: Item, at: Place, isInRun: boolean) => {
    const attempt = item.type === 'error' ? findAttempt(item, turn) : null
    const isLimitSeam = attempt !== null && hasKeyTakenOver && attempt.item.code === 'usage_limit_reached'
    if (attempt && !isLimitSeam) return addAttempt(rows, { ...at, turn, key: item.id }, attempt)
    const isLast = last?.kind === 'item' && last.item === item
    add(rows, { ...at, turn, key: item.id, isInRun }, { kind: 'item', item, flags: { ...shared, isLast, isLimitSeam } })
  }
  for (const row of groupRuns(own, isLive)) {
    if (row.kind === 'item') addItem(row.item, place, false)
    else if (row.kind === 'lane') addLane(rows, turn, row.lane, place, isOpen)
    else {
      const { run } = row
      const isRunOpen = isOpen(run.id, insideFold, false)
      add(rows, { ...place, turn, key: run.id }, { kind: 'run', run, isOpen: isRunOpen })
      if (!isRunOpen) continue
      const within = { ...place, inside: [...place.inside, run.id] }
      for (const inner of run.rows) if (inner.kind === 'item') addItem(inner.item, within, true)
    }
  }
  if (isUnread(turn)) {
    add(rows, { ...place, turn, key: `${turn.id} unread` }, { kind: 'unread' })
    return
  }
  const isUnsaid = turn.status === 'failed' && !turn.items.some((item) => item.type === 'error')
  if (isUnsaid) add(rows, { ...place, turn, key: `${turn.id} failure` }, { kind: 'failure' })
}

/** Attempts right after each other are one row. */
function addAttempt(rows: ConversationRow[], at: Place & { turn: Turn; key: string }, attempt: Attempt) {
  const before = rows.at(-1)
  if (before?.kind === 'retries' && before.turn === at.turn) before.attempts.push(attempt)
  else add(rows, at, { kind: 'retries', attempts: [attempt] })
}

function addLane(rows: ConversationRow[], turn: Turn, lane: Lane, place: Place, isOpen: IsOpen) {
  // A thread that is asked again by a later turn has a lane in each.
  const key = `lane ${lane.thread.id} ${lane.turns[0]?.turn.id ?? ''}`
  const isLaneOpen = isOpen(key, insideFold, false)
  add(rows, { ...place, turn, key }, { kind: 'lane', lane, isOpen: isLaneOpen })
  if (!isLaneOpen) return
  const within = {
    ...place,
    lanes: [...place.lanes, isLaneLive(lane)],
    inside: [...place.inside, key],
  }
  const names = { speaker: nameSpeaker(lane), asker: 'Codex' }
  for (const layout of lane.turns) addTurn(rows, layout, within, names, isOpen)
}

function isLaneLive({ turns }: Lane): boolean {
  return turns.some(({ turn }) => turn.status === 'live')
}

/** The column for it is narrow: a kind of agent with a long name is an agent. */
function nameSpeaker({ thread }: Lane): string {
  const kind = revealControls(nameKind(thread.subagent))
  return kind.length > 8 ? 'Agent' : kind.charAt(0).toUpperCase() + kind.slice(1)
}

function add(
  rows: ConversationRow[],
  place: Place & Pick<ConversationRow, 'turn' | 'key'> & { isInRun?: boolean },
  content: Content,
) {
  const before = rows.at(-1)
  const gap = before ? widest(spaceOf(before), spaceOf(content)) : 0
  const { key, turn, root, number, lanes, isInRun = false, inside } = place
  // Thousands at each update: one literal takes a fraction of what objects put into each other take.
  rows.push({ ...content, key, turn, root, number, isTurnStart: false, lanes, isInRun, inside, gap })
}

function widest(a: ConversationRow['gap'], b: ConversationRow['gap']): ConversationRow['gap'] {
  return a > b ? a : b
}

/** What people say stands apart, and so does what parts the conversation; what was done is close together. */
function spaceOf(content: Content): ConversationRow['gap'] {
  switch (content.kind) {
    case 'prompt':
    case 'failure':
      return 3
    case 'end':
    case 'model':
      return 4
    case 'item':
      return spaceOfItem(content)
    default:
      return 1
  }
}

function spaceOfItem({ item, flags }: Extract<Content, { kind: 'item' }>): ConversationRow['gap'] {
  switch (item.type) {
    case 'userMessage':
    case 'assistantMessage':
      return 3
    case 'compaction':
      return 5
    case 'error':
      return flags.isLimitSeam ? 5 : 3
    default:
      return 1
  }
}
