// The body that the reference page shows for a video of an avatar, in v1 and v2 alike.

/** An avatar with a script and captions. */
export const VIDEO_EXAMPLE = {
  avatar: { avatar_type: 0, avatar_id: 127 },
  voice: { type: 'script', script: 'Hello from my own machine.', voice_id: 'en-US-ChristopherNeural' },
  aspect_ratio: 'portrait',
  screen_style: 1,
  caption: true,
}
