// How each API tells of ended videos.
import type { NoticeWriters } from '../../services/webhooks.ts'
import { heygenNotices } from './heygen/notices.ts'
import { noticesV1, noticesV2 } from './joggai/notices.ts'

/** For openServices. */
export const NOTICE_WRITERS: NoticeWriters = {
  'joggai-v2': noticesV2,
  'joggai-v1': noticesV1,
  'joggai-open': noticesV1,
  heygen: heygenNotices,
}
