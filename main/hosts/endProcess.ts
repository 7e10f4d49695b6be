import { isKeychainHanging } from '../account/secretStore.ts'

/**
 * Ends the process with this code as soon as nothing is left to do. While the keychain hangs there always is something, and
 * only a signal ends the process: then the code is lost, but what was printed is not.
 */
export async function endProcess(code: number): Promise<void> {
  process.exitCode = code
  if (!isKeychainHanging()) return
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve))
  }
  process.kill(process.pid, 'SIGKILL')
}
