// The command line as programs meet it: output, errors and exit codes.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { greeting } from './serve.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

type Outcome = { code: number; out: string; err: string }
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rostrum-cli-'))
})
after(() => rm(folder, { recursive: true, force: true }))

function rostrum(args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const env = { PATH: process.env.PATH ?? '', ROSTRUM_DATA: folder, ...environment }
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], { env, timeout: 60_000 }, (error, out, err) => {
      done({ code: error ? Number(error.code ?? -1) : 0, out, err })
    })
  })
}

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'))
  assert.deepEqual(await rostrum(['--version']), { code: 0, out: `${version}\n`, err: '' })
})

test('--help shows every command, examples and exit codes', async () => {
  const { code, out } = await rostrum(['--help'])
  assert.equal(code, 0)
  for (const word of [
    'serve',
    'worker',
    'render',
    'avatars',
    'voices',
    'inspect',
    'doctor',
    'Examples:',
    'Exit codes:',
  ]) {
    assert.ok(out.includes(word), word)
  }
})

for (const [title, args, words] of [
  ['an unknown command', ['sing'], /unknown command 'sing'/],
  ['an unknown option', ['voices', '--loud'], /unknown option '--loud'/],
  ['a missing option', ['render', '--avatar', 'nora'], /--script/],
  [
    'an unknown mood',
    ['render', '--avatar', 'nora', '--script', 'Hi.', '--mood', 'grim'],
    /serious, friendly, excited, soothing/,
  ],
  [
    'an unknown aspect',
    ['render', '--avatar', 'nora', '--script', 'Hi.', '--aspect', 'round'],
    /portrait, landscape, square/,
  ],
  ['an empty script', ['render', '--avatar', 'nora', '--script', ' '], /--script is empty/],
  [
    'a speed out of range',
    ['render', '--avatar', 'nora', '--script', 'Hi.', '--speed', '9'],
    /--speed 9 cannot be used/,
  ],
  [
    'a music that is too loud',
    ['render', '--avatar', 'nora', '--script', 'Hi.', '--music', 'x.mp3', '--music-volume', '3'],
    /--music-volume 3 cannot be used.*0 to 1/,
  ],
  [
    'a sound of a shape',
    ['render', '--avatar', 'nora', '--script', 'Hi.', '--also', 'x.wav@square'],
    /--also x\.wav@square cannot be written: only videos have a shape/,
  ],
  ['a worker without a shared store', ['worker'], /DATABASE_URL/],
] as const) {
  test(`${title} ends with 2 and says what is wrong`, async () => {
    const { code, out, err } = await rostrum(args)
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.match(err, words)
  })
}

for (const [title, args, words] of [
  ['an unknown avatar', ['render', '--avatar', 'nobody', '--script', 'Hi.'], /There is no avatar "nobody"/],
  [
    'an unknown voice',
    ['render', '--avatar', 'nora', '--voice', 'nobody-at-all', '--script', 'Hi.'],
    /There is no voice/,
  ],
  [
    'a script file that is not there',
    ['render', '--avatar', 'nora', '--script', '@no-such-file.txt'],
    /no-such-file.txt cannot be read/,
  ],
  [
    'a picture that is not there',
    ['render', '--avatar', './nobody.jpg', '--script', 'Hi.'],
    /picture .\/nobody.jpg cannot be read/,
  ],
  ['a video that is not there', ['inspect', 'no-such-file.mp4'], /There is no file "no-such-file.mp4"/],
] as const) {
  test(`${title} ends with 3 and says what is missing`, async () => {
    const { code, err } = await rostrum(args)
    assert.equal(code, 3)
    assert.match(err, words)
  })
}

test('a setting that cannot be used ends with 2 and names the variable', async () => {
  const { code, err } = await rostrum(['serve'], { PORT: 'abc' })
  assert.equal(code, 2)
  assert.match(err, /PORT=abc cannot be used/)
})

test('with --json errors are JSON too', async () => {
  const { code, err } = await rostrum(['render', '--avatar', 'nobody', '--script', 'Hi.', '--json'])
  assert.equal(code, 3)
  const { error } = JSON.parse(err)
  assert.equal(error.kind, 'not-found')
  assert.match(error.message, /nobody/)
})

test('avatars and voices are listed for programs and for people', async () => {
  const avatars = JSON.parse((await rostrum(['avatars', '--json'])).out) as { id: string; number: number }[]
  assert.ok([81, 127].every((number) => avatars.some((avatar) => avatar.number === number)))
  const german = JSON.parse((await rostrum(['voices', '--language', 'DE', '--json'])).out) as { locale: string }[]
  assert.ok(german.length > 0 && german.every(({ locale }) => locale.startsWith('de')))
  assert.match((await rostrum(['avatars', '--gender', 'female'])).out, /^id +number +name/)
})

test('the greeting shows a fresh key and a request that uses it; an old key is not shown', () => {
  const fresh = greeting('http://127.0.0.1:8730', { apiKey: null, dataFolder: './data' }, 'rst_fresh')
  assert.equal(fresh.split('rst_fresh').length, 4)
  assert.match(fresh, /curl -s http:\/\/127\.0\.0\.1:8730\/v2\/create_video_from_avatar/)
  const own = greeting('http://127.0.0.1:8730', { apiKey: 'my-own-secret', dataFolder: './data' }, null)
  assert.ok(!own.includes('my-own-secret'))
})

test('a file that is no picture ends with 2 and the reason as a word', async () => {
  const { code, err } = await rostrum(['render', '--avatar', MAIN, '--script', 'Hi.', '--json'])
  assert.equal(code, 2)
  const { error } = JSON.parse(err)
  assert.deepEqual([error.kind, error.field, error.reason], ['invalid', 'image', 'not-a-picture'])
})
