import { useState } from 'react'
import { Button } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'

const shownAtFirst = 100

/** The first of a list, and a button for all of them: most readers want the top, and thousands of rows make a page slow. */
export function useShown<T>(list: T[], noun: string) {
  const [count, setCount] = useState(shownAtFirst)
  const rest = list.length - count
  return {
    shown: list.slice(0, count),
    more:
      rest > 0 ? (
        <Button tone="plain" onClick={() => setCount(count + 1_000)}>
          Show {formatCount(Math.min(rest, 1_000), `more ${noun}`)}
        </Button>
      ) : null,
  }
}
