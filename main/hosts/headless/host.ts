import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createKeychain } from '../../account/secretStore.ts'
import { type App, startApp } from '../../app.ts'
import { type AppHost, headlessHost } from '../../appHost.ts'
import { listenWherePossible } from '../../listenOnLoopback.ts'
import type { Updater } from '../../updates/updates.ts'
import { version } from '../../version.ts'
import { makeDataFolder } from '../dataFolder.ts'
import { type Instance, lockDataFolder, readInstance, writeInstance } from '../instance.ts'
import { readSettings } from '../readSettings.ts'
import { mintLinkToken } from './doors.ts'
import { refusePagePort, refuseProxyPort } from './ports.ts'
import { createHeadlessServer } from './server.ts'

export interface HostOptions {
  dataDir: string
  env: NodeJS.ProcessEnv
  /** Undefined: the ports of the last time if they are free, else any. */
  apiPort?: number
  proxyPort?: number
  /** It is there as long as what it was started for, and not until it is told to stop. */
  endsByItself?: boolean
  updater?: Updater
  /** A page in the browser unless another host says what it is. */
  host?: AppHost
  report(error: unknown): void
}

export interface Host {
  app: App
  instance: Instance
  close(): Promise<void>
}

/** Becomes the recorder of a data folder and serves it, or null when another process already is. */
export async function startHost(options: HostOptions): Promise<Host | null> {
  const { dataDir, env, host = headlessHost } = options
  makeDataFolder(dataDir)
  const lock = lockDataFolder(dataDir)
  if (!lock) return null
  try {
    const last = readInstance(dataDir)
    const proxyPort = options.proxyPort ?? readSettings(dataDir).proxyPort ?? last.proxyPort
    refuseProxyPort(options.apiPort, proxyPort)
    let pagePort: number | null = null
    const app = await startApp({
      dataDir,
      isUnlocked: !lock.isOfDataFolder,
      version,
      env,
      proxyPort,
      host: {
        ...host,
        carryOut(wanted) {
          refusePagePort(wanted, pagePort)
          host.carryOut(wanted)
        },
      },
      secretStore: createKeychain(),
      updater: options.updater,
      report: options.report,
    })
    const server = createHeadlessServer({
      handlers: app.handlers,
      onNotification: app.onNotification,
      apiToken: last.apiToken,
      rendererDir: findRenderer(),
      onPage: app.expectReader,
      report: options.report,
    })
    // A port that was asked for must be had; one that is only remembered may give way.
    const apiPort = await (options.apiPort === undefined
      ? listenWherePossible(server.listen, last.apiPort)
      : server.listen(options.apiPort))
    pagePort = apiPort
    const instance: Instance = {
      pid: process.pid,
      apiPort,
      apiToken: last.apiToken,
      proxyPort: app.proxyPort,
      endsByItself: options.endsByItself ?? false,
    }
    writeInstance(dataDir, instance)
    return {
      app,
      instance,
      async close() {
        await server.close()
        await app.close()
        writeInstance(dataDir, { ...instance, pid: null })
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A new one each time: it opens the page once, within ten minutes. */
export function uiLink(instance: Instance): string {
  return `http://127.0.0.1:${instance.apiPort}/?token=${mintLinkToken(instance.apiToken, Date.now())}`
}

/** Without a slash at its end; methods are called below it by their names. */
export function apiAddress(instance: Instance): string {
  return `http://127.0.0.1:${instance.apiPort}/api`
}

/** The built renderer lies beside the bundle, and under `out/` when the sources run as they are. */
function findRenderer(): string {
  const besideBundle = resolve(import.meta.dirname, '..', 'renderer')
  if (existsSync(join(besideBundle, 'index.html'))) return besideBundle
  return resolve(import.meta.dirname, '..', '..', '..', 'out', 'renderer')
}
