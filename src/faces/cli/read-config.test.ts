// Settings from the environment.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from '../../core/config.ts'
import { Fault } from '../../core/errors.ts'
import { readConfig, strangeVariables, VARIABLES } from './read-config.ts'

test('an empty environment gives the defaults, and as many workers as cores, at most four', () => {
  const { workers, ...rest } = readConfig({})
  const { workers: _, ...defaults } = DEFAULT_CONFIG
  assert.deepEqual(rest, defaults)
  assert.ok(workers >= 1 && workers <= 4)
})

test('every setting has its variable', () => {
  assert.deepEqual([...new Set(Object.values(VARIABLES))].sort(), Object.keys(DEFAULT_CONFIG).sort())
  const config = readConfig({
    PORT: '9000',
    HOST: '0.0.0.0',
    ROSTRUM_DATA: '/srv/rostrum',
    ROSTRUM_API_KEY: 'a-key-of-my-own',
    ROSTRUM_PUBLIC_URL: 'https://videos.example.com/',
    ROSTRUM_WORKERS: '3',
    DATABASE_URL: 'postgres://me@db/rostrum',
    ROSTRUM_MAX_SCRIPT: '9999',
    ROSTRUM_LINK_SECONDS: '60',
    ROSTRUM_HTTP_STATUSES: 'rest',
    ROSTRUM_JOGGAI_STATUS: 'live',
    ROSTRUM_CORS: 'https://app.example.com, http://localhost:3000',
    ROSTRUM_RATE_LIMIT: '20',
    ROSTRUM_ALLOW_PRIVATE_URLS: '1',
    ROSTRUM_CHECK_WEBHOOKS: '1',
    ROSTRUM_MAX_UPLOAD: '5000000',
    ROSTRUM_IMAGE_MAKER: 'openai',
    ROSTRUM_IMAGE_KEY: 'sk-1',
    ROSTRUM_IMAGE_MODEL: 'gpt-image-1',
  })
  assert.deepEqual(config, {
    port: 9000,
    host: '0.0.0.0',
    dataFolder: '/srv/rostrum',
    apiKey: 'a-key-of-my-own',
    publicUrl: 'https://videos.example.com',
    workers: 3,
    databaseUrl: 'postgres://me@db/rostrum',
    maxScriptLength: 9999,
    linkSeconds: 60,
    httpStatuses: 'rest',
    joggaiStatus: 'live',
    corsOrigins: ['https://app.example.com', 'http://localhost:3000'],
    rateLimit: 20,
    allowPrivateUrls: true,
    checkWebhooks: true,
    maxUploadBytes: 5_000_000,
    imageMaker: {
      kind: 'openai',
      url: 'https://api.openai.com',
      key: 'sk-1',
      model: 'gpt-image-1',
      workflowPath: null,
    },
  })
})

test('a blank variable is not set', () => {
  assert.equal(readConfig({ PORT: ' ', ROSTRUM_API_KEY: '' }).port, DEFAULT_CONFIG.port)
})

for (const [name, value, words] of [
  ['PORT', 'abc', /PORT=abc cannot be used. Set it to a whole number from 0 to 65535/],
  ['PORT', '70000', /PORT=70000/],
  ['HOST', 'http://x/', /HOST=.*an address or a host name/],
  ['ROSTRUM_WORKERS', '0', /ROSTRUM_WORKERS=0.*from 1 to 64/],
  ['ROSTRUM_WORKERS', '1.5', /ROSTRUM_WORKERS=1.5/],
  ['ROSTRUM_PUBLIC_URL', 'videos.example.com', /ROSTRUM_PUBLIC_URL=.*https:/],
  ['ROSTRUM_HTTP_STATUSES', 'maybe', /vendor or rest/],
  ['ROSTRUM_IMAGE_MAKER', 'crayons', /builtin or openai or automatic1111 or comfyui/],
] as const) {
  test(`${name}=${value} is refused by name, with what would do`, () => {
    assert.throws(
      () => readConfig({ [name]: value }),
      (error) => {
        assert.ok(error instanceof Fault)
        assert.equal(error.kind, 'invalid')
        assert.equal(error.field, name)
        assert.match(error.message, words)
        return true
      },
    )
  })
}

test('secrets are not repeated when they are refused', () => {
  for (const variables of [{ ROSTRUM_API_KEY: 'secret' }, { DATABASE_URL: 'mysql://me:secret@db/x' }]) {
    assert.throws(
      () => readConfig(variables),
      (error) => error instanceof Fault && !error.message.includes('secret'),
    )
  }
})

test('a misspelt variable is noticed', () => {
  assert.deepEqual(strangeVariables({ ROSTRUM_WORKER: '2', ROSTRUM_WORKERS: '2', PATH: '/bin' }), ['ROSTRUM_WORKER'])
})
