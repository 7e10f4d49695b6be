import { Check, Copy } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { BodyName } from '../../contract/domain/body.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { IconButton } from '../ui/Controls.tsx'
import { useCopy } from '../ui/Notices.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import body from './Body.module.css'
import { JsonTree } from './JsonTree.tsx'
import type { Path } from './jsonRows.ts'
import { namePath } from './namePath.ts'
import { RawText } from './RawText.tsx'
import { readText } from './readText.ts'
import { Segments } from './Segments.tsx'
import type { ReadNode } from './useJsonTree.ts'

type View = 'tree' | 'raw'

const views = [
  { value: 'tree', label: 'Tree' },
  { value: 'raw', label: 'Raw' },
] as const satisfies { value: View; label: string }[]

/** What people look for in a request. */
const opensOfRequest: Path[] = [['input']]

/** A body as a tree or as its text, and any value of it to be copied. */
export function BodyTab({
  exchange,
  which,
  target,
  isEntered,
}: {
  exchange: Exchange
  which: BodyName
  /** The value to show first; a new object each time that somebody asks. */
  target: { path: Path } | null
  /** Whether its tree takes the focus, once it is there. */
  isEntered(): boolean
}) {
  const client = useClient()
  const [view, setView] = useState<View>('tree')
  const [path, setPath] = useState<Path>([])
  const [problem, setProblem] = useState<string | null>(null)
  const { isCopied, copy } = useCopy()
  const { id } = exchange
  const read = useCallback<ReadNode>(
    (path, offset, limit) => client.call('exchange/body', { id, which, path, offset, limit }),
    [client, id, which],
  )
  const shownPath = view === 'raw' ? [] : path

  async function copyValue(wanted: Path) {
    const text = await readText(client, { id: exchange.id, which, path: wanted })
    setProblem(text === null ? 'Too long to be copied, or it could not be read.' : null)
    if (text !== null) copy(text)
  }

  // The tree has the key by itself; it is the same beside it.
  useShortcuts(
    {
      c: ({ target }) => {
        const isBeside = target instanceof Element && target.closest('[data-pane="inspector"]') !== null
        if (view === 'raw' || !isBeside || target.closest('[role="tree"]')) return false
        void copyValue(path)
        return true
      },
    },
    { comesFirst: true },
  )

  return (
    <div className={body.body}>
      <div className={body.tools}>
        <code className={body.path} title={namePath(shownPath)}>
          {namePath(shownPath) || which}
        </code>
        {problem !== null && <span role="alert">{problem}</span>}
        <IconButton
          label={isCopied ? 'Copied' : view === 'raw' ? 'Copy all' : 'Copy this value'}
          keys={view === 'tree' ? 'c' : undefined}
          icon={isCopied ? Check : Copy}
          onClick={() => void copyValue(shownPath)}
        />
        <Segments<View> label="View" options={views} value={view} onChange={setView} />
      </div>
      {view === 'tree' ? (
        <JsonTree
          read={read}
          rootName={which}
          label={`The ${which} as a tree`}
          version={exchange.status}
          opens={which === 'request' ? opensOfRequest : undefined}
          target={target}
          isEntered={isEntered}
          onSelect={setPath}
          onCopy={(wanted) => void copyValue(wanted)}
        />
      ) : (
        <RawText key={`${exchange.id} ${exchange.status}`} exchangeId={exchange.id} which={which} />
      )}
    </div>
  )
}
