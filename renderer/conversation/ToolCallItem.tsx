import { Eye, Globe, Image, ListChecks, type LucideIcon, Pencil, Target, Terminal, Wrench } from 'lucide-react'
import { type ComponentProps, useMemo } from 'react'
import { firstLine } from '../../contract/domain/firstLine.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { Code } from '../ui/Code.tsx'
import { formatCount } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { ChangeCounts, ChangeTag, Diff, FileHead, namePath } from './Diff.tsx'
import { EditCard } from './EditCard.tsx'
import { Card, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import { hasFailed } from './hasFailed.ts'
import { hasPictures } from './hasPictures.ts'
import { ItemFrame } from './ItemFrame.tsx'
import styles from './Items.module.css'
import { LongOutput } from './LongOutput.tsx'
import { nameDiff, nameFile } from './layOutDiff.ts'
import { McpResult } from './McpResult.tsx'
import { Outcome } from './Outcome.tsx'
import { Pictures } from './Pictures.tsx'
import { type FileChange, parsePatch } from './patch.ts'
import type { Use } from './readUse.ts'
import { WentOn } from './TerminalParts.tsx'
import { countLines, ToolOutput } from './ToolOutput.tsx'
import { Arguments, describeUse, UseBody } from './UseCards.tsx'
import { isProgramOf, showsOutput, usesOf } from './usesOf.ts'

/** A tool call as what it did: commands it ran, files it edited, or whatever else it was asked. */
export function ToolCallItem({ call, isLive, isOnlyPatch }: { call: ToolCall; isLive: boolean; isOnlyPatch: boolean }) {
  const changes = useMemo(() => (call.patch === null ? null : parsePatch(call.patch)), [call.patch])
  const uses = useMemo(() => usesOf(call), [call])
  const isProgram = isProgramOf(call)
  const [only, ...others] = uses
  if (only && others.length === 0 && call.commands.length === 0 && !changes) {
    return <UsedItem call={call} use={only} isProgram={isProgram} isLive={isLive} />
  }
  if (call.commands.length > 0 || (isProgram && !changes)) {
    return <RanItem call={call} changes={changes} uses={uses} isProgram={isProgram} isLive={isLive} />
  }
  if (changes)
    return <EditedItem call={call} changes={changes} isProgram={isProgram} isLive={isLive} isOpen={isOnlyPatch} />
  return <OtherItem call={call} isLive={isLive} />
}

function RanItem({
  call,
  changes,
  uses,
  isProgram,
  isLive,
}: {
  call: ToolCall
  changes: FileChange[] | null
  uses: readonly Use[]
  isProgram: boolean
  isLive: boolean
}) {
  const isRunning = call.status === 'running' && isLive
  const [only, ...others] = call.commands
  return (
    <ItemFrame kind="shell" icon={Terminal} verb={isRunning ? 'Running' : 'Ran'} itemId={call.id}>
      <CardOf
        changes={changes}
        isLive={isRunning}
        opensByItself={hasFailed(call) || hasPictures(call)}
        head={
          <>
            {only === undefined ? (
              <span className={styles.cardName}>a program</span>
            ) : others.length > 0 ? (
              <>
                <span className={styles.cardName}>{formatCount(call.commands.length, 'command')}</span>
                <code className={styles.arg}>{call.commands.map(firstLine).map(revealControls).join(' · ')}</code>
              </>
            ) : (
              <CommandLine command={only} />
            )}
            {isProgram && only === undefined && <span className={styles.tag}>exec</span>}
          </>
        }
        meta={<Outcome call={call} isLive={isLive} />}
      >
        {only !== undefined && (
          <div className={styles.part}>
            <ol className={styles.steps}>
              {call.commands.map((command, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: commands of one call never move
                <li key={index} data-piece={`command ${index}`}>
                  <code>{revealControls(command)}</code>
                </li>
              ))}
            </ol>
          </div>
        )}
        {uses.map((use, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls of one program never move
          <UseBody key={index} use={use} place={index} />
        ))}
        <OutputPart call={call} isLive={isLive} />
        <WentOn />
        {changes && <Changes changes={changes} />}
        {isProgram && <Source text={call.input} />}
      </CardOf>
    </ItemFrame>
  )
}

function CardOf({ changes, ...card }: { changes: FileChange[] | null } & ComponentProps<typeof Card>) {
  return changes ? <EditCard changes={changes} {...card} /> : <Card {...card} />
}

/** The command itself in full strength, its arguments a step back. The card has all of it. */
function CommandLine({ command }: { command: string }) {
  const line = revealControls(firstLine(command))
  const split = /^(\S+(?:\s+[a-z][\w-]*)?)(\s.*)?$/s.exec(line)
  return (
    <code title={line}>
      {split?.[1] ?? line}
      {split?.[2] && <span className={styles.arg}>{split[2]}</span>}
    </code>
  )
}

/** What came of it: the pictures first, as they say most. */
function OutputPart({ call, isLive }: { call: ToolCall; isLive: boolean }) {
  const { pictures = [] } = call
  // Of an output that did not come along as a whole the places of its parts are not known.
  if (call.parts && call.parts.length > 0 && !call.outputCut) return <McpResult call={call} parts={call.parts} />
  return (
    <>
      {pictures.length > 0 && (
        <div className={styles.part}>
          <div className={styles.pictures}>
            <Pictures itemId={call.id} pictures={pictures} />
          </div>
        </div>
      )}
      {(pictures.length === 0 || call.output?.trim()) && <TextPart call={call} isLive={isLive} />}
    </>
  )
}

function TextPart({ call, isLive }: { call: ToolCall; isLive: boolean }) {
  if (call.outputCut && call.output !== null) {
    return <LongOutput itemId={call.id} start={call.output} cut={call.outputCut} showsEnd={hasFailed(call)} />
  }
  if (call.output !== null && countLines(call.output) > 0) {
    return <ToolOutput output={call.output} showsEnd={hasFailed(call)} />
  }
  const text =
    call.output !== null
      ? 'It printed nothing.'
      : isLive && call.status === 'running'
        ? 'It is running. What it prints is known when Codex sends it to the model.'
        : 'Its output was never sent to the model, so it is not known.'
  return (
    <div className={styles.part}>
      <p className={styles.note}>{text}</p>
    </div>
  )
}

function Source({ text }: { text: string }) {
  const [isOpen, toggle] = useFold('source', false)
  return (
    <div className={styles.part}>
      <button type="button" className={styles.more} aria-expanded={isOpen} onClick={toggle}>
        <Twist />
        The call as sent
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <pre className={styles.source} tabIndex={0} data-piece="source">
          <Code text={text} language="js" />
        </pre>
      )}
    </div>
  )
}

function Changes({ changes }: { changes: FileChange[] }) {
  return changes.map((change, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: files of one patch never move
    <div key={index} className={styles.part}>
      <FileHead change={change} name={nameFile(index)} />
      <Diff change={change} name={nameDiff(index)} />
    </div>
  ))
}

/** Codex asks its user about an edit before it makes it, or is done with it at once: one that is open is a wish. */
function nameWish({ status }: ToolCall, isRunning: boolean): string | null {
  if (isRunning) return 'Wants to edit'
  return status === 'unknown' ? 'Asked to edit' : null
}

function EditedItem({
  call,
  changes,
  isProgram,
  isLive,
  isOpen,
}: {
  call: ToolCall
  changes: FileChange[]
  isProgram: boolean
  isLive: boolean
  isOpen: boolean
}) {
  const [only, ...others] = changes
  const isRunning = call.status === 'running' && isLive
  const wish = nameWish(call, isRunning)
  return (
    <ItemFrame kind="patch" icon={Pencil} verb={wish === null ? 'Edited' : 'Edit'} itemId={call.id}>
      <EditCard
        changes={changes}
        isLive={isRunning}
        opensByItself={isOpen || hasFailed(call) || hasPictures(call)}
        head={
          only && others.length === 0 ? (
            <>
              <code title={namePath(only)} data-piece={nameFile(0)}>
                {namePath(only)}
              </code>
              <ChangeTag change={only} />
            </>
          ) : (
            <>
              <span className={styles.cardName}>{formatCount(changes.length, 'file')}</span>
              <code className={styles.arg}>{changes.map(namePath).join(' · ')}</code>
            </>
          )
        }
        meta={
          <>
            {wish !== null && <span>{wish}</span>}
            <ChangeCounts changes={changes} />
            {hasFailed(call) && <Outcome call={call} isLive={isLive} />}
          </>
        }
      >
        {only && others.length === 0 ? (
          <div className={styles.part}>
            <Diff change={only} name={nameDiff(0)} />
          </div>
        ) : (
          <Changes changes={changes} />
        )}
        {(hasFailed(call) || hasPictures(call)) && <OutputPart call={call} isLive={isLive} />}
        {isProgram && <Source text={call.input} />}
      </EditCard>
    </ItemFrame>
  )
}

/** A call of a tool that Tapedeck knows, by itself or as all that a program did. */
function UsedItem({ call, use, isProgram, isLive }: { call: ToolCall; use: Use; isProgram: boolean; isLive: boolean }) {
  const { verb, icon, head, opensByItself } = describeUse(use)
  const hasOutput = showsOutput(call, use)
  return (
    <ItemFrame kind="tool" icon={icon} verb={verb} itemId={call.id}>
      <Card
        isLive={call.status === 'running' && isLive}
        opensByItself={opensByItself || hasFailed(call) || hasPictures(call)}
        head={head}
        meta={hasOutput ? <Outcome call={call} isLive={isLive} /> : null}
      >
        <UseBody use={use} place={0} />
        {hasOutput && <OutputPart call={call} isLive={isLive} />}
        {isProgram && <Source text={call.input} />}
      </Card>
    </ItemFrame>
  )
}

function OtherItem({ call, isLive }: { call: ToolCall; isLive: boolean }) {
  const { verb, icon } = nameTool(call.name)
  return (
    <ItemFrame kind="tool" icon={icon} verb={verb} itemId={call.id}>
      <Card
        isLive={call.status === 'running' && isLive}
        opensByItself={hasFailed(call) || hasPictures(call)}
        head={
          <>
            <code className={styles.cardName} data-piece="name">
              {revealControls(call.name)}
            </code>
            <code className={styles.arg}>{revealControls(call.input.replace(/\s+/g, ' ').slice(0, 200))}</code>
          </>
        }
        meta={<Outcome call={call} isLive={isLive} />}
      >
        <Arguments input={call.input} place={0} />
        <OutputPart call={call} isLive={isLive} />
      </Card>
    </ItemFrame>
  )
}

function nameTool(name: string): { verb: string; icon: LucideIcon } {
  if (/web|search/i.test(name)) return { verb: 'Searched', icon: Globe }
  if (/image_?gen/i.test(name)) return { verb: 'Drew', icon: Image }
  if (/image/i.test(name)) return { verb: 'Viewed', icon: Eye }
  if (/goal/i.test(name)) return { verb: 'Goal', icon: Target }
  if (/plan|todo/i.test(name)) return { verb: 'Planned', icon: ListChecks }
  return { verb: 'Used', icon: Wrench }
}
