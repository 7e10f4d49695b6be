import type { Page } from '@playwright/test'
import { percentile } from '../statistics.ts'

export interface Latency {
  p50Ms: number
  p95Ms: number
  times: number
}

export const summarize = (samples: number[]): Latency => ({
  p50Ms: percentile(samples, 0.5),
  p95Ms: percentile(samples, 0.95),
  times: samples.length,
})

/** What `pageProbe.js` offers in the page. */
const ask = (page: Page, expression: string) => page.evaluate<unknown>(`window.probe.${expression}`)

/** From the next key or press, by the time that the browser gave the event, to the first paint in which `selector` is there. */
export async function timeUntil(page: Page, selector: string, act: () => Promise<unknown>): Promise<number> {
  await ask(page, `arm(${JSON.stringify(selector)})`)
  await act()
  return (await ask(page, 'measured')) as number
}

/** While the same is measured: to the first paint of other rows in a list. */
export async function timeUntilRows(page: Page, list: string, selector: string): Promise<() => Promise<number>> {
  await ask(page, `armRows(${JSON.stringify(list)}, ${JSON.stringify(selector)})`)
  return async () => (await ask(page, 'changed')) as number
}

/** Keys since the last call, each from its time to the next paint. The browser rounds to 8 ms and leaves out what took less than 16. */
export const takeKeyTimes = async (page: Page) => (await ask(page, 'takeEvents()')) as number[]

/** How long the page waited for the answers to a method so far. */
export const answerTimes = async (page: Page, method: string) =>
  (await ask(page, `answerTimes(${JSON.stringify(method)})`)) as number[]
