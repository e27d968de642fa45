// The front page and the health check.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../services/open.ts'
import { linkBase } from './links.ts'

/** Adds GET / and GET /healthz. */
export function homeRoutes(app: FastifyInstance, { config, storeKind }: Services, version: string): void {
  app.get('/healthz', async () => ({
    ok: true,
    version,
    store: storeKind,
  }))
  app.get('/', async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(page(linkBase(request, config), version)),
  )
}

function page(base: string, version: string): string {
  const address = base.replace(/[<>&"']/g, '')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rostrum</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 4rem auto; padding: 0 1.2rem; color: #1d2430; }
  pre { background: #f2f4f7; padding: 1rem; overflow-x: auto; border-radius: .4rem; font-size: .85rem; }
  td { padding: .15rem 1.2rem .15rem 0; vertical-align: top; }
</style>
<h1>Rostrum ${version}</h1>
<p>This server turns a script or a recording into a finished video of an avatar who speaks it, and answers the APIs of JoggAI and HeyGen. Your
requests need an <code>x-api-key</code> header; the server printed a key when it first started.</p>
<pre>curl -X POST ${address}/v2/create_video_from_avatar \\
  -H 'x-api-key: YOUR_KEY' -H 'content-type: application/json' \\
  -d '{"script": "Hello from my own machine.", "avatar_id": 127,
       "voice_id": "en-US-ChristopherNeural",
       "aspect_ratio": 0, "screen_style": 0}'</pre>
<table>
<tr><td><code>POST /v2/create_video_from_avatar</code><td>make a video
<tr><td><code>GET /v2/avatar_video/{video_id}</code><td>how it stands, and its link
<tr><td><code>GET /v2/avatars/public</code><td>the avatars
<tr><td><code>GET /v2/voices</code><td>the voices
<tr><td><code>GET /v2/user/whoami</code>, <code>/v2/user/remaining_quota</code><td>the account
<tr><td><a href="/healthz"><code>GET /healthz</code></a><td>is it well
</table>
<p>These and all others, to read and to try: <a href="/docs">/docs</a>.</p>
</html>
`
}
