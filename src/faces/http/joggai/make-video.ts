// One way from a JoggAI request, of whichever generation, to a job; and back to the job by its id.
import type { FastifyRequest } from 'fastify'
import { NotFound } from '../../../core/errors.ts'
import type { ApiName, Job } from '../../../core/job.ts'
import type { Speaker } from '../../../core/library.ts'
import type { Manner, MediaSource } from '../../../core/spec.ts'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { checkUrl } from '../../../services/outbound.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { keyInLink } from '../own-file.ts'
import { isRehearsal, rehearsalAnswer } from '../rehearsal.ts'
import { toSpec } from './to-spec.ts'
import type { VideoRequest } from './video-request.ts'

/** What became of a request: a job, or where it was a rehearsal, what would become of it. */
export type Made =
  | { readonly job: Job; readonly voice: Voice | null; readonly notes: readonly string[] }
  | { readonly rehearsal: Record<string, unknown> }

/** Checks a request whole and makes a job of it, or only says what it would be. @throws Fault */
export async function makeVideo(
  request: FastifyRequest,
  services: Services,
  asked: VideoRequest,
  api: ApiName,
): Promise<Made> {
  const { config } = services
  if (asked.webhook_url) checkUrl('webhook_url', asked.webhook_url, config.allowPrivateUrls)
  const { spec, voice, notes } = await toSpec(asked, {
    findAvatar: (number, isOwn) => speakerOf(request, services, number, isOwn),
    findVoice: (id, hint) => services.voices.find(id, hint),
    findFile: (url, field) => sourceOf(services, url, field),
    maxScriptLength: config.maxScriptLength,
  })
  if (isRehearsal(request)) return { rehearsal: await rehearsalAnswer(services, spec, notes, accountOf(request).keyId) }
  const origin = {
    api,
    linkBase: linkBase(request, config),
    callbackUrl: asked.webhook_url ?? null,
    callbackId: null,
    folderId: null,
    requestId: request.id,
  }
  const job = await services.jobs.create({
    accountId: accountOf(request).id,
    keyId: accountOf(request).keyId,
    spec,
    notes,
    origin,
    ...idOf(request),
  })
  return { job, voice, notes }
}

/** Where a file lies; a link of ours is read from the store. @throws Fault `invalid` for what cannot be called. */
function sourceOf(services: Services, url: string, field: string): MediaSource {
  const key = keyInLink(url, services)
  if (key !== null) return { fileKey: key }
  checkUrl(field, url, services.config.allowPrivateUrls)
  return { url }
}

/** A public avatar, or one of the account's own, which is waited for while it is being made. @throws NotFound */
async function speakerOf(
  request: FastifyRequest,
  { library, ownAvatars }: Services,
  number: number,
  isOwn: boolean,
): Promise<Speaker & { readonly manner?: Manner | null; readonly isUpscaled?: boolean }> {
  if (isOwn) {
    const { speakerId, manner, isUpscaled } = await ownAvatars.ready(accountOf(request).id, number)
    return { ...library.find(speakerId), manner, isUpscaled }
  }
  return library.findPublic(number)
}

/** A job of the account's, from whichever API. @throws NotFound */
export async function findJob(request: FastifyRequest, id: string, { jobs }: Services): Promise<Job> {
  if (!/^[0-9a-f]{32}$/i.test(id)) {
    throw new NotFound('video', id, 'Its id is 32 hex digits, as the create call answered it.')
  }
  return jobs.get(accountOf(request).id, id.toLowerCase())
}

/** Makes links to finished files that work from now on for as long as the settings say. */
export function linkerOf(request: FastifyRequest, { files, config }: Services): (fileKey: string) => string {
  const base = linkBase(request, config)
  return (key) => `${base}${files.signedPath(key, Date.now() / 1000 + config.linkSeconds)}`
}

/** Why a job failed; never nothing. */
export const failureOf = (job: Job) => job.failure ?? 'The video failed and no reason was kept.'
