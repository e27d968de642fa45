// A lip sync video whose server dies while its face is followed is finished after the next start; others can be stopped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, makeDataFolder, type Server, startServer, until } from './kit.ts'

type Task = {
  readonly status: string
  readonly progress: number
  readonly data: { readonly result_url: string; readonly duration_seconds: number } | null
  readonly error: { readonly message: string } | null
}
type Made = { readonly status: string; readonly files: readonly { readonly type: string; readonly url: string }[] }

const taskOf = async (server: Server, id: string): Promise<Task> =>
  (await server.get(`/v2/lip_sync_video/${id}`)).body.data as Task

/** A short film of a presenter who speaks, and the same words as a sound, made by the server itself. */
async function makeFilm(server: Server): Promise<{ video_url: string; audio_url: string }> {
  const { body } = await server.post('/v2/video/generate', {
    dimension: { width: 400, height: 400 },
    outputs: ['wav'],
    video_inputs: [
      {
        character: { type: 'avatar', avatar_id: 'victor', avatar_style: 'closeUp' },
        voice: { type: 'text', voice_id: 'flite-rms', input_text: 'Good morning.' },
      },
    ],
  })
  const { video_id: id } = body.data as { video_id: string }
  const { files } = await until('the film is made', 120, async () => {
    const made = (await server.get(`/v1/video_status.get?video_id=${id}`)).body.data as Made
    assert.notEqual(made.status, 'failed')
    return made.status === 'completed' ? made : null
  })
  const urlOf = (type: string) => files.find((file) => file.type === type)!.url
  return { video_url: urlOf('mp4'), audio_url: urlOf('wav') }
}

test('kill -9 while a lip sync video is prepared loses nothing, and one that is stopped says so', async (t) => {
  const folder = makeDataFolder()
  let server = await startServer(folder.path, { ROSTRUM_WORKERS: '1' })
  t.after(async () => {
    await server.stop('SIGKILL')
    folder.remove()
  })
  const inputs = await makeFilm(server)
  const create = async (body: object): Promise<string> => {
    const { body: answer }: Answer = await server.post('/v2/create_lip_sync_video', body)
    assert.equal(answer.code, 0, answer.msg)
    return (answer.data as { task_id: string }).task_id
  }
  const id = await create(inputs)
  const seen = await until('its preparing is under way', 120, async () => {
    const task = await taskOf(server, id)
    assert.notEqual(task.status, 'failed', task.error?.message)
    return task.progress > 0 ? task : null
  })
  assert.equal(seen.status, 'processing')
  assert.ok(seen.progress < 10, `progress ${seen.progress} before anything is painted`)
  await server.stop('SIGKILL')

  server = await startServer(folder.path, { ROSTRUM_WORKERS: '1' })
  const other = await create({ ...inputs, playback_type: 'normal_reverse' })
  const stopped = await server.post(`/rostrum/v1/videos/${other}/cancel`, {})
  assert.equal(stopped.status, 200)
  assert.deepEqual(await taskOf(server, other).then(({ status, data, error }) => [status, data, error]), [
    'failed',
    null,
    { message: 'The video was cancelled.' },
  ])
  const done = await until('it has ended', 240, async () => {
    const task = await taskOf(server, id)
    return task.status === 'success' || task.status === 'failed' ? task : null
  })
  assert.equal(done.status, 'success', done.error?.message)
  assert.ok(done.data!.duration_seconds > 0.5)
  const { pathname, search } = new URL(done.data!.result_url)
  const file = await fetch(server.url + pathname + search)
  assert.ok((await file.arrayBuffer()).byteLength > 5000)

  await fetch(`${server.url}/rostrum/v1/videos/${id}`, {
    method: 'DELETE',
    headers: { 'x-api-key': 'a-key-for-the-tests' },
  })
  assert.equal((await server.get(`/v2/lip_sync_video/${id}`)).body.code, 10104)
  assert.equal((await fetch(server.url + pathname + search)).status, 404)
})
