import { readAsset } from '../headless/assets.ts'
import { pageHeaders } from '../headless/pageHeaders.ts'
import { origin } from './origin.ts'

/** Answers for our scheme: the files of the built page, and nothing else of the disk. */
export async function servePage(root: string, { url, method }: Pick<Request, 'url' | 'method'>): Promise<Response> {
  const asset = method === 'GET' && url.startsWith(`${origin}/`) ? await readAsset(root, new URL(url).pathname) : null
  if (!asset) return new Response('', { status: 404, headers: pageHeaders })
  return new Response(new Uint8Array(asset.body), { headers: { ...pageHeaders, 'content-type': asset.contentType } })
}
