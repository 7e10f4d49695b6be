/**
 * For tests: texts with secrets in them, as they turn up in commands, files and output. They are made up, and put together
 * here so that no scanner of repositories takes them for real ones.
 */
const hex = '4f9c1d7ab02e86355d90c8fa'
const letters = 'Zk3QmT8wLr5VxB1nYc7HdJ2s'
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}.${letters}${hex}`
const keyBody = `MIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQ${letters}\n${hex}==`
const pem = (kind: string) => `-----BEGIN ${kind}-----\n${keyBody}\n-----END ${kind}-----`

export interface Planted {
  text: string
  /** What must not be left of it. */
  secrets: string[]
  masked: string
}

export const planted: Planted[] = [
  { text: `OPENAI_API_KEY=sk-${letters}${hex}`, secrets: [`sk-${letters}`, hex], masked: 'OPENAI_API_KEY=sk-…c8fa' },
  { text: `key is sk-proj-${letters}-${hex}_T3.`, secrets: [letters, hex], masked: 'key is sk-…a_T3.' },
  { text: `{"a":"x\\nsk-ant-api03-${letters}"}`, secrets: [letters], masked: '{"a":"x\\nsk-…dJ2s"}' },
  { text: `\u001b[32msk-${letters}\u001b[0m`, secrets: [letters], masked: '\u001b[32msk-…dJ2s\u001b[0m' },
  {
    text: `git clone https://ghp_${letters}${hex}@github.com/a/b`,
    secrets: [letters],
    masked: 'git clone https://ghp_…c8fa@github.com/a/b',
  },
  { text: `export GH=ghp_${letters}${hex}`, secrets: [letters], masked: 'export GH=ghp_…c8fa' },
  { text: `github_pat_${letters}_${hex}`, secrets: [letters, hex], masked: 'github_pat_…c8fa' },
  { text: `glpat-${letters}`, secrets: [letters], masked: 'glpat-…dJ2s' },
  { text: `aws AKIA${'IOSFODNN7EXAMPLE'} rest`, secrets: [`AKIA${'IOSFODNN7'}`], masked: 'aws AKIA…MPLE rest' },
  { text: `aws_secret_access_key = ${letters}/${hex}`, secrets: [letters, hex], masked: 'aws_secret_access_key = …' },
  { text: `xoxb-${'123456789012'}-${letters}`, secrets: [letters], masked: 'xoxb-…dJ2s' },
  { text: `AIza${letters}${hex}`, secrets: [letters], masked: 'AIza…c8fa' },
  { text: `jwt ${jwt} end`, secrets: [letters, 'zdWIiOiIx'], masked: 'jwt eyJ…c8fa end' },
  { text: `curl -H 'Authorization: Bearer ${hex}'`, secrets: [hex], masked: "curl -H 'Authorization: Bearer …c8fa'" },
  { text: `authorization: Basic amFuZTpodW50ZXIy`, secrets: ['amFuZTpodW50ZXIy'], masked: 'authorization: Basic …' },
  { text: `"Authorization\\": \\"Bearer ${hex}\\"`, secrets: [hex], masked: '"Authorization\\": \\"Bearer …c8fa\\"' },
  { text: `Set-Cookie: sid=${hex}; Path=/`, secrets: [hex], masked: 'Set-Cookie: …th=/' },
  {
    text: pem('PRIVATE KEY'),
    secrets: [letters, 'MIIEvQ'],
    masked: '-----BEGIN PRIVATE KEY-----…-----END PRIVATE KEY-----',
  },
  {
    text: `"${pem('OPENSSH PRIVATE KEY').replaceAll('\n', '\\n')}"`,
    secrets: [letters, 'MIIEvQ'],
    masked: '"-----BEGIN OPENSSH PRIVATE KEY-----…-----END OPENSSH PRIVATE KEY-----"',
  },
  {
    text: `-----BEGIN RSA PRIVATE KEY-----\n${keyBody}\n$ ls`,
    secrets: [letters, hex],
    masked: '-----BEGIN RSA PRIVATE KEY-----…$ ls',
  },
  { text: 'password=hunter2 next', secrets: ['hunter2'], masked: 'password=… next' },
  { text: 'db_password: "correct horse"', secrets: ['correct horse'], masked: 'db_password: "…"' },
  {
    text: '{"args":"{\\"password\\": \\"hunter2\\"}"}',
    secrets: ['hunter2'],
    masked: '{"args":"{\\"password\\": \\"…\\"}"}',
  },
  { text: `curl https://x.test/?token=${hex}&a=1`, secrets: [hex], masked: 'curl https://x.test/?token=…&a=1' },
  { text: 'mysql --password hunter2 -h db', secrets: ['hunter2'], masked: 'mysql --password … -h db' },
  { text: 'curl -u jane:hunter2 http://x', secrets: ['hunter2'], masked: 'curl -u jane:… http://x' },
  { text: 'SECRET=swordfish\nA=1', secrets: ['swordfish'], masked: 'SECRET=…\nA=1' },
  { text: 'postgres://app:hunter2@db:5432/x', secrets: ['hunter2', 'app:'], masked: 'postgres://…@db:5432/x' },
  { text: 'https://u:p@ss@host/', secrets: ['p@ss', 'ss@'], masked: 'https://…@host/' },
  { text: 'user.email=jane.doe@example.com', secrets: ['jane.doe', 'example.com'], masked: 'user.email=…@…' },
  { text: 'from Jane.Doe@Example.com to', secrets: ['Jane.Doe', 'Example.com'], masked: 'from …@… to' },
  { text: 'cd /home/jane/src && ls', secrets: ['jane'], masked: 'cd ~/src && ls' },
  { text: '{"cwd":"/Users/jane"}', secrets: ['jane'], masked: '{"cwd":"~"}' },
  { text: 'x\\n/home/jane/a -I/home/jane/b', secrets: ['jane'], masked: 'x\\n~/a -I~/b' },
  { text: 'file:///Users/jane/a%20b', secrets: ['jane'], masked: 'file://~/a%20b' },
  { text: 'C:\\Users\\jane\\src', secrets: ['jane'], masked: '~\\src' },
  { text: '"C:\\\\Users\\\\Jane Doe\\\\src"', secrets: ['Jane', 'Doe'], masked: '"~\\\\src"' },
  { text: '/mnt/c/Users/jane/x', secrets: ['jane'], masked: '~/x' },
  { text: '/var/home/jane/x and /export/home/jane', secrets: ['jane'], masked: '~/x and ~' },
  { text: '"/data/home/jane"\n/System/Volumes/Data/Users/jane/x', secrets: ['jane'], masked: '"~"\n~/x' },
  { text: '-v /host_mnt/c/Users/jane:/x', secrets: ['jane'], masked: '-v ~:/x' },
  { text: '\\\\wsl$\\Ubuntu\\home\\jane\\x', secrets: ['jane'], masked: '\\\\wsl$\\Ubuntu~\\x' },
  { text: 'code //wsl.localhost/Ubuntu/home/jane/x', secrets: ['jane'], masked: 'code ~/x' },
  { text: '"x\\nC:\\\\Users\\\\Jane"', secrets: ['Jane'], masked: '"x\\n~"' },
  { text: 'path=%2Fhome%2Fjane%2Fsrc', secrets: ['jane'], masked: 'path=~%2Fsrc' },
]

/** The addresses of the account that the corpus is of. */
export const plantedEmails = ['jane.doe@example.com']

/** What looks like a secret to a careless eye, and has to stay as it is. */
export const innocent = [
  'task-management-system-for-teams-2',
  'max_output_tokens: 4096, total_tokens=61000',
  'token: string, password: string',
  'const token = getToken(request)',
  'const secret = process.env.SECRET_NAME',
  `password: ${'$'}{DB_PASSWORD}`,
  'Bearer authentication is required',
  'https://example.com/home/page and ./app/home/index.html',
  'git@github.com:openai/codex.git ssh://git@host/x',
  'C:\\Users\\Public\\x /Users/Shared/x',
  'PWD=/srv/app',
  'GET /api/data/home and src/var/home/page.ts',
  'docker run -u 1000:1000 x',
  'a -----BEGIN PUBLIC KEY----- b',
]
