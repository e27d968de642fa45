// Requests with ?dry_run=true: checked and spoken, nothing rendered, nothing kept.
import type { FastifyRequest } from 'fastify'
import { scriptOf, type VideoSpec } from '../../core/spec.ts'
import type { Services } from '../../services/open.ts'

/** Whether a request only wants to know. */
export function isRehearsal(request: FastifyRequest): boolean {
  const asked = (request.query as Record<string, unknown>).dry_run
  return asked === 'true' || asked === '1'
}

/** What a video would be, the same in all dialects: exact length, who is seen and heard, an estimate of time and size. */
export async function rehearsalAnswer(
  services: Services,
  spec: VideoSpec,
  notes: readonly string[],
  keyId: string,
): Promise<Record<string, unknown>> {
  const { sceneSeconds, estimate } = await services.rehearse(spec)
  const warnings = [...notes, ...(await services.warnOf(spec, sceneSeconds))]
  const seconds = sceneSeconds.reduce((sum, each) => sum + each, 0)
  const left = await services.keys.remainingSeconds(keyId)
  if (left !== null && left < seconds) {
    warnings.push(`The key has ${Math.floor(left)} s of its quota left, which is less than the video lasts.`)
  }
  return {
    dry_run: true,
    name: spec.name,
    width: spec.canvas.width,
    height: spec.canvas.height,
    fps: spec.canvas.fps,
    duration: rounded(seconds),
    scenes: spec.scenes.map(({ character, voice }, index) => ({
      duration: rounded(sceneSeconds[index] ?? 0),
      avatar: character?.avatarId ?? null,
      voice_id: voice.kind === 'script' ? voice.voiceId : null,
      characters: [...(scriptOf(voice) ?? '')].length,
    })),
    warnings,
    estimate: {
      seconds: Math.ceil(estimate.seconds),
      bytes: Math.ceil(estimate.bytes),
      basis: estimate.basis,
    },
  }
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000
