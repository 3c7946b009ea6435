#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { install } from '../catalog/install.mjs'
import { reduceOpenApi } from './openapi.mjs'
import { OPERATIONS } from './operations.mjs'
import { lines, publish } from './publish.mjs'

/**
 * Writes what test/github checks itself with: the operations and types it answers, as GitHub describes them, without
 * prose. With --check it only compares.
 */
const packages = install(import.meta.dirname)
const read = (...path) => readFileSync(join(packages, '@octokit', ...path), 'utf8')
/** It needs a package itself, so it is loaded when that is there. */
const { reduceSdl } = await import('./graphql.mjs')

publish(
  join(import.meta.dirname, '..', '..', 'test', 'github'),
  {
    'openapi.generated.json': lines(
      reduceOpenApi(JSON.parse(read('openapi', 'generated', 'api.github.com.json')), OPERATIONS),
    ),
    'schema.generated.sdl': reduceSdl(read('graphql-schema', 'schema.graphql')),
  },
  { check: process.argv.includes('--check') },
)
