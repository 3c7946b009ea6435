import { describe, expect, test } from 'vitest'
import { destinationProblem } from '../../src/image/registry/destination.ts'
import { networkFailure } from '../../src/image/registry/network-failure.ts'
import { isPrivate } from '../../src/image/registry/private-address.ts'

describe('an address inside a network', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '169.254.170.2',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[::ffff:169.254.169.254]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'metadata.google.internal',
    'metadata.google.internal.',
    'instance-data.ec2.internal',
  ])('is %s', (host) => {
    expect(isPrivate(new URL(`https://${host}/`))).toBe(true)
  })

  test.each([
    '1.1.1.1',
    '100.63.0.1',
    '100.128.0.1',
    '169.253.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.0.1',
    '223.255.255.255',
    '[2606:4700::1]',
    '[::ffff:1.1.1.1]',
    'auth.docker.io',
    'localhost.example',
    '10.0.0.1.example',
  ])('is not %s', (host) => {
    expect(isPrivate(new URL(`https://${host}/`))).toBe(false)
  })
})

test.each([
  ['https://auth.example/token', 'https://registry.example', undefined],
  ['https://registry.example:9/token', 'https://registry.example', undefined],
  ['http://registry.example/token', 'https://registry.example', 'is not reached through https'],
  ['http://127.0.0.1:1/token', 'https://registry.example', 'is not reached through https'],
  ['https://127.0.0.1:1/token', 'https://registry.example', 'is an address inside a network'],
  ['https://10.0.0.1/token', 'http://127.0.0.1:5000', 'is an address inside a network'],
  ['http://auth.example/token', 'http://127.0.0.1:5000', 'is not reached through https'],
  ['http://localhost:1/token', 'http://127.0.0.1:5000', undefined],
  ['https://10.0.0.1:1/token', 'https://10.0.0.1', undefined],
  ['https://ann:x@auth.example/', 'https://registry.example', 'stands behind a user name'],
  ['ftp://auth.example/', 'https://registry.example', 'is no web address'],
])('%s named by %s', (url, registry, problem) => {
  expect(destinationProblem(new URL(url), new URL(registry))).toBe(problem)
})

test.each([
  [{ code: 'ENOTFOUND', message: 'getaddrinfo' }, 'has no address (ENOTFOUND)'],
  [{ code: 'CERT_HAS_EXPIRED' }, 'has a certificate that expired (CERT_HAS_EXPIRED)'],
  [
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'DNS:evil' },
    'has a certificate for another name (ERR_TLS_CERT_ALTNAME_INVALID)',
  ],
  [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER)'],
  [{ code: 'HPE_INVALID_CONSTANT' }, 'does not speak HTTP (HPE_INVALID_CONSTANT)'],
  [{ code: 'ESOMETHING' }, 'gave no answer (ESOMETHING)'],
  [{ code: '::error::x' }, 'gave no answer'],
  [{ code: 7 }, 'gave no answer'],
  [new Error('secret'), 'gave no answer'],
  ['secret', 'gave no answer'],
  [null, 'gave no answer'],
])('the failure %j', (error, words) => {
  expect(networkFailure(error)).toBe(words)
})
