import { Circle, CircleCheck, CircleDot, CircleMinus } from 'lucide-react'
import { firstLine } from '../../contract/domain/firstLine.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import card from './CardParts.module.css'
import items from './Items.module.css'
import { useRelations } from './itemRelations.ts'
import styles from './PlanCard.module.css'
import { describePlanChanges, nameStepChange, type StepChange } from './planChanges.ts'
import type { PlanStep } from './readUse.ts'

/** How far a plan is, in the head of its card. */
export function PlanHead({ steps }: { steps: PlanStep[] }) {
  const changes = useRelations().plans?.[0]
  const said = changes ? describePlanChanges(changes) : null
  const done = steps.filter(({ status }) => status === 'done').length
  const doing = steps.find(({ status }) => status === 'doing')
  const isDone = done === steps.length
  return (
    <>
      {isDone && <CircleCheck className={styles.doneMark} aria-hidden />}
      <span className={items.cardName}>
        {isDone ? `Plan done: ${done} of ${steps.length}` : `${done} of ${formatCount(steps.length, 'step')} done`}
      </span>
      {doing && (
        <span className={`${card.head} ${styles.doing}`} data-beside>
          {revealControls(firstLine(doing.text))}
        </span>
      )}
      {said !== null && (
        <span className={`${card.head} ${styles.sum}`} data-beside>
          {said}
        </span>
      )}
    </>
  )
}

const marks = { done: CircleCheck, doing: CircleDot, open: Circle }
const words = { done: 'done', doing: 'in progress', open: 'open' }

/** The steps of a plan, and beside those that changed what changed. `place`: of the plan among all that its call used. */
export function Plan({ steps, explanation, place }: { steps: PlanStep[]; explanation: string | null; place: number }) {
  const changes = useRelations().plans?.[place]
  const isCompared = changes != null && !changes.isAnother
  return (
    <div className={items.part}>
      {explanation !== null && (
        <p className={items.note} data-piece={`use ${place}.0`}>
          {revealControls(explanation)}
        </p>
      )}
      <ol className={`${card.list} ${styles.plan}`} data-compared={isCompared || undefined}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of one call never move
          <Step key={index} name={`use ${place}.${index + 1}`} step={step} change={changes?.steps[index] ?? null} />
        ))}
        {changes?.removed.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of one call never move
          <li key={`removed ${index}`} data-removed data-beside>
            <CircleMinus aria-hidden />
            <span>
              <del>{revealControls(step.text)}</del>
              <ChangeTags names={['removed']} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Step({ name, step: { text, status }, change }: { name: string; step: PlanStep; change: StepChange | null }) {
  const Mark = marks[status]
  return (
    <li data-status={status} data-changed={change !== null || undefined}>
      <Mark aria-hidden />
      <span>
        <Hidden>{words[status]}: </Hidden>
        <span data-piece={name}>{revealControls(text)}</span>
        {change && <ChangeTags names={nameStepChange(change)} />}
        {change?.was != null && (
          <span className={styles.was} data-beside>
            was: <del>{revealControls(change.was)}</del>
          </span>
        )}
      </span>
    </li>
  )
}

function ChangeTags({ names }: { names: string[] }) {
  return names.map((name) => (
    <span key={name} className={`${items.tag} ${styles.change}`}>
      {name}
    </span>
  ))
}
