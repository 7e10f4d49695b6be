import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file of the built renderer, or null. The path comes from outside: it never leads out of `root`. */
export async function readAsset(root: string, path: string): Promise<{ body: Buffer; contentType: string } | null> {
  let relative: string
  try {
    relative = normalize(decodeURIComponent(path))
  } catch {
    return null
  }
  const file = join(root, relative === sep ? 'index.html' : relative)
  const contentType = contentTypes[extname(file)]
  if (!file.startsWith(root + sep) || file.includes('\0') || !contentType) return null
  try {
    return { body: await readFile(file), contentType }
  } catch {
    return null
  }
}
