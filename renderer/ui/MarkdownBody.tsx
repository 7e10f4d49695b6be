import { Check, Copy, ImageOff } from 'lucide-react'
import { isValidElement, type ReactNode, useState } from 'react'
import type { Components } from 'react-markdown'
import { Code } from './Code.tsx'
import { IconButton } from './Controls.tsx'
import styles from './Markdown.module.css'
import { useCopy } from './Notices.tsx'
import { OutwardLink } from './OutwardLink.tsx'
import { createBlockReader } from './readBlocks.ts'
import { revealControls } from './untrustedText.ts'

// HTML in the text is shown as text: there is no rehype-raw here, and there must not be.
const components: Components = {
  a: ({ href, children }) => <OutwardLink href={href ?? ''}>{children}</OutwardLink>,
  img: ({ alt, src }) => (
    <span className={styles.image} title={typeof src === 'string' ? revealControls(src) : undefined}>
      <ImageOff aria-hidden />
      <span data-beside>Image not loaded{alt ? ': ' : ''}</span>
      {alt}
    </span>
  ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <div className={styles.table} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h4>{children}</h4>,
}

const excerptComponents: Components = {
  ...components,
  pre: ({ children }) => (
    <div className={styles.block} dir="ltr">
      <pre className={styles.wrapped}>
        <code>{readCode(children).text}</code>
      </pre>
    </div>
  ),
  table: ({ children }) => (
    <div className={styles.table}>
      <table>{children}</table>
    </div>
  ),
}

export function MarkdownBody({
  text,
  isStreaming,
  isExcerpt,
}: {
  text: string
  isStreaming: boolean
  isExcerpt: boolean
}) {
  const [readBlocks] = useState(() => createBlockReader(isExcerpt ? excerptComponents : components))
  return (
    <div className={styles.prose} data-prose data-streaming={isStreaming || undefined} dir="auto">
      {readBlocks(text, isStreaming)}
    </div>
  )
}

function CodeBlock({ children }: { children: ReactNode }) {
  const { isCopied, copy } = useCopy()
  const { text, language } = readCode(children)
  return (
    <div className={styles.block} dir="ltr">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>
          <Code text={text} language={language} />
        </code>
      </pre>
      <IconButton
        label={isCopied ? 'Copied' : 'Copy code'}
        icon={isCopied ? Check : Copy}
        className={styles.copy}
        onClick={() => copy(text)}
      />
    </div>
  )
}

function readCode(children: ReactNode): { text: string; language: string | null } {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) {
    return { text: String(children ?? ''), language: null }
  }
  const { className, children: inner } = children.props
  return {
    text: String(inner ?? '').replace(/\n$/, ''),
    language: /language-([\w+-]+)/.exec(className ?? '')?.[1] ?? null,
  }
}
