import { randomUUID } from 'node:crypto'
import type { Notification } from '../contract/api.ts'
import type { Recording } from '../contract/domain/recording.ts'
import type { Settings } from '../contract/domain/settings.ts'
import { readAccountEmails } from './account/accountEmails.ts'
import { createApiKeys } from './account/apiKeys.ts'
import { codexHomeOf } from './account/authFile.ts'
import { createAccountHandlers } from './account/handlers.ts'
import { toRefresh } from './account/refreshes.ts'
import type { SecretStore } from './account/secretStore.ts'
import { createAppHandlers } from './appHandlers.ts'
import { type AppHost, headlessHost } from './appHost.ts'
import { createCodexFinder } from './codex/codexFinder.ts'
import { createLaunchHandlers } from './codex/handlers.ts'
import { dispatch, unwrap } from './dispatch.ts'
import { createFolderHandlers } from './folders/handlers.ts'
import { type Handlers, joinHandlers } from './handlers.ts'
import { listenWherePossible } from './listenOnLoopback.ts'
import { createNotifications } from './notifications.ts'
import { createProxy } from './proxy/proxy.ts'
import { startRecorder } from './recorder/client.ts'
import { createRecordedHandlers } from './recorder/handlers.ts'
import { createReaderOnDemand } from './recorder/readerOnDemand.ts'
import { readServerFrames } from './recorder/serverFrames.ts'
import { createRisingSeq } from './risingSeq.ts'
import { createSettingsHandlers } from './settings/handlers.ts'
import { openSettings } from './settings/settingsFile.ts'
import { createUpdateHandlers } from './updates/handlers.ts'
import { createUpdates, type Updater } from './updates/updates.ts'
import { readUpstreams } from './upstreams.ts'
import { wireAccount } from './wireAccount.ts'
import { wireLaunches } from './wireLaunches.ts'
import { wireTerminals } from './wireTerminals.ts'

export interface AppOptions {
  dataDir: string
  /** Whether its host could not lock the folder: then nothing is recorded, and all is counted. */
  isUnlocked?: boolean
  version: string
  env: NodeJS.ProcessEnv
  /** The port that the proxy had before, or 0. A running codex waits for its address, so it is bound again if it is free. */
  proxyPort: number
  /** Where a key is kept for a codex that has no login of its own. */
  secretStore: SecretStore
  /** What can replace this copy of Tapedeck, where its host has something that can. */
  updater?: Updater
  /** Who serves the app, if not a page in the browser. */
  host?: AppHost
  report(error: unknown): void
}

export interface App {
  handlers: Handlers
  proxyPort: number
  recording(): Recording
  onNotification(listener: (notification: Notification) => void): () => void
  /** Somebody is about to look at what was recorded. */
  expectReader(): void
  close(): Promise<void>
}

/** Builds the parts and wires them. Knows no host: whoever calls it serves `handlers` to its user. */
export async function startApp(options: AppOptions): Promise<App> {
  const { dataDir, env, host = headlessHost, isUnlocked, version, report } = options
  const upstreams = readUpstreams(env)
  const nextSeq = createRisingSeq()
  const { notify, onNotification } = createNotifications()

  const settings = openSettings(dataDir, report)
  function changeSettings(wanted: Partial<Settings>): Settings {
    const changed = settings.change(wanted)
    notify({ method: 'settings/updated', params: { settings: changed, seq: nextSeq() } })
    return changed
  }

  const recorder = await startRecorder({ dataDir, isUnlocked, report })
  const reader = createReaderOnDemand(dataDir)

  const { launches, sweeper } = wireLaunches({ recorder, notify, nextSeq })
  const apiKeys = createApiKeys({
    store: options.secretStore,
    // Given to this process alone; it is handed to nobody but the upstream.
    environmentKey: env.OPENAI_API_KEY || null,
    onChanged: () => account.chainChanged(),
  })
  const proxy = createProxy({
    upstreams,
    authorize: launches.authorize,
    injectedKey: apiKeys.current,
    keyAtLimit: () => (settings.current().usesKeyAtLimit ? apiKeys.current() : null),
    readFrames: readServerFrames,
    tap(event) {
      recorder.tap(event)
      const refresh = event.type === 'called' ? toRefresh(event) : null
      if (refresh) account.noteRefresh(refresh).catch(report)
    },
    countLoss: recorder.countLoss,
    onDisconnected: sweeper.soon,
    env,
    newStreamId: randomUUID,
    now: Date.now,
  })
  const proxyPort = await listenWherePossible(proxy.listen, options.proxyPort)

  const findCodex = createCodexFinder(env, () => settings.current().codex)
  let accountEmail: string | null = null
  const account = wireAccount({
    env,
    dataDir,
    version,
    launches,
    proxyPort,
    findCodex,
    apiKey: apiKeys.state,
    usesKeyAlways: () => settings.current().usesKeyAlways,
    nextSeq,
    onUpdated(status) {
      if (status.account.state === 'chatgpt') accountEmail = status.account.email
      notify({ method: 'account/updated', params: { status, seq: status.seq } })
    },
    onLimits: recorder.limitsTold,
    report,
  })
  recorder.onNotification((notification) => {
    notify(notification)
    if (notification.method !== 'turn/updated') return
    const { changed } = notification.params.change.exchanges
    const limits = changed.findLast(({ value }) => value.limits)?.value.limits
    if (limits) account.noteLimits(limits)
  })

  /** A keychain may ask its user something, so it is left alone until the key is wanted. */
  function wakeKeychainIfWanted(): void {
    const { usesKeyAlways, usesKeyAtLimit } = settings.current()
    if (usesKeyAlways || usesKeyAtLimit) void apiKeys.start()
  }
  wakeKeychainIfWanted()

  const updates = createUpdates({
    updater: options.updater ?? null,
    isCheckWanted: () => settings.current().checksForUpdates,
    declinedVersion: () => settings.current().declinedUpdate,
    keepDeclined: (version) => changeSettings({ declinedUpdate: version }),
    onChanged: (update) => notify({ method: 'update/updated', params: { update, seq: nextSeq() } }),
    report,
    now: Date.now,
  })

  const handlers: Handlers = joinHandlers(
    createAppHandlers({
      version,
      dataDir,
      env,
      host,
      proxyPort,
      launches,
      recording: recorder.recording,
      findCodex,
      readArchive: () => reader.call('archive/size', {}),
      codexSetting: () => settings.current().codex,
    }),
    createRecordedHandlers({
      reader,
      recorder,
      // By the word of codex and of its file.
      accountEmails: async () => [
        ...(accountEmail === null ? [] : [accountEmail]),
        ...(await readAccountEmails(codexHomeOf(env))),
      ],
    }),
    createAccountHandlers({ account, apiKeys, openaiOrigin: upstreams.openai }),
    createSettingsHandlers({
      current: settings.current,
      change: changeSettings,
      carryOut: host.carryOut,
      onChanged() {
        wakeKeychainIfWanted()
        account.chainChanged()
      },
      env,
      nextSeq,
    }),
    createUpdateHandlers({ updates, nextSeq }),
    createLaunchHandlers({ launches, proxyPort, apiKey: apiKeys, stored: recorder.stored, nextSeq }),
    wireTerminals({
      env,
      dataDir,
      launches,
      call: async (method, params) => unwrap(await dispatch(handlers, method, params, report)),
      findCodex,
      setting: () => env.TAPEDECK_TERMINAL || settings.current().terminal,
    }),
    createFolderHandlers({
      dataDir,
      env,
      readSession: (params) => reader.call('session/read', params),
      listSessions: (params) => reader.call('session/list', params),
    }),
  )

  return {
    handlers,
    proxyPort,
    recording: recorder.recording,
    onNotification,
    expectReader: reader.prepare,
    async close() {
      await account.close()
      await proxy.close()
      sweeper.stop()
      await recorder.close()
      await reader.close()
    },
  }
}
