/** Beside this file, as TypeScript while developing and as its own entry of the bundle after it. */
export function workerUrl(name: 'recorderWorker' | 'readerWorker'): URL {
  const here = import.meta.url
  return new URL(`./${name}${here.endsWith('.ts') ? '.ts' : '.js'}`, here)
}
