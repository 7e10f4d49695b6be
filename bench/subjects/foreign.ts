import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { type Subject, startForeignSubject } from './subject.ts'

function isInstalled(file: string, versionArg: string): boolean {
  try {
    execFileSync(file, [versionArg], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** nginx as one would set it up for a stream: one worker, nothing buffered, upstream connections kept. Null where it is missing. */
export async function startNginx(upstream: string, folder: string): Promise<Subject | null> {
  if (!isInstalled('nginx', '-v')) return null
  const port = await findFreePort()
  const temp = path.join(folder, 'nginx')
  mkdirSync(temp)
  const config = path.join(temp, 'nginx.conf')
  const temporaries = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    config,
    `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${temp}/nginx.pid;
error_log ${temp}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
${temporaries.map((name) => `  ${name}_temp_path ${temp}/${name};`).join('\n')}
  upstream model { server ${new URL(upstream).host}; keepalive 64; }
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 1000000;
    client_max_body_size 0;
    client_body_buffer_size 1m;
    location / {
      proxy_pass http://model;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 900s;
    }
  }
}
`,
  )
  return startForeignSubject('nginx', 'nginx', ['-p', temp, '-c', config, '-e', `${temp}/error.log`], port)
}

/** mitmdump as a reverse proxy that lets answers stream, which it does not by itself. Null where it is missing. */
export async function startMitmdump(upstream: string, folder: string): Promise<Subject | null> {
  if (!isInstalled('mitmdump', '--version')) return null
  const port = await findFreePort()
  const temp = path.join(folder, 'mitmdump')
  mkdirSync(temp)
  const script = path.join(temp, 'stream.py')
  writeFileSync(script, 'def responseheaders(flow):\n    flow.response.stream = True\n')
  const args = ['--mode', `reverse:${upstream}`, '--listen-host', '127.0.0.1', '-p', String(port), '-q', '-s', script]
  return startForeignSubject('mitmdump', 'mitmdump', [...args, '--set', `confdir=${temp}`], port)
}
