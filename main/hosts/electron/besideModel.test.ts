import { expect, test } from 'vitest'
import { besideModel } from './besideModel.ts'
import type { TrayEntry } from './trayModel.ts'

const read = (entry: TrayEntry) => (entry.type === 'separator' ? '---' : entry.label)

test('it says what records and that Tapedeck takes over, and offers that one’s page and the way out', () => {
  expect(besideModel('linux')).toEqual({
    icon: 'idle',
    tooltip: 'Tapedeck: A codex in a terminal has its own recorder. Tapedeck takes over when that ends',
    entries: [
      { type: 'text', label: 'A codex in a terminal has its own recorder' },
      { type: 'text', label: 'Tapedeck takes over when that ends' },
      { type: 'separator' },
      { type: 'action', label: 'Open in Browser', action: { do: 'show', route: null } },
      { type: 'separator' },
      { type: 'action', label: 'Quit Tapedeck', action: { do: 'quit' } },
    ],
  })
})

test('Windows has Open first and Exit last, and as little room in a tooltip as it has', () => {
  const { tooltip, entries } = besideModel('win32')
  expect([entries.map(read)[0], entries.map(read).at(-1)]).toEqual(['Open in browser', 'Exit'])
  expect(tooltip.length).toBeLessThan(128)
})
