import {
  Brush,
  Circle,
  CircleCheck,
  CircleDot,
  Eye,
  Globe,
  ListChecks,
  type LucideIcon,
  Plug,
  Search,
  SquareTerminal,
  TextSearch,
} from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { Code } from '../ui/Code.tsx'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { OutwardLink } from '../ui/OutwardLink.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import items from './Items.module.css'
import type { PlanStep, Use } from './readUse.ts'
import styles from './UseCards.module.css'

/** How a card of such a call begins. */
export function describeUse(use: Use): { verb: string; icon: LucideIcon; head: ReactNode; opensByItself: boolean } {
  switch (use.kind) {
    case 'plan':
      return { verb: 'Planned', icon: ListChecks, head: <PlanHead steps={use.steps} />, opensByItself: true }
    case 'web':
      return {
        verb: use.searches.length > 0 ? 'Searched' : 'Opened',
        icon: Globe,
        head: <span className={styles.head}>{revealControls(describeWeb(use))}</span>,
        opensByItself: false,
      }
    case 'mcp':
      return {
        verb: 'Called',
        icon: Plug,
        head: (
          <>
            <span className={items.tag}>{revealControls(use.server)}</span>
            <code className={items.cardName}>{revealControls(use.tool)}</code>
            <code className={items.arg}>{revealControls(use.input.replace(/\s+/g, ' ').slice(0, 200))}</code>
          </>
        ),
        opensByItself: false,
      }
    case 'terminal':
      return {
        verb: use.typed === '' ? 'Waited' : 'Typed',
        icon: SquareTerminal,
        head: (
          <>
            {use.typed !== '' && <code>{revealControls(use.typed.trimEnd())}</code>}
            <span className={styles.head}>
              {use.typed === '' ? 'for' : 'into'} terminal {revealControls(use.session)}
            </span>
          </>
        ),
        opensByItself: false,
      }
    case 'drawing':
      return {
        verb: 'Drew',
        icon: Brush,
        head: <span className={styles.head}>{revealControls(use.prompt.replace(/\s+/g, ' '))}</span>,
        opensByItself: false,
      }
    case 'image':
      return {
        verb: 'Viewed',
        icon: Eye,
        head: <ViewedHead paths={use.paths} />,
        opensByItself: false,
      }
  }
}

/** What the call asked for, above what came of it. */
export function UseBody({ use }: { use: Use }) {
  switch (use.kind) {
    case 'plan':
      return <Plan steps={use.steps} explanation={use.explanation} />
    case 'web':
      return <Web use={use} />
    case 'mcp':
      return <Arguments input={use.input} />
    case 'drawing':
      return (
        <div className={items.part}>
          <p className={items.note} dir="auto">
            {revealControls(use.prompt)}
          </p>
        </div>
      )
    case 'terminal':
    case 'image':
      return null
  }
}

function ViewedHead({ paths: [first = '', ...others] }: { paths: string[] }) {
  return (
    <>
      <code title={revealControls([first, ...others].join('\n'))}>{revealControls(first)}</code>
      {others.length > 0 && <span className={styles.head}>and {others.length} more</span>}
    </>
  )
}

function PlanHead({ steps }: { steps: PlanStep[] }) {
  const done = steps.filter(({ status }) => status === 'done').length
  const doing = steps.find(({ status }) => status === 'doing')
  return (
    <>
      <span className={items.cardName}>
        {done} of {formatCount(steps.length, 'step')} done
      </span>
      {doing && <span className={styles.head}>{revealControls(doing.text)}</span>}
    </>
  )
}

const marks = { done: CircleCheck, doing: CircleDot, open: Circle }
const words = { done: 'done', doing: 'in progress', open: 'open' }

function Plan({ steps, explanation }: { steps: PlanStep[]; explanation: string | null }) {
  return (
    <div className={items.part}>
      {explanation !== null && <p className={items.note}>{revealControls(explanation)}</p>}
      <ol className={styles.plan}>
        {steps.map(({ text, status }, index) => {
          const Mark = marks[status]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps of one call never move
            <li key={index} data-status={status}>
              <Mark aria-hidden />
              <span>
                <Hidden>{words[status]}: </Hidden>
                {revealControls(text)}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function describeWeb({ searches, pages, patterns }: Extract<Use, { kind: 'web' }>): string {
  const [first, ...others] = [...searches, ...pages, ...patterns.map((pattern) => `“${pattern}” in the page`)]
  return others.length === 0 ? (first ?? '') : `${first} and ${others.length} more`
}

function Web({ use: { searches, pages, patterns } }: { use: Extract<Use, { kind: 'web' }> }) {
  return (
    <div className={items.part}>
      <ul className={styles.web}>
        {searches.map((query) => (
          <li key={`search ${query}`}>
            <Search aria-hidden />
            <span>
              <Hidden>searched for </Hidden>
              {revealControls(query)}
            </span>
          </li>
        ))}
        {pages.map((page) => (
          <li key={`page ${page}`}>
            <Globe aria-hidden />
            <OutwardLink href={page}>{revealControls(page)}</OutwardLink>
          </li>
        ))}
        {patterns.map((pattern) => (
          <li key={`find ${pattern}`}>
            <TextSearch aria-hidden />
            <span>
              <Hidden>looked in the page for </Hidden>
              {revealControls(pattern)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** JSON as people read it, where it is JSON. */
export function Arguments({ input }: { input: string }) {
  const text = useMemo(() => prettify(input), [input])
  if (text.trim() === '' || text === '{}') return null
  return (
    <div className={items.part}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre className={items.source} tabIndex={0}>
        <Code text={text} language="json" />
      </pre>
    </div>
  )
}

function prettify(input: string): string {
  try {
    return JSON.stringify(JSON.parse(input), null, 2)
  } catch {
    return input
  }
}
