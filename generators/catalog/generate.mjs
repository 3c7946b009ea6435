#!/usr/bin/env node
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRelease } from './client-node.mjs'
import { CLUSTER_SCOPED } from './cluster-scoped.mjs'
import { install } from './install.mjs'
import { foldReleases } from './kubernetes.mjs'
import { publish } from './publish.mjs'
import { checkQuantities } from './quantities.mjs'

/**
 * Writes dist/catalog from the packages pinned beside this file; with --check it only compares, byte for byte.
 * Brotli's bytes belong to its version, so the comparison counts under the Node the project pins (24).
 */
const packages = install(import.meta.dirname)
/** It needs a package itself, so it is loaded when they are there. */
const { readCustomKinds } = await import('./custom.mjs')

const releases = readdirSync(packages)
  .filter((name) => name.startsWith('k8s-'))
  .map((name) => readRelease(join(packages, name)))
  .sort((a, b) => a.minor.localeCompare(b.minor, 'en', { numeric: true }))

/** The rest of the scope is what the others are made of. */
const SHARED = ['apimachinery', 'base', 'validate']
const scope = join(packages, '@kubernetes-models')
const operators = readdirSync(scope)
  .filter((name) => !SHARED.includes(name))
  .sort()
  .map((name) => join(scope, name))

checkQuantities(join(packages, 'cdk8s-plus-34'))
publish(join(import.meta.dirname, '..', '..', 'dist', 'catalog'), {
  check: process.argv.includes('--check'),
  files: { kubernetes: foldReleases(releases), custom: readCustomKinds(operators, CLUSTER_SCOPED) },
})
