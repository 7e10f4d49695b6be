import { FoldVertical } from 'lucide-react'
import type { Item } from '../../contract/domain/turn.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatTokens } from '../ui/formatting.ts'
import { Markdown } from '../ui/Markdown.tsx'
import styles from './CompactionItem.module.css'
import type { CompactionSeam, SeamSide } from './compactionSeam.ts'
import { describeCache } from './describeCompaction.ts'
import { ExchangeLink } from './ExchangeLink.tsx'
import { FoldTip, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import items from './Items.module.css'
import { useRelations } from './itemRelations.ts'

const nothingKnown: CompactionSeam = { before: null, after: null }

/** Where codex put a summary in the place of what was said: how much the model had to read before, and after. */
export function CompactionItem({ item }: { item: Extract<Item, { type: 'compaction' }> }) {
  const [isOpen, toggle] = useFold('compaction', false)
  const seam = useRelations().compaction ?? nothingKnown
  const hasText = item.text.trim() !== ''
  const cache = describeCache(seam)
  return (
    <div className={styles.compaction} data-item={item.id} tabIndex={-1}>
      <div className={items.seam} data-beside>
        {hasText ? (
          <FoldTip isOpen={isOpen}>
            <button type="button" aria-expanded={isOpen} onClick={toggle}>
              <FoldVertical aria-hidden />
              <Sizes seam={seam} />
              <Twist />
            </button>
          </FoldTip>
        ) : (
          <span>
            <FoldVertical aria-hidden />
            <Sizes seam={seam} />
          </span>
        )}
      </div>
      {(cache !== null || seam.before || seam.after) && (
        <p className={styles.facts} data-beside>
          {cache !== null && <span>{cache}</span>}
          <span className={styles.sides}>
            {seam.before && <SideLink side={seam.before}>Context before</SideLink>}
            {seam.after && <SideLink side={seam.after}>Context after</SideLink>}
          </span>
        </p>
      )}
      {isOpen && (
        <div className={items.seamText} data-piece="text">
          <Markdown text={item.text} />
        </div>
      )}
    </div>
  )
}

function Sizes({ seam: { before, after } }: { seam: CompactionSeam }) {
  const [was, is] = [before?.usage?.inputTokens, after?.usage?.inputTokens]
  if (was === undefined && is === undefined) return 'Context compacted'
  if (was === undefined) return <span>Compacted to {formatTokens(is as number)} tokens of context</span>
  if (is === undefined) return <span>Compacted from {formatTokens(was)} tokens of context</span>
  return (
    <span
      title={`${was.toLocaleString('en')} tokens in the last request before, ${is.toLocaleString('en')} in the next`}
    >
      Compacted: {formatTokens(was)} <span aria-hidden>→</span>
      <Hidden>to</Hidden> {formatTokens(is)} tokens of context
    </span>
  )
}

function SideLink({ side, children }: { side: SeamSide; children: string }) {
  return (
    <ExchangeLink turnId={side.turnId} exchangeId={side.exchangeId} tab="context">
      {children}
    </ExchangeLink>
  )
}
