import { Plus } from 'lucide-react'
import { Button, Tip } from '../ui/Controls.tsx'

/** Where nothing is there yet, it is the next thing to do. */
export function NewSessionButton({ onClick }: { onClick(): void }) {
  return (
    <Tip label="Start Codex in a terminal" keys="c">
      <Button tone="primary" onClick={onClick}>
        <Plus aria-hidden />
        New session…
      </Button>
    </Tip>
  )
}
