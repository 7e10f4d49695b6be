import { HintBar } from '../ui/HintBar.tsx'
import { useFocused } from '../ui/useFocused.ts'

/** The few keys that work here, where the keyboard is. */
export function ListHints({ hasRows, isBesideSession }: { hasRows: boolean; isBesideSession: boolean }) {
  const place = useFocused(placeInList)
  if (place === 'filter') {
    return (
      <HintBar
        hints={[
          [['↵'], 'add'],
          [['↑', '↓'], 'move'],
          [['⇥'], 'complete'],
          [['Esc'], 'list'],
        ]}
      />
    )
  }
  const isAway = isBesideSession && (place === 'elsewhere' || place === 'inspector')
  return (
    <HintBar
      hints={[
        hasRows && !isAway && [['j', 'k'], 'session'],
        hasRows && isAway && place !== 'inspector' && [['Esc'], 'list'],
        [['f'], 'filter'],
        hasRows && (isBesideSession || place === 'row') && [['x'], 'select'],
        [['?'], 'keys'],
      ]}
    />
  )
}

function placeInList(active: Element | null): 'row' | 'filter' | 'list' | 'inspector' | 'elsewhere' {
  const list = active?.closest('[data-pane="list"]')
  if (!active || !list) return active?.closest('[data-pane="inspector"]') ? 'inspector' : 'elsewhere'
  if (active.closest('li[data-key]')) return 'row'
  return active.matches('input') ? 'filter' : 'list'
}
