import type { RunResult, Runs } from './runs.ts'

export interface InMemoryRuns extends Runs {
  /** What was run, as one line each. */
  ran: string[]
}

/** A computer for tests: its executable files with what they answer, and its folders. */
export function createInMemoryRuns(computer: {
  programs?: Record<string, Partial<RunResult> | ((args: string[], env: NodeJS.ProcessEnv) => Partial<RunResult>)>
  folders?: Record<string, string[]>
}): InMemoryRuns {
  const programs = computer.programs ?? {}
  const ran: string[] = []
  return {
    ran,
    async run(file, args, { env }) {
      ran.push([file, ...args].join(' '))
      const program = programs[file]
      if (!program) return { exitCode: null, stdout: '', stderr: '' }
      const result = typeof program === 'function' ? program(args, env) : program
      return { exitCode: 0, stdout: '', stderr: '', ...result }
    },
    async isExecutableFile(path) {
      return path in programs
    },
    async listFolder(path) {
      return computer.folders?.[path] ?? []
    },
  }
}
