import { Component, lazy, memo, type ReactNode, Suspense } from 'react'
import { isPlainEnough } from '../../contract/domain/markdown.ts'
import styles from './Markdown.module.css'
import { untilLoaded } from './untilLoaded.ts'
import { revealControls } from './untrustedText.ts'

const MarkdownBody = lazy(async () => ({
  default: (await untilLoaded(() => import('./MarkdownBody.tsx'))).MarkdownBody,
}))

/** A browser gets slow past this; the archive has it all. */
export const longestText = 300_000

interface MarkdownProps {
  text: string
  isStreaming?: boolean
  /** A glance at its end: nothing in it scrolls or is copied, so that only its links are stops of Tab. */
  isExcerpt?: boolean
}

/** Captured prose. Its parser comes with the first use; until then, and for what is too long or too tangled, the text stands as it is. */
export const Markdown = memo(function Markdown({ text, isStreaming = false, isExcerpt = false }: MarkdownProps) {
  const safe = revealControls(text.slice(0, longestText))
  const plain = <Plain text={safe} length={text.length} isStreaming={isStreaming} />
  if (!isPlainEnough(safe)) return plain
  return (
    <Unparsed fallback={plain}>
      <Suspense fallback={<Plain text={safe} length={text.length} isStreaming={isStreaming} isAwaited />}>
        <MarkdownBody text={safe} isStreaming={isStreaming} isExcerpt={isExcerpt} />
      </Suspense>
    </Unparsed>
  )
})

function Plain({
  text,
  length,
  isStreaming,
  isAwaited,
}: {
  text: string
  /** Of the whole. */
  length: number
  isStreaming: boolean
  /** Until its parser is there. */
  isAwaited?: true
}) {
  return (
    <>
      <div
        className={`${styles.prose} ${styles.plain}`}
        data-streaming={isStreaming || undefined}
        data-awaited={isAwaited}
        dir="auto"
      >
        {text}
      </div>
      {length > longestText && (
        <p className={styles.note}>Only a part is shown: the whole is {length.toLocaleString('en')} characters long.</p>
      )}
    </>
  )
}

/** What the parser fails at is a text all the same, and no reason for the page to fail. */
class Unparsed extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }
  static getDerivedStateFromError() {
    return { hasFailed: true }
  }
  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
