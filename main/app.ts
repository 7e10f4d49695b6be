import { randomUUID } from 'node:crypto'
import type { Notification, Params, Result } from '../contract/api.ts'
import type { SavedSearch } from '../contract/domain/search.ts'
import type { Settings } from '../contract/domain/settings.ts'
import { ReplyError } from '../contract/reply.ts'
import { readAccountEmails } from './account/accountEmails.ts'
import { createApiKeys } from './account/apiKeys.ts'
import { codexHomeOf } from './account/authFile.ts'
import { toRefresh } from './account/refreshes.ts'
import type { SecretStore } from './account/secretStore.ts'
import { verifyKey } from './account/verifyKey.ts'
import { type AppHost, headlessHost } from './appHost.ts'
import { createMessageReader, negotiatedDeflate } from './capture/webSocketFrames.ts'
import { type FoundCodex, findCodex } from './codex/findCodex.ts'
import { isAlive } from './codex/isAlive.ts'
import { createLaunches } from './codex/launches.ts'
import { dispatch, type Handlers, unwrap } from './dispatch.ts'
import { examine } from './doctor.ts'
import { openFolder } from './openFolder.ts'
import { createProxy } from './proxy/proxy.ts'
import type { HeaderList } from './proxy/tap.ts'
import { listRecentFolders } from './recentFolders.ts'
import { startRecorder } from './recorder/client.ts'
import type { ReaderMethod } from './recorder/messages.ts'
import { type Reader, startReader } from './recorder/reader.ts'
import { readWishes } from './settings/readWishes.ts'
import { forgetSearch, renameSearch, saveSearch } from './settings/savedSearches.ts'
import { openSettings } from './settings/settingsFile.ts'
import { createUpdates, type Updater } from './updates.ts'
import { readUpstreams } from './upstreams.ts'
import { wireAccount } from './wireAccount.ts'
import { wireTerminals } from './wireTerminals.ts'

export interface AppOptions {
  dataDir: string
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
  onNotification(listener: (notification: Notification) => void): () => void
  close(): Promise<void>
}

/** Builds the parts and wires them. Knows no host: whoever calls it serves `handlers` to its user. */
export async function startApp(options: AppOptions): Promise<App> {
  const { dataDir, env, host = headlessHost } = options
  const upstreams = readUpstreams(env)
  const recorder = await startRecorder({ dataDir, report: options.report })
  /** Started when somebody looks: recording alone needs none. */
  let reader: Promise<Reader> | null = null
  const read = <M extends ReaderMethod>(method: M, params: Params<M>): Promise<Result<M>> => {
    reader ??= startReader({ dataDir })
    return reader.then((started) => started.call(method, params))
  }
  /** Nobody listens before the rest is built. */
  let tellLaunches = () => {}
  const launches = createLaunches({
    restored: recorder.liveLaunches(),
    now: Date.now,
    isAlive,
    onStarted(record) {
      recorder.launchStarted(record)
      tellLaunches()
    },
    onEnded(id, at) {
      recorder.launchEnded(id, at)
      tellLaunches()
    },
  })
  launches.sweep()
  const nextSeq = createSeq()
  const settings = openSettings(dataDir, options.report)
  const apiKeys = createApiKeys({
    store: options.secretStore,
    // Given to this process alone; it is handed to nobody but the upstream.
    environmentKey: env.OPENAI_API_KEY || null,
    onChanged: () => account.chainChanged(),
  })
  let sweeping: NodeJS.Timeout | undefined
  function sweepSoon([ms, ...later] = sweepAfterMs): void {
    clearTimeout(sweeping)
    if (ms === undefined) return
    sweeping = setTimeout(() => {
      launches.sweep()
      sweepSoon(later)
    }, ms).unref()
  }
  const proxy = createProxy({
    upstreams,
    authorize: launches.authorize,
    injectedKey: apiKeys.current,
    keyAtLimit: () => (settings.current().usesKeyAtLimit ? apiKeys.current() : null),
    readFrames: readServerFrames,
    tap(event) {
      recorder.tap(event)
      const refresh = event.type === 'called' ? toRefresh(event) : null
      if (refresh) account.noteRefresh(refresh).catch(options.report)
    },
    countLoss: recorder.countLoss,
    // A codex that ends lets go of its connections, and one in a terminal of its own has nobody else who tells of its end.
    onDisconnected: () => sweepSoon(),
    env,
    newStreamId: randomUUID,
    now: Date.now,
  })
  const proxyPort = await listenWherePossible(proxy, options.proxyPort)
  const codex = rememberForAMinute(
    (setting) => findCodex({ env, setting }),
    () => settings.current().codex,
  )
  let accountEmail: string | null = null
  const listeners = new Set<(notification: Notification) => void>()
  const account = wireAccount({
    env,
    dataDir,
    version: options.version,
    launches,
    proxyPort,
    findCodex: codex,
    apiKey: apiKeys.state,
    usesKeyAlways: () => settings.current().usesKeyAlways,
    nextSeq,
    onUpdated(status) {
      if (status.account.state === 'chatgpt') accountEmail = status.account.email
      notify({ method: 'account/updated', params: { status, seq: status.seq } })
    },
    onLimits: recorder.limitsTold,
    report: options.report,
  })

  /** A keychain may ask its user something, so it is left alone until the key is wanted. */
  function wakeKeychainIfWanted(): void {
    const { usesKeyAlways, usesKeyAtLimit } = settings.current()
    if (usesKeyAlways || usesKeyAtLimit) void apiKeys.start()
  }
  wakeKeychainIfWanted()
  /** With the addresses that masking has to know, by the word of codex or of its file. */
  async function withAccountEmails<T extends { emails: string[] }>(params: T): Promise<T> {
    const told = accountEmail === null ? [] : [accountEmail]
    return { ...params, emails: [...params.emails, ...told, ...(await readAccountEmails(codexHomeOf(env)))] }
  }

  const terminals = wireTerminals({
    env,
    dataDir,
    launches,
    call: async (method, params) => unwrap(await dispatch(handlers, method, params, options.report)),
    findCodex: codex,
    setting: () => env.TAPEDECK_TERMINAL || settings.current().terminal,
  })

  function notify(notification: Notification): void {
    for (const listener of listeners) listener(notification)
  }

  const openLaunches = () => ({ ids: launches.interactiveIds(), privateCount: launches.privateCount() })
  tellLaunches = () => notify({ method: 'launch/updated', params: { ...openLaunches(), seq: nextSeq() } })

  recorder.onNotification((notification) => {
    notify(notification)
    if (notification.method !== 'turn/updated') return
    const limits = notification.params.turn.exchanges.findLast((exchange) => exchange.limits)?.limits
    if (limits) account.noteLimits(limits)
  })

  const updates = createUpdates({
    updater: options.updater ?? null,
    isCheckWanted: () => settings.current().checksForUpdates,
    declinedVersion: () => settings.current().declinedUpdate,
    keepDeclined: (version) => changeSettings({ declinedUpdate: version }),
    onChanged: (update) => notify({ method: 'update/updated', params: { update, seq: nextSeq() } }),
    report: options.report,
    now: Date.now,
  })

  function changeSettings(wanted: Partial<Settings>): Settings {
    const changed = settings.change(wanted)
    notify({ method: 'settings/updated', params: { settings: changed, seq: nextSeq() } })
    return changed
  }

  function keepSearches(savedSearches: SavedSearch[]): Record<string, never> {
    changeSettings({ savedSearches })
    return {}
  }

  async function folderOf(id: string): Promise<string> {
    const { session } = await read('session/read', { id, near: null })
    if (session.cwd === null) throw new ReplyError('notFound', 'This session did not say in which folder it worked.')
    return session.cwd
  }

  const handlers: Handlers = {
    'app/status': async () => {
      const { seq, ...recording } = recorder.recording()
      launches.sweep()
      return {
        running: true,
        version: options.version,
        dataDir,
        host: host.describe(),
        proxy: { port: proxyPort, launches: launches.liveCount() },
        codex: { ...describeCodex(await codex()), isFromEnvironment: Boolean(env.TAPEDECK_CODEX) },
        ...recording,
        seq,
      }
    },
    'app/doctor': async () => {
      const { recorded, total, rederived } = recorder.recording()
      const running = { port: proxyPort, recorded, total, rederived }
      return { findings: await examine({ dataDir, env, codex: settings.current().codex, running }) }
    },
    'session/list': (params) => read('session/list', params),
    'session/read': (params) => read('session/read', params),
    'session/readTurns': (params) => read('session/readTurns', params),
    'session/find': (params) => read('session/find', params),
    'session/export': async (params) => read('session/export', await withAccountEmails(params)),
    'session/previewExport': async (params) => read('session/previewExport', await withAccountEmails(params)),
    'turn/read': (params) => read('turn/read', params),
    'item/text': (params) => read('item/text', params),
    'item/picture': (params) => read('item/picture', params),
    'exchange/read': (params) => read('exchange/read', params),
    'exchange/context': (params) => read('exchange/context', params),
    'exchange/headers': (params) => read('exchange/headers', params),
    'exchange/body': (params) => read('exchange/body', params),
    'exchange/text': (params) => read('exchange/text', params),
    'price/list': (params) => read('price/list', params),
    'usage/read': (params) => read('usage/read', params),
    'search/query': (params) => read('search/query', params),
    'search/values': (params) => read('search/values', params),
    'search/save': ({ search }) => keepSearches(saveSearch(settings.current().savedSearches, search)),
    'search/rename': ({ name, newName }) => keepSearches(renameSearch(settings.current().savedSearches, name, newName)),
    'search/forget': ({ name }) => keepSearches(forgetSearch(settings.current().savedSearches, name)),
    'session/rename': (params) => recorder.call('session/rename', params),
    'session/star': (params) => recorder.call('session/star', params),
    'session/tag': (params) => recorder.call('session/tag', params),
    'session/note': (params) => recorder.call('session/note', params),
    'session/delete': (params) => recorder.call('session/delete', params),
    'recording/pause': (params) => recorder.call('recording/pause', params),
    'recording/resume': (params) => recorder.call('recording/resume', params),
    'session/undelete': (params) => recorder.call('session/undelete', params),
    'project/list': (params) => read('project/list', params),
    'archive/size': (params) => read('archive/size', params),
    'retention/preview': (params) => read('retention/preview', params),
    'retention/read': (params) => read('retention/read', params),
    'retention/set': (params) => recorder.call('retention/set', params),
    'archive/rederive': (params) => recorder.call('archive/rederive', params),
    'account/read': async (params) => {
      void apiKeys.start({ isAgain: params.isFresh })
      return { status: await account.read(params) }
    },
    'account/signIn': async ({ method }) => ({ signIn: await account.signIn(method) }),
    'account/cancelSignIn': async () => {
      await account.cancelSignIn()
      return {}
    },
    'account/signInWithKey': async ({ key }) => {
      await account.signInWithKey(key.trim())
      return {}
    },
    'account/signOut': async () => {
      await account.signOut()
      return {}
    },
    'account/limits': (params) => read('account/limits', params),
    'apiKey/set': async ({ key }) => {
      await apiKeys.set(key)
      return {}
    },
    'apiKey/remove': async () => {
      await apiKeys.remove()
      return {}
    },
    'apiKey/verify': async () => {
      await apiKeys.start()
      const key = apiKeys.current()
      if (key === null) throw new ReplyError('notFound', 'There is no API key to verify.')
      return verifyKey(key, { openaiOrigin: upstreams.openai, fetch })
    },
    'settings/read': () => ({ settings: settings.current(), seq: nextSeq() }),
    'settings/change': async (asked) => {
      const wanted = await readWishes(asked, env)
      host.carryOut(wanted)
      const changed = changeSettings(wanted)
      wakeKeychainIfWanted()
      account.chainChanged()
      return { settings: changed }
    },
    'update/read': () => ({ update: updates.read(), seq: nextSeq() }),
    'update/check': async () => ({ update: await updates.check() }),
    'update/download': () => {
      updates.download()
      return {}
    },
    'update/decline': () => {
      updates.decline()
      return {}
    },
    'update/install': async () => {
      await updates.install()
      return {}
    },
    'launch/list': () => {
      launches.sweep()
      return { ...openLaunches(), seq: nextSeq() }
    },
    'launch/create': async ({ cwd, args, credential, isPrivate }) => {
      if (credential !== 'codexLogin') await apiKeys.start()
      if (credential !== 'codexLogin' && apiKeys.current() === null) {
        throw new ReplyError('unavailable', 'The Tapedeck that is running has no API key to put in.')
      }
      launches.sweep()
      return { launch: { ...launches.open({ cwd, args, credential, isPrivate }), proxyPort, isPrivate } }
    },
    'launch/started': ({ id, pid }) => {
      if (!launches.started(id, pid)) throw noLaunch(id)
      return {}
    },
    'launch/end': ({ id }) => {
      if (!launches.end(id)) throw noLaunch(id)
      return {}
    },
    'terminal/list': terminals.list,
    'terminal/open': terminals.open,
    'folder/open': async (params) => {
      await openFolder(params.folder === 'data' ? dataDir : await folderOf(params.id), env)
      return {}
    },
    'folder/recent': async ({ limit }) => ({
      folders: await listRecentFolders(limit, (params) => read('session/list', params)),
    }),
  }

  return {
    handlers,
    proxyPort,
    onNotification(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await account.close()
      await proxy.close()
      clearTimeout(sweeping)
      await recorder.close()
      await reader?.then((started) => started.close())
    },
  }
}

/** Settings and the account are not in the archive, which has a `seq` of its own; the clock keeps theirs rising. */
function createSeq(): () => number {
  let last = 0
  return () => {
    last = Math.max(last + 1, Date.now())
    return last
  }
}

function readServerFrames(answerHeaders: HeaderList) {
  const deflate = negotiatedDeflate(answerHeaders)
  const reader = createMessageReader(deflate && { takeover: deflate.serverTakeover })
  return { push: (bytes: Uint8Array) => reader.push(bytes).messages, isBetweenFrames: reader.isBetweenFrames }
}

/** A process is gone a moment after its connections; where the computer is busy, a longer one. */
const sweepAfterMs = [1_000, 5_000, 30_000]

function noLaunch(id: string) {
  return new ReplyError('notFound', `There is no running launch ${id}.`)
}

async function listenWherePossible(proxy: { listen(port: number): Promise<number> }, port: number): Promise<number> {
  try {
    return await proxy.listen(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw error
    return proxy.listen(0)
  }
}

function describeCodex(found: FoundCodex) {
  return found.ok
    ? { path: found.path, version: found.version, message: null, isTested: found.isTested }
    : { path: null, version: null, message: found.message, isTested: false }
}

/** Finding codex starts a login shell; asking again within a minute must not. */
function rememberForAMinute<Q, T>(ask: (question: Q) => Promise<T>, readQuestion: () => Q): () => Promise<T> {
  let answer: Promise<T> | null = null
  let asked: Q | null = null
  let askedAt = 0
  return () => {
    const question = readQuestion()
    if (!answer || question !== asked || Date.now() - askedAt > 60_000) {
      answer = ask(question)
      asked = question
      askedAt = Date.now()
    }
    return answer
  }
}
