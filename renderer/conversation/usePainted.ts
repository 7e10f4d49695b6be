import { useEffect, useState } from 'react'
import { afterPaint } from '../ui/afterPaint.ts'

/** Whether what was drawn first has been painted, so that the rest may follow. */
export function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => setPainted(true)), [])
  return isPainted
}
