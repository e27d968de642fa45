// An account's own avatars in HeyGen's words: looks in groups, and talking photos.
import type { FastifyRequest } from 'fastify'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import type { Services } from '../../../services/open.ts'
import { NO_PHOTO } from '../../../services/own-avatars.ts'
import { linkBase } from '../links.ts'
import { ownPreviewPath } from '../media.ts'

/** The link of a look's picture, with an end. */
export function pictureLink(request: FastifyRequest, { files, config }: Services, fileKey: string): string {
  return `${linkBase(request, config)}${files.signedPath(fileKey, Date.now() / 1000 + config.linkSeconds)}`
}

/** The voice that fits a look; null until it is known what the face looks like. */
export function voiceOfLook({ library }: Services, { speakerId }: OwnAvatar): string | null {
  return speakerId === null ? null : library.find(speakerId).voiceId
}

/** A look as a photo avatar; `error` says why one failed. */
export function lookAnswer(request: FastifyRequest, services: Services, look: OwnAvatar): Record<string, unknown> {
  return {
    id: look.id,
    group_id: look.groupId,
    name: look.name,
    image_url: pictureLink(request, services, look.fileKey),
    created_at: look.createdAt / 1000,
    status: look.status,
    is_motion: look.status === 'completed',
    motion_preview_url:
      look.status === 'completed'
        ? `${linkBase(request, services.config)}${ownPreviewPath(services.files, look.id)}`
        : null,
    business_type: look.source === 'photo' ? 'uploaded' : 'generated',
    upscale_availability: upscaleOf(look),
    upscaled: look.isUpscaled,
    background_sound_effect: null,
    default_voice_id: voiceOfLook(services, look),
    error: look.failure?.message ?? null,
  }
}

function upscaleOf({ source, isUpscaled }: OwnAvatar): { available: boolean; reason: string | null } {
  if (source !== 'photo') return { available: false, reason: NO_PHOTO }
  return isUpscaled ? { available: false, reason: 'It is upscaled already.' } : { available: true, reason: null }
}

/** A look as a member of the list of all avatars' talking photos. */
export function talkingPhotoAnswer(request: FastifyRequest, services: Services, look: OwnAvatar) {
  return {
    talking_photo_id: look.id,
    talking_photo_name: look.name,
    preview_image_url: pictureLink(request, services, look.fileKey),
  }
}

/** The looks of each group, oldest group first, a group's first look first. */
export function groupsOf(looks: readonly OwnAvatar[]): ReadonlyMap<string, readonly OwnAvatar[]> {
  return Map.groupBy([...looks].reverse(), ({ groupId }) => groupId)
}
