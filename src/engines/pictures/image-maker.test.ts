import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Fault } from '../../core/errors.ts'
import { type MakerSettings, openImageMaker, type PictureRequest } from './image-maker.ts'

const PICTURE = Buffer.from('89504e470d0a1a0a00ff', 'hex')
const REQUEST: PictureRequest = { prompt: 'a "kind" face', negative: 'hands', width: 768, height: 1344, seed: 7 }

type Asked = { readonly path: string; readonly key: string | undefined; readonly body: never }

/** A server that answers each path with what the table says. */
async function serve(
  t: TestContext,
  answer: (asked: Asked, base: string) => unknown,
): Promise<{ settings: Omit<MakerSettings, 'kind'>; asked: Asked[] }> {
  const asked: Asked[] = []
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString()
    const one = {
      path: request.url!,
      key: request.headers.authorization,
      body: (text ? JSON.parse(text) : null) as never,
    }
    asked.push(one)
    const found = answer(one, base)
    if (found === undefined) response.writeHead(404).end('no such path')
    else response.end(Buffer.isBuffer(found) ? found : JSON.stringify(found))
  }
  const server = createServer((request, response) => void reply(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { settings: { url: base, key: 'secret', model: null, workflow: null }, asked }
}

test('the OpenAI kind asks for one picture of the right shape and takes it as base64 or by its address', async (t) => {
  for (const way of ['b64_json', 'url']) {
    const { settings, asked } = await serve(t, ({ path }, base) => {
      if (path === '/file.png') return PICTURE
      if (path !== '/v1/images/generations') return undefined
      return { data: [way === 'url' ? { url: `${base}/file.png` } : { b64_json: PICTURE.toString('base64') }] }
    })
    const maker = openImageMaker({ ...settings, kind: 'openai', url: `${settings.url}/v1/`, model: 'painter-1' })
    assert.deepEqual(Buffer.from(await maker.make(REQUEST)), PICTURE)
    const [first] = asked
    const { prompt, ...rest } = first!.body as { prompt: string }
    assert.match(prompt, /a "kind" face.*hands/)
    assert.deepEqual(rest, { n: 1, size: '1024x1536', model: 'painter-1' })
    assert.equal(first!.key, 'Bearer secret')
  }
})

test('the Automatic1111 kind sends size, seed and what is not to be seen', async (t) => {
  const { settings, asked } = await serve(t, ({ path }) =>
    path === '/sdapi/v1/txt2img' ? { images: [`data:image/png;base64,${PICTURE.toString('base64')}`] } : undefined,
  )
  const maker = openImageMaker({ ...settings, kind: 'automatic1111', model: 'portraits' })
  assert.deepEqual(Buffer.from(await maker.make(REQUEST)), PICTURE)
  const { width, height, seed, negative_prompt, override_settings } = asked[0]!.body as Record<string, unknown>
  assert.deepEqual(
    { width, height, seed, negative_prompt, override_settings },
    {
      width: 768,
      height: 1344,
      seed: 7,
      negative_prompt: 'hands',
      override_settings: { sd_model_checkpoint: 'portraits' },
    },
  )
})

test('the ComfyUI kind fills the workflow in, waits for its run and fetches the picture', async (t) => {
  let looks = 0
  const { settings, asked } = await serve(t, ({ path }) => {
    if (path === '/prompt') return { prompt_id: 'run-1' }
    if (path.startsWith('/view?')) return PICTURE
    if (path !== '/history/run-1') return undefined
    const image = { filename: 'face.png', subfolder: '', type: 'output' }
    return ++looks < 2 ? {} : { 'run-1': { status: { completed: true }, outputs: { 9: { images: [image] } } } }
  })
  const workflow = JSON.stringify({
    3: { inputs: { seed: '%seed%', width: '%width%', text: 'photo of %prompt%', model: ['4', 0] } },
  })
  const maker = openImageMaker({ ...settings, kind: 'comfyui', workflow })
  assert.deepEqual(Buffer.from(await maker.make(REQUEST)), PICTURE)
  assert.deepEqual((asked[0]!.body as { prompt: unknown }).prompt, {
    3: { inputs: { seed: 7, width: 768, text: 'photo of a "kind" face', model: ['4', 0] } },
  })
  assert.equal(asked.at(-1)!.path, '/view?filename=face.png&subfolder=&type=output')
})

const failure = async (making: Promise<unknown>): Promise<string> => {
  const error = await making.then(() => null).catch((caught: unknown) => caught)
  assert.ok(error instanceof Fault && error.kind === 'unavailable', String(error))
  return error.message
}

test('a maker that fails is told by its address and what it said', async (t) => {
  const { settings } = await serve(t, ({ path }) => {
    if (path === '/v1/images/generations') return { data: [] }
    return path === '/prompt'
      ? { prompt_id: 'x' }
      : path === '/history/x'
        ? { x: { status: { status_str: 'error' } } }
        : undefined
  })
  assert.match(await failure(openImageMaker({ ...settings, kind: 'openai' }).make(REQUEST)), /sent no picture/)
  const refused = openImageMaker({ ...settings, kind: 'automatic1111' }).make(REQUEST)
  assert.match(await failure(refused), /127\.0\.0\.1:\d+ answered 404: no such path/)
  const comfy = openImageMaker({ ...settings, kind: 'comfyui', workflow: '{}' }).make(REQUEST)
  assert.match(await failure(comfy), /failed to run the workflow/)
  const nobody = openImageMaker({ ...settings, kind: 'openai', url: 'http://127.0.0.1:1' }).make(REQUEST)
  assert.match(await failure(nobody), /cannot be reached/)
})

test('an aborted request ends with its own reason', async (t) => {
  const { settings } = await serve(t, () => ({}))
  const reason = new Error('enough')
  const making = openImageMaker({ ...settings, kind: 'openai' }).make(REQUEST, AbortSignal.abort(reason))
  await assert.rejects(making, reason)
})

test('ComfyUI without a workflow is refused at once', () => {
  const settings = { kind: 'comfyui', url: 'http://127.0.0.1:1', key: null, model: null, workflow: null } as const
  assert.throws(() => openImageMaker(settings), /ROSTRUM_IMAGE_WORKFLOW/)
})
