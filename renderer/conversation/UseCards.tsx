import {
  Bot,
  Brush,
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
import { readableJsonText } from '../../contract/domain/readableJson.ts'
import { Code } from '../ui/Code.tsx'
import { Hidden } from '../ui/Controls.tsx'
import { OutwardLink } from '../ui/OutwardLink.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import card from './CardParts.module.css'
import { firstLine } from './describeActivity.ts'
import items from './Items.module.css'
import { Plan, PlanHead } from './PlanCard.tsx'
import type { Use } from './readUse.ts'
import { StartedBy, TerminalHead } from './TerminalParts.tsx'

/** How a card of such a call begins. */
export function describeUse(use: Use): { verb: string; icon: LucideIcon; head: ReactNode; opensByItself: boolean } {
  switch (use.kind) {
    case 'plan':
      return { verb: 'Planned', icon: ListChecks, head: <PlanHead steps={use.steps} />, opensByItself: true }
    case 'web':
      return {
        verb: use.searches.length > 0 ? 'Searched' : 'Opened',
        icon: Globe,
        head: <span className={card.head}>{revealControls(describeWeb(use))}</span>,
        opensByItself: false,
      }
    case 'mcp':
      return {
        verb: 'Called',
        icon: Plug,
        head: (
          <>
            <span className={items.tag} data-piece="server">
              {revealControls(use.server)}
            </span>
            <code className={items.cardName} data-piece="tool">
              {revealControls(use.tool)}
            </code>
            <code className={items.arg}>{revealControls(use.input.replace(/\s+/g, ' ').slice(0, 200))}</code>
          </>
        ),
        opensByItself: false,
      }
    case 'terminal':
    case 'program':
      return {
        verb: use.kind === 'program' || use.typed === '' ? 'Waited' : 'Typed',
        icon: SquareTerminal,
        head: <TerminalHead use={use} />,
        opensByItself: false,
      }
    case 'spawn':
      return {
        verb: 'Started',
        icon: Bot,
        head: (
          <span className={card.head}>
            a sub-agent
            {(use.message ?? use.task) !== null && (
              <>
                {': '}
                <b data-piece={use.message === null ? 'head' : undefined}>
                  {revealControls(firstLine(use.message ?? use.task ?? ''))}
                </b>
              </>
            )}
          </span>
        ),
        opensByItself: false,
      }
    case 'agents':
      return {
        verb: 'Waited',
        icon: Bot,
        head: (
          <span className={card.head}>
            for {use.names.length === 0 ? 'its sub-agents' : <b data-piece="head">{nameAgents(use.names)}</b>}
          </span>
        ),
        opensByItself: false,
      }
    case 'drawing':
      return {
        verb: 'Drew',
        icon: Brush,
        head: <span className={card.head}>{revealControls(firstLine(use.prompt))}</span>,
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

/** What the call asked for, above what came of it. `place`: among all that it used. */
export function UseBody({ use, place }: { use: Use; place: number }) {
  switch (use.kind) {
    case 'plan':
      return <Plan steps={use.steps} explanation={use.explanation} place={place} />
    case 'web':
      return <Web use={use} place={place} />
    case 'mcp':
      return <Arguments input={use.input} place={place} />
    case 'drawing':
      return <Asked text={use.prompt} place={place} />
    case 'spawn':
      return use.message === null ? null : <Asked text={use.message} place={place} />
    case 'terminal':
    case 'program':
      return <StartedBy place={place} />
    case 'image':
    case 'agents':
      return null
  }
}

function Asked({ text, place }: { text: string; place: number }) {
  return (
    <div className={items.part}>
      <p className={items.note} dir="auto" data-piece={`use ${place}.0`}>
        {revealControls(text)}
      </p>
    </div>
  )
}

export function nameAgents(names: string[]): string {
  return revealControls(names.join(', '))
}

function ViewedHead({ paths: [first = '', ...others] }: { paths: string[] }) {
  return (
    <>
      <code data-piece="head" title={revealControls([first, ...others].map(firstLine).join('\n'))}>
        {revealControls(firstLine(first))}
      </code>
      {others.length > 0 && <span className={card.head}>and {others.length} more</span>}
    </>
  )
}

function describeWeb({ searches, pages, patterns }: Extract<Use, { kind: 'web' }>): string {
  const [first = '', ...others] = [...searches, ...pages, ...patterns.map((pattern) => `“${pattern}” in the page`)]
  return others.length === 0 ? firstLine(first) : `${firstLine(first)} and ${others.length} more`
}

function Web({ use: { searches, pages, patterns }, place }: { use: Extract<Use, { kind: 'web' }>; place: number }) {
  const name = (index: number) => `use ${place}.${index}`
  return (
    <div className={items.part}>
      <ul className={card.list}>
        {searches.map((query, index) => (
          <li key={`search ${query}`}>
            <Search aria-hidden />
            <span>
              <Hidden>searched for </Hidden>
              <span data-piece={name(index)}>{revealControls(query)}</span>
            </span>
          </li>
        ))}
        {pages.map((page, index) => (
          <li key={`page ${page}`}>
            <Globe aria-hidden />
            <span data-piece={name(searches.length + index)}>
              <OutwardLink href={page}>{revealControls(page)}</OutwardLink>
            </span>
          </li>
        ))}
        {patterns.map((pattern, index) => (
          <li key={`find ${pattern}`}>
            <TextSearch aria-hidden />
            <span>
              <Hidden>looked in the page for </Hidden>
              <span data-piece={name(searches.length + pages.length + index)}>{revealControls(pattern)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** JSON as people read it, where it is JSON. */
export function Arguments({ input, place }: { input: string; place: number }) {
  const text = useMemo(() => readableJsonText(input), [input])
  if (text.trim() === '' || text === '{}') return null
  return (
    <div className={items.part}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre className={items.source} tabIndex={0} data-piece={`use ${place}`}>
        <Code text={text} language="json" />
      </pre>
    </div>
  )
}
