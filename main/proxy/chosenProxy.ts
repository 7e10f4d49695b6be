/** As codex understands them: a proxy may go without its scheme, and a name in `NO_PROXY` stands for what is below it too. */
export function pickProxies(env: NodeJS.ProcessEnv): { HTTPS_PROXY: string | undefined; NO_PROXY: string } {
  const proxy = env.https_proxy || env.HTTPS_PROXY || env.all_proxy || env.ALL_PROXY
  const exempt = (env.no_proxy || env.NO_PROXY || '').split(',').map((name) => name.trim())
  return {
    HTTPS_PROXY: proxy && !proxy.includes('://') ? `http://${proxy}` : proxy,
    NO_PROXY: exempt.flatMap((name) => (/^\w/.test(name) ? [name, `.${name}`] : [name])).join(','),
  }
}

/**
 * The proxy through which Node reaches an origin when it is given what `pickProxies` picks; null for the direct way. Throws when it is no address.
 * Other proxies than those of HTTP it does not use.
 * @see https://nodejs.org/api/http.html#built-in-proxy-support
 */
export function chooseProxy(origin: string, env: NodeJS.ProcessEnv): URL | null {
  const { protocol, hostname, port } = new URL(origin)
  const { HTTPS_PROXY: proxy, NO_PROXY: exempt } = pickProxies(env)
  if (protocol === 'http:' || isLoopback(hostname) || !proxy || !/^https?:/.test(proxy)) return null
  const isExempt = exempt
    .toLowerCase()
    .split(',')
    .some((name) => covers(name, hostname, port || '443'))
  return isExempt ? null : new URL(proxy)
}

function covers(exempt: string, host: string, port: string): boolean {
  if (['*', host, `${host}:${port}`].includes(exempt)) return true
  return /^\*?\./.test(exempt) && `.${host}`.endsWith(exempt.replace('*', ''))
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
