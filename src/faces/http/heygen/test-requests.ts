// What the tests of HeyGen's videos share: a server with two accounts, and requests that are taken.
import assert from 'node:assert/strict'
import { askHeyGen, serverOfSuite, type TestServer } from '../test-server.ts'

export const SCENE = {
  character: { type: 'avatar', avatar_id: 'josh_lite3_20230714', avatar_style: 'normal', scale: 1 },
  voice: { type: 'text', input_text: 'Hello from my own machine.', voice_id: '1bd001e7e50f421d891986aad5158bc8' },
}
export const BODY = {
  video_inputs: [SCENE],
  dimension: { width: 1280, height: 720 },
  title: 'First',
  callback_id: 'mine',
}

/** The body with a part of its scene changed. */
export const sceneWith = (part: 'character' | 'voice' | 'background', fields: object) => ({
  ...BODY,
  video_inputs: [{ ...SCENE, [part]: { ...(SCENE as Record<string, object>)[part], ...fields } }],
})

/** A server for all tests of a file; `server` and `stranger`, the key of another account, are there once they run. */
export function heygenSuite() {
  const suite = {} as { server: TestServer; stranger: Record<string, string> }
  serverOfSuite({}, async (opened) => {
    suite.server = opened
    suite.stranger = { 'x-api-key': (await opened.services.keys.create({ accountId: 'stranger' })).key }
  })
  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    askHeyGen(suite.server, method, path, body, headers)
  return {
    suite,
    ask,
    /** Asks for a video and gives its id. */
    async generated(body: unknown = BODY): Promise<string> {
      const answer = await ask('POST', '/v2/video/generate', body)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.deepEqual(Object.keys(answer.body), ['error', 'data'])
      return (answer.body.data as { video_id: string }).video_id
    },
    specOf: async (id: string) => (await suite.server.services.jobs.get('owner', id)).spec,
  }
}
