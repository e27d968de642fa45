// Asks a running server for a video, as the benchmarks need it.
import type { Server } from '../test/kit.ts'

/** Creates a portrait video and gives its id. @throws where the server refuses. */
export async function askFor(server: Server, script: string): Promise<string> {
  const { body } = await server.post('/v2/create_video_from_avatar', {
    avatar: { avatar_id: 81, avatar_type: 0 },
    voice: { type: 'script', script, voice_id: 'flite-slt' },
    aspect_ratio: 'portrait',
    screen_style: 1,
  })
  if (body.code !== 0) throw new Error(`The server refused a video: ${body.msg}`)
  return (body.data as { video_id: string }).video_id
}
