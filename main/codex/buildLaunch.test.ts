import { expect, test } from 'vitest'
import { buildLaunch, type LaunchPlan } from './buildLaunch.ts'

const plan: LaunchPlan = {
  codexPath: '/bin/codex',
  args: ['exec', 'hi'],
  cwd: '/work',
  env: { HOME: '/home/me' },
  proxyPort: 4321,
  token: 'abc',
  credential: 'codexLogin',
  placeholderKey: 'placeholder',
}

test('with its own login codex gets the two base URLs, and the refresh URL in its environment', () => {
  expect(buildLaunch(plan)).toEqual({
    file: '/bin/codex',
    args: [
      'exec',
      'hi',
      '-c',
      'openai_base_url="http://127.0.0.1:4321/t/abc/v1"',
      '-c',
      'chatgpt_base_url="http://127.0.0.1:4321/t/abc/backend-api"',
    ],
    env: {
      HOME: '/home/me',
      CODEX_REFRESH_TOKEN_URL_OVERRIDE: 'http://127.0.0.1:4321/t/abc/oauth/token',
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
    },
    cwd: '/work',
  })
})

test('without a login codex gets a provider whose key is the placeholder', () => {
  expect(buildLaunch({ ...plan, args: [], credential: 'keyWithoutLogin' })).toEqual({
    file: '/bin/codex',
    args: [
      '-c',
      'model_provider="tapedeck"',
      '-c',
      'model_providers.tapedeck={name="OpenAI",base_url="http://127.0.0.1:4321/t/abc/v1",wire_api="responses",env_key="TAPEDECK_KEY",supports_websockets=true}',
      '-c',
      'chatgpt_base_url="http://127.0.0.1:4321/t/abc/backend-api"',
    ],
    env: {
      HOME: '/home/me',
      CODEX_REFRESH_TOKEN_URL_OVERRIDE: 'http://127.0.0.1:4321/t/abc/oauth/token',
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
      TAPEDECK_KEY: 'placeholder',
    },
    cwd: '/work',
  })
})

test('the hosts that the user keeps off a proxy stay, in both spellings', () => {
  const { env } = buildLaunch({ ...plan, env: { NO_PROXY: 'corp.example, localhost', no_proxy: '.lan' } })
  expect([env.NO_PROXY, env.no_proxy]).toEqual(Array(2).fill('corp.example,localhost,.lan,127.0.0.1'))
})

test('what is ours stands last of all options, and in front of a prompt after --', () => {
  const { args } = buildLaunch({ ...plan, args: ['exec', '-c', 'openai_base_url="x"', '--', '-c', 'is prompt'] })
  expect(args.slice(0, 4)).toEqual(['exec', '-c', 'openai_base_url="x"', '-c'])
  expect(args.slice(-3)).toEqual(['--', '-c', 'is prompt'])
})
