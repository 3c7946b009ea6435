import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { INDEX, manifestOf } from './store.ts'

/** Debian's package docker-registry, unpacked. */
const PROGRAM = resolve(import.meta.dirname, '../../.peers/debian/usr/bin/docker-registry')

export interface DockerRegistry {
  host: string
  /** Puts an empty index there, and gives its digest as the registry told it. */
  push(repository: string, tag: string): Promise<string>
  close(): Promise<void>
}

export interface DockerRegistryOptions {
  /** Lines of its users, and the login of one who may push. */
  users?: { htpasswd: string; login: string }
  /** Where it sends for tokens, and who signs them; nobody can push then. */
  tokens?: { realm: string; service: string; issuer: string; rootcertbundle: string }
}

/** The registry that most are made of, on a port of this machine. */
export async function startDockerRegistry({ users, tokens }: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'))
  const host = `127.0.0.1:${await freePort()}`
  const htpasswd = join(folder, 'htpasswd')
  if (users) await writeFile(htpasswd, users.htpasswd)
  const auth = {
    ...(users && { htpasswd: { realm: 'test registry', path: htpasswd } }),
    ...(tokens && { token: tokens }),
  }
  await writeFile(join(folder, 'config.yml'), JSON.stringify(configuration(folder, host, auth)))
  const child = spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: 'ignore', env: {} })
  await listening(child, host)

  async function push(repository: string, tag: string): Promise<string> {
    const answer = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
      method: 'PUT',
      headers: { 'content-type': INDEX, ...(users && { authorization: `Basic ${btoa(users.login)}` }) },
      body: manifestOf(`${repository}:${tag}`).bytes,
    })
    const digest = answer.headers.get('docker-content-digest')
    if (answer.status !== 201 || digest === null) throw new Error(`${answer.status} ${await answer.text()}`)
    return digest
  }

  async function close(): Promise<void> {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }

  return { host, push, close }
}

function configuration(folder: string, host: string, auth: object) {
  return {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host, secret: 'test' },
    ...(Object.keys(auth).length > 0 && { auth }),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function listening(child: ChildProcess, host: string): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = new Error(`${PROGRAM} cannot be run (${error.message}): unpack Debian's docker-registry there.`)
  })
  child.once('exit', (code) => {
    failure ??= new Error(`${PROGRAM} ended with ${code}.`)
  })
  for (let attempt = 0; attempt < 200 && !failure; attempt++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined)
    if (answer) return
    await new Promise((done) => setTimeout(done, 50))
  }
  child.kill()
  throw failure ?? new Error(`${PROGRAM} does not listen on ${host}.`)
}
