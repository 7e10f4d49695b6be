import { memo, useMemo } from 'react'
import styles from './Code.module.css'
import { highlight } from './highlight.ts'
import { readAnsi, revealControls } from './untrustedText.ts'

/** Code in the theme's four hues. */
export const Code = memo(function Code({ text, language }: { text: string; language: string | null }) {
  const spans = useMemo(() => highlight(revealControls(text), language), [text, language])
  return spans.map((span, index) =>
    span.kind === 'plain' ? (
      span.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: spans of one text never move
      <span key={index} className={styles[span.kind]}>
        {span.text}
      </span>
    ),
  )
})

/** What a program printed. */
export const Output = memo(function Output({ text, isTall }: { text: string; isTall?: boolean }) {
  const spans = useMemo(() => readAnsi(text), [text])
  return (
    <pre className={styles.output} data-tall={isTall || undefined} tabIndex={isTall ? 0 : undefined}>
      {spans.map(({ text: part, isBold, isDim, color }, index) =>
        isBold || isDim || color ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: spans of one text never move
            key={index}
            className={[isBold && styles.bold, isDim && styles.dim, color && styles[color]].filter(Boolean).join(' ')}
          >
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </pre>
  )
})
