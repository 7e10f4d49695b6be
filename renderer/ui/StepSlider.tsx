import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'

/** So many steps at once by Page Up and Page Down. */
const pageSteps = 7

/**
 * A drawing of steps that lie side by side, as one slider: a keyboard walks through all of it with one stop of Tab, and a
 * pointer tells which step it is over. What a step says is its caller's.
 */
export function StepSlider({
  label,
  className,
  count,
  at,
  words,
  gutterPx = 0,
  onStep,
  onOpen,
  onLetGo,
  onPoint,
  onPress,
  children,
}: {
  label: string
  className?: string
  count: number
  /** The step that is told of, from 0. */
  at: number
  /** What is told of it. */
  words: string
  /** Beside the steps, at their left. */
  gutterPx?: number
  onStep(index: number): void
  onOpen(index: number): void
  /** Escape. False where there is nothing to let go. */
  onLetGo?(): boolean
  onPoint(index: number | null): void
  onPress(index: number): void
  children: ReactNode
}) {
  const within = (index: number) => Math.max(0, Math.min(count - 1, index))

  function indexAt(event: MouseEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - gutterPx) / (box.width - gutterPx)
    return within(Math.floor(count * share))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key === 'Enter') onOpen(at)
    else if (event.key === 'Escape') {
      if (!onLetGo?.()) return
    } else {
      const next = nextStep(event.key, at, count - 1)
      if (next === undefined) return
      onStep(within(next))
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      className={className}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={at + 1}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onPoint(indexAt(event))}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => onPress(indexAt(event))}
    >
      {children}
    </div>
  )
}

function nextStep(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - 1
    case 'ArrowRight':
    case 'ArrowUp':
      return at + 1
    case 'PageDown':
      return at - pageSteps
    case 'PageUp':
      return at + pageSteps
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
