import { readFileSync } from 'node:fs'

/** Whether a process runs. One that has ended and waits for its parent to hear of it does not, though signals still reach it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    // The name may hold anything, brackets too; what follows its last one is fixed.
    return /^\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*(?=\))/s, ''))
  } catch {
    return false
  }
}
