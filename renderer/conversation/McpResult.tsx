import { FileText, Link, ListTree, Text } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { readNode, valueAt } from '../../contract/domain/jsonNode.ts'
import { readableJson } from '../../contract/domain/readableJson.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { JsonTree } from '../inspector/JsonTree.tsx'
import type { ReadNode } from '../inspector/useJsonTree.ts'
import { Code, Output } from '../ui/Code.tsx'
import { useCopy } from '../ui/Notices.tsx'
import { OutwardLink } from '../ui/OutwardLink.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { namePart, nameTextFold } from './findParts.ts'
import { useFold } from './foldState.ts'
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
    <McpPartView key={index} call={call} part={part} index={index} isOnlyText={texts === 1} />
  ))
}

function McpPartView({
  call,
  part,
  index,
  isOnlyText,
}: {
  call: ToolCall
  part: Part
  index: number
  isOnlyText: boolean
}) {
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
      return <Json value={read.value} index={index} />
    case 'link':
      return (
        <p className={`${items.part} ${styles.resource}`}>
          <Link aria-hidden />
          <span data-piece={namePart(index)}>
            <OutwardLink href={read.uri}>{revealControls(read.name)}</OutwardLink>
            {read.name !== read.uri && <code data-block>{revealControls(read.uri)}</code>}
            {read.description !== null && <span data-block>{revealControls(read.description)}</span>}
          </span>
        </p>
      )
    case 'resource':
      return (
        <>
          <p className={`${items.part} ${styles.resource}`}>
            <FileText aria-hidden />
            <span data-piece={namePart(index)}>
              <OutwardLink href={read.uri}>{revealControls(read.uri)}</OutwardLink>
              {read.mediaType !== null && <span data-block>{revealControls(read.mediaType)}</span>}
            </span>
          </p>
          {read.text !== null && (
            <div className={styles.inside} data-piece={`${namePart(index)} text`}>
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
        <div className={items.part} data-piece={namePart(index)}>
          <Output text={read.text.replace(/\s+$/, '')} isTall={isTall(read.text)} />
        </div>
      )
  }
}

/** A tree, or all of it as text for those who want to read or to find it. */
function Json({ value, index }: { value: object; index: number }) {
  const [isText, toggle] = useFold(nameTextFold(index), false)
  const text = useMemo(() => (isText ? readableJson(value) : ''), [isText, value])
  return (
    <div className={items.part}>
      {isText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <pre className={items.source} tabIndex={0} data-piece={namePart(index)}>
          <Code text={text} language="json" />
        </pre>
      ) : (
        <Tree value={value} />
      )}
      <button type="button" className={`${items.more} ${styles.kind}`} aria-pressed={isText} onClick={toggle}>
        {isText ? <ListTree aria-hidden /> : <Text aria-hidden />}
        {isText ? 'Show as a tree' : 'Show as text'}
      </button>
    </div>
  )
}

function Tree({ value }: { value: object }) {
  const { copy } = useCopy()
  const opens = useMemo(() => pathsToOpen(value), [value])
  const read = useCallback<ReadNode>(
    async (path, offset, limit) => ({ ok: true, value: { node: readNode(valueAt(value, path), offset, limit) } }),
    [value],
  )
  return (
    <div className={styles.tree}>
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
