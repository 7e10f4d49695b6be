import { Plus } from 'lucide-react'
import { Button } from '../ui/Controls.tsx'

/** Where nothing is there yet, it is the next thing to do. */
export function NewSessionButton({ onClick }: { onClick(): void }) {
  return (
    <Button tone="primary" onClick={onClick}>
      <Plus aria-hidden />
      New session…
    </Button>
  )
}
