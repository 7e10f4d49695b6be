import { Check, ChevronDown, ChevronUp, Link, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { isUnread } from '../client/unreadTurns.ts'
import { formatRoute } from '../shell/route.ts'
import { IconButton, Tip } from '../ui/Controls.tsx'
import { finish, isDone } from '../ui/closedTips.ts'
import { HintBar } from '../ui/HintBar.tsx'
import { Problem, useCopy } from '../ui/Notices.tsx'
import { isNarrow } from '../ui/narrow.ts'
import { useFocused } from '../ui/useFocused.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { BodyTab } from './BodyTab.tsx'
import { ChangesTab } from './ChangesTab.tsx'
import { ContextTab } from './ContextTab.tsx'
import { HeadersTab } from './HeadersTab.tsx'
import styles from './Inspector.module.css'
import {
  putInspectorAside,
  type Scope,
  setInspector,
  type Tab,
  tabs,
  useInspector,
  whereFrom,
} from './inspectorState.ts'
import type { Path } from './jsonRows.ts'
import { OverviewTab } from './OverviewTab.tsx'
import { Loading } from './Section.tsx'
import { Segments } from './Segments.tsx'
import { SessionScope } from './SessionScope.tsx'
import { isAmong, orderTurns, type Selected, type Selection } from './selectExchange.ts'
import { TurnScope } from './TurnScope.tsx'
import { useAnswer } from './useAnswer.ts'

const scopeOptions = [
  { value: 'exchange', label: 'Request', hint: 'One request and its answer' },
  { value: 'turn', label: 'Turn', hint: 'All requests of a turn' },
  { value: 'session', label: 'Session', hint: 'All requests of the session' },
] as const satisfies { value: Scope; label: string; hint: string }[]

const tabNames: Record<Tab, string> = {
  overview: 'Overview',
  context: 'Context',
  changes: 'Changes',
  request: 'Sent',
  response: 'Response',
  events: 'Events',
  headers: 'Headers',
}

const tabHints: Record<Tab, string> = {
  overview: 'How long it took and what it used',
  context: 'What filled the context window',
  changes: 'What changed since the request before',
  request: 'What was sent',
  response: 'What came back',
  events: 'What came back, piece by piece',
  headers: 'HTTP headers of the request and the response',
}

/** The item from which a key led in here. */
let cameFrom: HTMLElement | null = null

/** Keys that mean something in the conversation and should not while the reader is in here. */
const ownKeys = new Set(['j', 'k', 'n', 'p', 'e', 'Home', 'End'])

/** The panel beside a conversation: what one request, one turn or all of the session was made of. */
export function Inspector({
  session,
  turns,
  selection,
  selected,
  onSelect,
}: {
  session: Session
  turns: Turn[]
  selection: Selection
  /** What it comes to, once that is known. */
  selected: Selected | null
  /** It leads there, in the conversation too. */
  onSelect(selection: Selection): void
}) {
  const { scope, tab, isEntered } = useInspector()
  const [isTable, setIsTable] = useState(false)
  const panel = useRef<HTMLElement>(null)
  const isSession = scope === 'session'
  // Sums, and which was the last of all, can be told once all of it is here.
  const isWaiting = turns.some(isUnread) && (isSession || !isAmong(turns, selection))

  // What takes the focus may come with a later drawing.
  useEffect(() => {
    if (!isEntered || isWaiting) return
    setInspector({ isEntered: false })
    const from = whereFrom()
    if (from instanceof HTMLElement && !panel.current?.contains(from)) cameFrom = from
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector)
    const begin = find('[role="tab"][data-state="active"]') ?? find('button[aria-pressed="true"]')
    begin?.focus()
  }, [isEntered, isWaiting])

  // However it is closed, the focus does not go with it.
  useLayoutEffect(() => {
    const element = panel.current
    return () => {
      if (element?.contains(document.activeElement)) setTimeout(goBack)
    }
  }, [])

  const exchangeId = selected?.exchange.id
  /** Where the focus was in what is drawn anew now: in a tree, or elsewhere in it. */
  const lostIn = useRef<'tree' | 'tab' | null>(null)
  useLayoutEffect(() => {
    if (lostIn.current === null || exchangeId === undefined || document.activeElement !== document.body) return
    panel.current?.querySelector<HTMLElement>('[role="tabpanel"][data-state="active"]')?.focus({ preventScroll: true })
  }, [exchangeId])

  const show = useCallback(
    (next: Selection) => {
      onSelect(next)
      setInspector({ scope: 'exchange' })
    },
    [onSelect],
  )
  const lead = ({ turn, exchange }: Selected) => {
    onSelect({ turnId: turn.id, exchangeId: exchange.id })
    putInspectorAside(isNarrow())
  }
  const step = (to: Selection | null | undefined) => {
    if (!to) return true
    const within = document.activeElement?.closest('[role="tree"], [role="tabpanel"]')
    const isHere = within != null && panel.current?.contains(within) === true
    // A tree that is still being read has left the focus with what it will be in.
    const isTree =
      within?.getAttribute('role') === 'tree' || (lostIn.current === 'tree' && within === document.activeElement)
    lostIn.current = !isHere ? null : isTree ? 'tree' : 'tab'
    onSelect(to)
    return true
  }
  useShortcuts({
    '[': () => step(selected?.before),
    ']': () => step(selected?.after),
    t: () => {
      if (!isSession) return false
      setIsTable(!isTable)
      // The drawing and the table take each other's place.
      const isHere = panel.current?.querySelector('[data-numbers], [role="slider"]')?.contains(document.activeElement)
      if (isHere) panel.current?.querySelector<HTMLElement>('button[data-swaps]')?.focus()
      return true
    },
  })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !isDone(event.nativeEvent)) {
      finish(event.nativeEvent)
      if (isNarrow()) setInspector({ isOpen: false })
      else goBack()
    } else if (ownKeys.has(event.key)) event.stopPropagation()
  }

  return (
    <aside ref={panel} className={styles.inspector} aria-label="Inspector" data-pane="inspector" onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <h2 className={styles.title}>Inspector</h2>
        <Segments
          label="About"
          options={scopeOptions}
          value={scope}
          onChange={(value) => setInspector({ scope: value })}
        />
        {!selected || isSession || isWaiting ? (
          <span className={styles.place} />
        ) : (
          <>
            <span className={styles.place}>
              <Tip label="Show it in the conversation">
                <button type="button" onClick={() => lead(selected)}>
                  {describePlace(turns, selected, scope)}
                </button>
              </Tip>
            </span>
            <IconButton
              label="Previous request"
              keys="["
              icon={ChevronUp}
              disabled={!selected.before}
              onClick={() => step(selected.before)}
            />
            <IconButton
              label="Next request"
              keys="]"
              icon={ChevronDown}
              disabled={!selected.after}
              onClick={() => step(selected.after)}
            />
            <CopyLink session={session} exchange={selected.exchange} turnId={selected.turn.id} />
          </>
        )}
        <IconButton label="Close the inspector" keys="i" icon={X} onClick={() => setInspector({ isOpen: false })} />
      </header>
      {isWaiting ? (
        <p className={styles.none}>The rest of the session is loading.</p>
      ) : isSession ? (
        <div className={styles.scroll}>
          <SessionScope session={session} turns={turns} isTable={isTable} onTable={setIsTable} onShow={show} />
        </div>
      ) : !selected ? (
        <p className={styles.none}>
          {turns.some(({ exchanges }) => exchanges.length > 0)
            ? 'This request is no longer here. Select one in the conversation.'
            : 'No request was sent yet. The first one appears here as soon as it is.'}
        </p>
      ) : scope === 'turn' ? (
        <div className={styles.scroll}>
          <TurnScope
            turn={selected.turn}
            turns={turns}
            onShow={(exchangeId, tab) => {
              show({ turnId: selected.turn.id, exchangeId })
              if (tab) setInspector({ tab })
            }}
          />
        </div>
      ) : (
        <ExchangeTabs
          exchange={selected.exchange}
          tab={tab}
          isInTree={() => lostIn.current === 'tree'}
          onShow={(exchangeId) => onSelect({ turnId: null, exchangeId })}
        />
      )}
      <InspectorHints
        hasOthers={!isSession && selected !== null && (selected.before !== null || selected.after !== null)}
        hasChart={isSession && !isWaiting}
        isTable={isTable}
      />
    </aside>
  )
}

/** The keys that do something, in here or beside it. */
function InspectorHints({ hasOthers, hasChart, isTable }: { hasOthers: boolean; hasChart: boolean; isTable: boolean }) {
  const place = useFocused(placeInInspector)
  return (
    <HintBar
      hints={[
        place === 'beside' && [['⇧ i'], 'inspector'],
        place === 'tab' && [['←', '→'], 'tab'],
        place === 'tree' && [['↑', '↓', '←', '→'], 'move'],
        place === 'tree' && [['c'], 'copy'],
        place === 'chart' && [['←', '→'], 'request'],
        place === 'chart' && [['↵'], 'open'],
        hasOthers && [['[', ']'], 'request'],
        hasChart && [['t'], isTable ? 'chart' : 'numbers'],
        place !== 'beside' && [['Esc'], 'back'],
        [['i'], 'close'],
      ]}
    />
  )
}

function placeInInspector(active: Element | null): 'beside' | 'tab' | 'tree' | 'chart' | 'inside' {
  if (!active?.closest('[data-pane="inspector"]')) return 'beside'
  if (active.matches('[role="tab"]')) return 'tab'
  if (active.matches('[role="tree"]')) return 'tree'
  return active.matches('[role="slider"]') ? 'chart' : 'inside'
}

function ExchangeTabs({
  exchange,
  tab,
  isInTree,
  onShow,
}: {
  exchange: Exchange
  tab: Tab
  /** Whether the reader stepped here out of the tree of another request. */
  isInTree(): boolean
  onShow(exchangeId: string): void
}) {
  const [target, setTarget] = useState<{ exchangeId: string; path: Path } | null>(null)
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever tab it is now
  useEffect(() => {
    list.current?.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tab])
  const jump = (path: Path) => {
    setTarget({ exchangeId: exchange.id, path })
    setInspector({ tab: 'request' })
  }
  return (
    <Tabs.Root
      className={styles.tabs}
      value={tab}
      onValueChange={(value) => setInspector({ tab: tabs.find((known) => known === value) ?? 'overview' })}
    >
      <Tabs.List ref={list} className={styles.tabList} aria-label="Of this request">
        {tabs.map((name) => (
          <Tip key={name} label={tabHints[name]}>
            <Tabs.Trigger value={name} className={styles.tab}>
              {tabNames[name]}
            </Tabs.Trigger>
          </Tip>
        ))}
      </Tabs.List>
      <Tabs.Content value="overview" className={styles.scroll}>
        <OverviewTab exchange={exchange} />
      </Tabs.Content>
      <Tabs.Content value="context" className={styles.scroll}>
        <WithContext exchange={exchange}>
          {(context) => <ContextTab key={exchange.id} exchange={exchange} context={context} onJump={jump} />}
        </WithContext>
      </Tabs.Content>
      <Tabs.Content value="changes" className={styles.scroll}>
        <WithContext exchange={exchange}>
          {(context) => (
            <ChangesTab key={exchange.id} exchange={exchange} context={context} onJump={jump} onShow={onShow} />
          )}
        </WithContext>
      </Tabs.Content>
      {(['request', 'response', 'events'] as const).map((which) => (
        <Tabs.Content key={which} value={which} className={styles.fill}>
          <BodyTab
            key={exchange.id}
            exchange={exchange}
            which={which}
            isEntered={isInTree}
            target={which === 'request' && target?.exchangeId === exchange.id ? target : null}
          />
        </Tabs.Content>
      ))}
      <Tabs.Content value="headers" className={styles.scroll}>
        <HeadersTab exchange={exchange} />
      </Tabs.Content>
    </Tabs.Root>
  )
}

function WithContext({
  exchange,
  children,
}: {
  exchange: Exchange
  children(context: Parameters<typeof ContextTab>[0]['context']): React.ReactNode
}) {
  const answer = useAnswer('exchange/context', { id: exchange.id }, `${exchange.id} ${exchange.status}`)
  if (answer.state === 'loading') return <Loading />
  if (answer.state === 'failed') {
    return (
      <div className={styles.none}>
        <Problem title="The request could not be read">{answer.message}</Problem>
      </div>
    )
  }
  return children(answer.value)
}

function CopyLink({ session, exchange, turnId }: { session: Session; exchange: Exchange; turnId: string }) {
  const { isCopied, copy } = useCopy()
  const route = formatRoute({ page: 'session', sessionId: session.id, turnId, exchangeId: exchange.id })
  return (
    <IconButton
      label={isCopied ? 'Copied' : 'Copy a link to this request'}
      icon={isCopied ? Check : Link}
      onClick={() => copy(`${location.origin}${location.pathname}${route}`)}
    />
  )
}

function describePlace(turns: Turn[], selected: Selected, scope: Scope): string {
  const { turn, place } = selected
  const ofThread = orderTurns(turns).filter(({ threadId }) => threadId === turn.threadId)
  const name = `turn ${ofThread.indexOf(turn) + 1}`
  return scope === 'turn' ? name : `${place} of ${turn.exchanges.length} in ${name}`
}

/** Back to where the reader came from, so that the keyboard goes on there. */
function goBack() {
  const item = cameFrom?.isConnected && cameFrom.closest('[data-conversation]') ? cameFrom : null
  cameFrom = null
  const back = item ?? document.querySelector<HTMLElement>('[data-conversation]')
  back?.focus({ preventScroll: true })
}
