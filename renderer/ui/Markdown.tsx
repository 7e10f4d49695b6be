import { lazy, memo, Suspense } from 'react'
import styles from './Markdown.module.css'
import { revealControls } from './untrustedText.ts'

const MarkdownBody = lazy(() => import('./MarkdownBody.tsx').then((module) => ({ default: module.MarkdownBody })))

/** Captured prose. Its parser comes with the first use; until then, and for very long texts, the text stands as it is. */
export const Markdown = memo(function Markdown({ text, isStreaming }: { text: string; isStreaming?: boolean }) {
  const safe = revealControls(text)
  const plain = (
    <div className={`${styles.prose} ${styles.plain}`} data-streaming={isStreaming || undefined} dir="auto">
      {safe}
    </div>
  )
  if (safe.length > 200_000) return plain
  return (
    <Suspense fallback={plain}>
      <MarkdownBody text={safe} isStreaming={isStreaming ?? false} />
    </Suspense>
  )
})
