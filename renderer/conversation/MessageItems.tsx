import { CircleUserRound, KeyRound, Lightbulb, MessageSquare, Shapes, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Picture } from '../../contract/domain/picture.ts'
import { readableJson } from '../../contract/domain/readableJson.ts'
import type { Item } from '../../contract/domain/turn.ts'
import { formatRoute } from '../shell/route.ts'
import { Code } from '../ui/Code.tsx'
import controls from '../ui/Controls.module.css'
import { useNow } from '../ui/clock.ts'
import { formatCount, formatExact } from '../ui/formatting.ts'
import { Markdown } from '../ui/Markdown.tsx'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { describeReset, tellError } from './explainError.ts'
import { FoldRow, FoldTip, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import { ItemFrame } from './ItemFrame.tsx'
import styles from './Items.module.css'
import { Pictures } from './Pictures.tsx'
import { bodyOfThought, splitThought } from './splitThought.ts'

type ItemOf<T extends Item['type']> = Extract<Item, { type: T }>

export function PromptItem({
  itemId,
  text,
  pictures,
  speaker,
}: {
  itemId: string
  text: string
  pictures: Picture[]
  speaker: string
}) {
  const isLong = text.length > 1_200 || text.split('\n').length > 12
  const [isOpen, toggle] = useFold('prompt', !isLong)
  return (
    <ItemFrame kind="prompt" icon={CircleUserRound} verb={speaker} itemId={itemId}>
      <div className={styles.prompt}>
        <p className={styles.promptText} data-piece="text" data-folded={!isOpen || undefined} dir="auto">
          {revealControls(text)}
        </p>
        {pictures.length > 0 && (
          <div className={styles.promptPictures}>
            <Pictures itemId={itemId} pictures={pictures} what="Attached picture" />
          </div>
        )}
        {isLong && (
          <FoldTip isOpen={isOpen}>
            <button type="button" className={styles.more} aria-expanded={isOpen} onClick={toggle}>
              <Twist />
              {isOpen ? 'Show less' : `Show all ${formatCount(text.split('\n').length, 'line')}`}
            </button>
          </FoldTip>
        )}
      </div>
    </ItemFrame>
  )
}

export function ThoughtItem({ item, isLive }: { item: ItemOf<'reasoning'>; isLive: boolean }) {
  const verb = isLive ? 'Thinking' : 'Thought'
  const text = item.text.trim()
  const { summary, rest, hasTitle } = splitThought(text)
  return (
    <ItemFrame kind="thought" icon={Lightbulb} verb={verb} itemId={item.id}>
      {text === '' ? (
        <div className={`${styles.fold} ${styles.quiet}`}>{isLive ? '…' : 'The model kept this to itself'}</div>
      ) : rest === '' ? (
        <div className={`${styles.fold} ${styles.quiet}`}>
          <span className={styles.foldText} title={revealControls(summary)} dir="auto" data-piece="text">
            {revealControls(summary)}
          </span>
        </div>
      ) : (
        <FoldRow summary={<span data-piece={hasTitle ? 'summary' : undefined}>{revealControls(summary)}</span>}>
          <div data-piece="text">
            <Markdown text={bodyOfThought(text)} />
          </div>
        </FoldRow>
      )}
    </ItemFrame>
  )
}

export function AnswerItem({
  item,
  speaker,
  isStreaming,
}: {
  item: ItemOf<'assistantMessage'>
  speaker: string
  isStreaming: boolean
}) {
  return (
    <ItemFrame kind="answer" icon={MessageSquare} verb={speaker} itemId={item.id}>
      <div data-piece="text">
        <Markdown text={item.text} isStreaming={isStreaming} />
      </div>
    </ItemFrame>
  )
}

export function ErrorItem({ item }: { item: ItemOf<'error'> }) {
  const { title, text } = tellError(item)
  return (
    <ItemFrame kind="error" icon={TriangleAlert} verb="Failed" itemId={item.id}>
      <div data-piece="error">
        <Problem
          title={title}
          actions={
            item.code === 'usage_limit_reached' && (
              <a className={controls.button} href={formatRoute({ page: 'account' })} data-beside>
                Choose what happens at the limit
              </a>
            )
          }
        >
          {item.resetsAt === undefined ? (
            text
          ) : (
            <>
              {text && `${revealControls(text)}\n`}
              <LimitReset resetsAt={item.resetsAt} />
            </>
          )}
        </Problem>
      </div>
    </ItemFrame>
  )
}

/** Turns over by itself when the moment comes, as long as somebody looks. */
function LimitReset({ resetsAt }: { resetsAt: number }) {
  const [isAhead, setIsAhead] = useState(() => resetsAt > Date.now())
  // Times that do not run are of the last minute, which may be before the reset.
  const now = Math.max(useNow(isAhead), isAhead ? 0 : resetsAt)
  const { text, advice, isOver } = describeReset(resetsAt, now)
  useEffect(() => {
    if (isOver) setIsAhead(false)
  }, [isOver])
  return (
    <span data-beside>
      <time dateTime={new Date(resetsAt).toISOString()} title={formatExact(resetsAt)}>
        {text}
      </time>{' '}
      {advice}
    </span>
  )
}

/** Where the plan ended and the key went on: it costs money from here, so it is not hidden among what was retried. */
export function LimitSeam({ itemId }: { itemId: string }) {
  return (
    <div className={styles.seam} data-item={itemId} tabIndex={-1}>
      <span>
        <KeyRound aria-hidden />
        The plan’s limit was reached. From here on your API key pays.
      </span>
    </div>
  )
}

/** What Tapedeck does not understand is shown as it came. */
export function UnknownItem({ item }: { item: ItemOf<'unknown'> }) {
  return (
    <ItemFrame kind="unknown" icon={Shapes} verb="Other" itemId={item.id}>
      <FoldRow summary={<span data-piece="label">{revealControls(item.label)}</span>}>
        <pre className={styles.source} data-piece="raw">
          <Code text={readableJson(item.raw)} language="json" />
        </pre>
      </FoldRow>
    </ItemFrame>
  )
}
