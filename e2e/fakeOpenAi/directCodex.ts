import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { realCodexPath } from '../../main/codex/realCodex.ts'
import type { CodexHome } from '../codexHome.ts'
import type { FakeOpenAi } from './fakeOpenAi.ts'

export interface DirectRun {
  code: number | null
  stdout: string
  stderr: string
}

/**
 * What leads codex to the fake with nothing in between.
 *
 * The two base URLs name the same port by different hosts: were their origins the same, codex would put the origin that its
 * workspace discovery returns in the place of the model's. With `NO_CONSTRAINT` codex would demand HTTPS even so; therefore
 * the fake's `workspaceBackendOrigin` has to be `https://chatgpt.com` for a direct run with a ChatGPT login.
 */
export function listDirectOptions(fake: FakeOpenAi, login: 'chatgpt' | 'apiKey'): string[] {
  const model =
    login === 'chatgpt'
      ? `${fake.origins.chatgpt.replace('127.0.0.1', 'localhost')}/backend-api/codex`
      : `${fake.origins.openai}/v1`
  return ['-c', `openai_base_url="${model}"`, '-c', `chatgpt_base_url="${fake.origins.chatgpt}/backend-api"`]
}

/** The environment that sends token refreshes and revocations to the fake, and lets calls to this computer go straight. */
export function directEnv(fake: FakeOpenAi, home: CodexHome): NodeJS.ProcessEnv {
  return {
    ...home.env,
    NO_PROXY: '127.0.0.1,localhost',
    CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${fake.origins.auth}/oauth/token`,
  }
}

/** One `codex exec` of the real codex against the fake; it is ended when it takes longer than a minute. */
export async function execDirectly(
  fake: FakeOpenAi,
  home: CodexHome,
  login: 'chatgpt' | 'apiKey',
  ...args: string[]
): Promise<DirectRun> {
  // No sandbox: the machines that run the tests may not have what it takes, and the commands are our own.
  const words = ['exec', '--dangerously-bypass-approvals-and-sandbox', ...args, ...listDirectOptions(fake, login)]
  const child = spawn(realCodexPath, words, {
    cwd: home.cwd,
    env: directEnv(fake, home),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { code, stdout, stderr }
}
