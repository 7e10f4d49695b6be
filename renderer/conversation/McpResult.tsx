import { FileText, Link } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { readNode, valueAt } from '../../contract/domain/jsonNode.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { JsonTree } from '../inspector/JsonTree.tsx'
import type { ReadNode } from '../inspector/useJsonTree.ts'
import { Output } from '../ui/Code.tsx'
import { useCopy } from '../ui/Notices.tsx'
import { OutwardLink } from '../ui/OutwardLink.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { hasFailed } from './hasFailed.ts'
import items from './Items.module.css'
import styles from './McpResult.module.css'
import { Pictures } from './Pictures.tsx'
import { pathsToOpen, readMcpPart } from './readMcpPart.ts'
import { ToolOutput } from './ToolOutput.tsx'

type Part = NonNullable<ToolCall['parts']>[number]

/** What an MCP server gave back, part by part: each as what it is. */
export function McpResult({ call, parts }: { call: ToolCall; parts: Part[] }) {
  const texts = parts.filter((part) => 'start' in part).length
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one result never move
    <McpPartView key={index} call={call} part={part} isOnlyText={texts === 1} />
  ))
}

function McpPartView({ call, part, isOnlyText }: { call: ToolCall; part: Part; isOnlyText: boolean }) {
  const text = 'start' in part ? (call.output ?? '').slice(part.start, part.end) : ''
  const read = useMemo(() => readMcpPart(text), [text])
  if ('picture' in part) {
    return (
      <div className={items.part}>
        <div className={items.pictures}>
          <Pictures itemId={call.id} pictures={call.pictures ?? []} only={part.picture} />
        </div>
      </div>
    )
  }
  switch (read.kind) {
    case 'json':
      return <Tree value={read.value} />
    case 'link':
      return (
        <p className={`${items.part} ${styles.resource}`}>
          <Link aria-hidden />
          <span>
            <OutwardLink href={read.uri}>{revealControls(read.name)}</OutwardLink>
            {read.name !== read.uri && <code>{revealControls(read.uri)}</code>}
            {read.description !== null && <span>{revealControls(read.description)}</span>}
          </span>
        </p>
      )
    case 'resource':
      return (
        <>
          <p className={`${items.part} ${styles.resource}`}>
            <FileText aria-hidden />
            <span>
              <OutwardLink href={read.uri}>{revealControls(read.uri)}</OutwardLink>
              {read.mediaType !== null && <span>{revealControls(read.mediaType)}</span>}
            </span>
          </p>
          {read.text !== null && (
            <div className={styles.inside}>
              <Output text={read.text} isTall={isTall(read.text)} />
            </div>
          )}
        </>
      )
    case 'text':
      // One that folds has one fold of its card.
      return isOnlyText ? (
        <ToolOutput output={read.text} showsEnd={hasFailed(call)} />
      ) : (
        <div className={items.part}>
          <Output text={read.text.replace(/\s+$/, '')} isTall={isTall(read.text)} />
        </div>
      )
  }
}

function Tree({ value }: { value: object }) {
  const { copy } = useCopy()
  const opens = useMemo(() => pathsToOpen(value), [value])
  const read = useCallback<ReadNode>(
    async (path, offset, limit) => ({ ok: true, value: { node: readNode(valueAt(value, path), offset, limit) } }),
    [value],
  )
  return (
    <div className={`${items.part} ${styles.tree}`}>
      <JsonTree
        read={read}
        rootName="result"
        label="The result as a tree"
        opens={opens}
        onCopy={(path) => {
          const wanted = valueAt(value, path)
          copy(typeof wanted === 'string' ? wanted : JSON.stringify(wanted, null, 2))
        }}
      />
    </div>
  )
}

function isTall(text: string): boolean {
  return text.split('\n').length > 30
}
