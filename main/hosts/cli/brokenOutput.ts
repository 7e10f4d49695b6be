/** What a shell shows of a program that a broken pipe ended: 128 and the number of SIGPIPE. */
const unheard = 141

/**
 * Who reads may stop at any time, as `head` does: then there is nothing more to say, and nothing to say about it. What records goes
 * on, whoever listens.
 */
export function endWhenUnheard(complain: (text: string) => void, isRecording: boolean): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isRecording) return
    if (error.code === 'EPIPE') process.exit(unheard)
    complain(`tapedeck: What was to be printed could not be written (${error.code ?? error.message}).`)
    process.exit(1)
  })
}
