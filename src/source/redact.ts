import { namesCredential } from '../kubernetes/credential.ts'
import { isRecord } from '../kubernetes/resource.ts'
import { folderOf, resolvePath } from '../repository/path.ts'
import type { YamlFiles } from './files.ts'

/** Shorter values say nothing, and taking them out would make any message unreadable. */
const TELLING = 4

/**
 * Takes the values of Secrets, of secret generators and of fields named like credentials out of a tool's message, which
 * quotes what it stumbled over.
 *
 * @param paths the files the tool was given
 */
export function redact(message: string, files: YamlFiles, paths: Iterable<string>): string {
  const values = new Set<string>()
  for (const path of paths) {
    if (!/\.(?:ya?ml|json)$/i.test(path) && !/(?:^|\/)[Kk]ustomization$/.test(path)) continue
    for (const document of files.read(path)?.documents ?? []) collect(document.value, values, files, folderOf(path))
  }
  const telling = [...values].flatMap(linesOf).filter((value) => value.length >= TELLING)
  return telling.sort((a, b) => b.length - a.length).reduce((text, value) => text.replaceAll(value, '…'), message)
}

function linesOf(value: string): string[] {
  return [JSON.stringify(value).slice(1, -1), ...value.split(/\r?\n/)].map((line) => line.trim())
}

function collect(value: unknown, values: Set<string>, files: YamlFiles, folder: string): void {
  if (Array.isArray(value)) for (const item of value) collect(item, values, files, folder)
  if (!isRecord(value)) return
  if (value.kind === 'Secret') for (const field of ['data', 'stringData']) collectAll(value[field], values)
  if (typeof value.name === 'string' && namesCredential(value.name)) collectAll(value.value, values)
  for (const [key, child] of Object.entries(value)) {
    if (key === 'secretGenerator') collectGenerators(child, values, files, folder)
    else if (typeof child === 'object') collect(child, values, files, folder)
    else if (namesCredential(key)) collectAll(child, values)
  }
}

/** Every scalar below a value, and what it is in plain where it is Base64. */
function collectAll(value: unknown, values: Set<string>): void {
  if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) collectAll(child, values)
  if (typeof value !== 'string' && typeof value !== 'number') return
  values.add(String(value))
  values.add(Buffer.from(String(value), 'base64').toString('utf8'))
}

/** `KEY=VALUE` of literals and env files; a tool that finds no `=` quotes the whole. */
function collectGenerators(generators: unknown, values: Set<string>, files: YamlFiles, folder: string): void {
  for (const generator of Array.isArray(generators) ? generators : []) {
    if (!isRecord(generator)) continue
    const { literals, envs, env } = generator
    const written = [literals].flat().filter((each) => typeof each === 'string')
    for (const name of [envs, env].flat().filter((each) => typeof each === 'string')) {
      const decoded = files.decoded(resolvePath(folder, name) ?? '')
      if (decoded?.ok) written.push(...decoded.text.split(/\r?\n/))
    }
    for (const pair of written) values.add(pair.slice(pair.indexOf('=') + 1).replace(/^(["'])(.*)\1$/s, '$2'))
  }
}
